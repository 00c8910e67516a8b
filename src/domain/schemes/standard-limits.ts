import { type Fault, fault, text } from '../fault.ts';
import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { compareQuantities, findUnit, type Unit } from '../indicators/units.ts';
import type { StandardLimit } from '../standards/limit.ts';
import { foldForSearch } from '../text/fold.ts';
import { declaredNamesOf } from './check-scheme.ts';
import { implies, mayMeetBoth } from './overlap.ts';
import { type LevelTable, type Scheme, type SchemeIndicator, tiersOf } from './scheme.ts';
import { type Bounds, parseThreshold } from './threshold.ts';

/**
 * No tier below what a mandatory, national or sector standard asks for (最低档不低于国标、行标): every tier of every table
 * against every limit of the register that holds on `day` for one of its names and for some of its products.
 */
export function checkAgainstLimits(scheme: Scheme, limits: readonly StandardLimit[], day: string): readonly Fault[] {
  const valid = limits.filter(
    ({ validFrom, validUntil, category }) =>
      validFrom <= day && (!validUntil || day < validUntil) && concerns(category, scheme.category),
  );
  return scheme.indicators.flatMap((indicator, i) => {
    const names = new Set(declaredNamesOf(indicator).map(foldForSearch));
    const own = valid.filter((limit) =>
      [limit.indicator, ...limit.aliases].some((one) => names.has(foldForSearch(one))),
    );
    return own.flatMap((limit) => checkIndicator(indicator, limit, `/indicators/${i}`));
  });
}

function concerns(limited: string, category: string): boolean {
  return limited === category || (!limited.includes('.') && category.startsWith(limited));
}

function checkIndicator(indicator: SchemeIndicator, limit: StandardLimit, at: string): readonly Fault[] {
  const [unit, limitUnit] = [findUnit(indicator.unit), findUnit(limit.unit)];
  if (!unit || !limitUnit || unit.dimension !== limitUnit.dimension) return [];
  const concerned = [...indicator.appliesWhen, ...limit.when];
  return indicator.levels.flatMap((table, j) => {
    if (!mayMeetBoth(concerned, table.when)) return [];
    const both = [...concerned, ...table.when];
    // The first table that a product meets is its own: what all fall under an earlier one never come to this.
    if (indicator.levels.slice(0, j).some((earlier) => implies(both, earlier.when))) return [];
    return checkTable(indicator, table, limit, { unit, limitUnit, at: `${at}/levels/${j}` });
  });
}

function checkTable(
  indicator: SchemeIndicator,
  table: LevelTable,
  limit: StandardLimit,
  { unit, limitUnit, at }: { readonly unit: Unit; readonly limitUnit: Unit; readonly at: string },
): readonly Fault[] {
  return tiersOf(table).flatMap((tier) => {
    const read = parseThreshold(indicator, tier.threshold, `${at}/${tier.at}`);
    const end = read.ok ? endOf(read.value, limit.direction) : null;
    if (end === null) return [];
    const order = compareQuantities(end, unit, exact(limit.value), limitUnit);
    const isBelow = limit.direction === 'higher' ? order < 0 : order > 0;
    return isBelow ? [below(`${at}/${tier.at}`, tier.threshold, limit)] : [];
  });
}

/** The end of a tier that a limit speaks of; null where the tier is open there, or has no numbers. */
function endOf(bounds: Bounds, direction: StandardLimit['direction']): ExactDecimal | null {
  if ('place' in bounds || 'yes' in bounds) return null;
  return direction === 'higher' ? bounds.low : bounds.high;
}

function below(at: string, threshold: string, limit: StandardLimit): Fault {
  const sign = limit.direction === 'higher' ? '≥' : '≤';
  const asks = `${sign} ${limit.value} ${limit.unit}`;
  return fault(
    at,
    'scheme.below-limit',
    threshold,
    text(`不低于 ${limit.standard} 规定的 ${asks}`, `no tier below ${asks} of ${limit.standard}`),
    text('请提高这一档；最低档不得低于国家标准、行业标准的要求', 'raise this tier: none may be below the standard'),
  );
}

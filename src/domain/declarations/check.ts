import { type Fault, fault, text } from '../fault.ts';
import { checkRequirement, formatRequirement } from '../indicators/requirement.ts';
import { parseUnit } from '../indicators/units.ts';
import { err, ok, type Result } from '../result.ts';
import { parseStandardNumber, type StandardNumber } from '../standards/number.ts';
import type { DeclarationContent, DeclaredIndicator } from './content.ts';

/** A declaration that passed every check: numbers and units in their one form, the rest as it was typed. */
export interface AcceptedDeclaration {
  readonly content: DeclarationContent;
  readonly number: StandardNumber;
}

/**
 * Checks a declaration against the law's elements: the number (标准化法 art. 24), the indicators that an own standard must
 * disclose (art. 27), a test method for each (企业标准化促进办法 art. 12). Nothing is approved: what passes is public at once.
 */
export function checkDeclaration(given: DeclarationContent): Result<AcceptedDeclaration, readonly Fault[]> {
  const faults: Fault[] = [];
  const number = parseStandardNumber(given.standard.number, '/standard/number');
  if (!number.ok) faults.push(number.problem);
  else faults.push(...checkOwnStandard(given, number.value));
  faults.push(...checkDates(given), ...checkModels(given), ...checkNames(given));
  const indicators: DeclaredIndicator[] = [];
  for (const [i, indicator] of given.indicators.entries()) {
    const checked = checkIndicator(indicator, `/indicators/${i}`);
    if (checked.ok) indicators.push(checked.value);
    else faults.push(...checked.problem);
  }
  const parameters = given.parameters.map((parameter, i) => {
    if (!parameter.unit) return parameter;
    const unit = parseUnit(parameter.unit, `/parameters/${i}/unit`);
    if (!unit.ok) faults.push(unit.problem);
    return unit.ok ? { ...parameter, unit: unit.value.symbol } : parameter;
  });
  if (faults.length > 0 || !number.ok) return err(faults);
  return ok({ content: { ...given, parameters, indicators }, number: number.value });
}

function checkIndicator(given: DeclaredIndicator, at: string): Result<DeclaredIndicator, readonly Fault[]> {
  const faults: Fault[] = [];
  const requirement = checkRequirement(
    { comparator: given.comparator, value: given.value, second: given.second ?? null, unit: given.unit },
    at,
  );
  if (!requirement.ok) faults.push(...requirement.problem);
  const unit = given.comparator === 'text' && given.unit === '' ? null : parseUnit(given.unit || '1', `${at}/unit`);
  if (unit && !unit.ok) faults.push(unit.problem);
  if (!requirement.ok || (unit && !unit.ok)) return err(faults);
  const written = { ...requirement.value, unit: unit ? unit.value.symbol : '' };
  return ok({ ...given, ...written, raw: given.raw ?? formatRequirement(written) });
}

function checkOwnStandard(given: DeclarationContent, number: StandardNumber): readonly Fault[] {
  if (number.level !== 'enterprise') return [];
  const faults: Fault[] = [];
  if (number.year === null) faults.push(yearMissing(given.standard.number));
  if (!given.indicators.some((indicator) => indicator.kind === 'function')) faults.push(kindMissing('function'));
  if (given.subject === 'product' && !given.indicators.some((indicator) => indicator.kind === 'performance')) {
    faults.push(kindMissing('performance'));
  }
  for (const [i, indicator] of given.indicators.entries()) {
    if (!indicator.testMethod) faults.push(methodMissing(`/indicators/${i}/testMethod`, indicator.name));
  }
  return faults;
}

function checkDates(given: DeclarationContent): readonly Fault[] {
  const { issuedOn, effectiveOn } = given.standard;
  if (!issuedOn || issuedOn <= effectiveOn) return [];
  return [
    fault(
      '/standard/effectiveOn',
      'date.order',
      effectiveOn,
      text(`实施日期不早于发布日期 ${issuedOn}`, `effective on or after the day of issue, ${issuedOn}`),
      text('请核对标准封面上的两个日期', 'check the two dates on the cover'),
    ),
  ];
}

function checkModels(given: DeclarationContent): readonly Fault[] {
  const seen = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [i, product] of given.products.entries()) {
    for (const [j, model] of product.models.entries()) {
      const at = `/products/${i}/models/${j}`;
      const key = JSON.stringify([product.name, product.brand ?? '', model]);
      const first = seen.get(key);
      if (first) faults.push(twice(at, model, first));
      else seen.set(key, at);
    }
  }
  return faults;
}

function checkNames(given: DeclarationContent): readonly Fault[] {
  return [...repeated(given.indicators, 'indicators'), ...repeated(given.parameters, 'parameters')];
}

function repeated(rows: readonly { readonly name: string }[], field: string): readonly Fault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, i) => {
    const first = seen.get(row.name);
    if (first === undefined) seen.set(row.name, i);
    return first === undefined ? [] : [twice(`/${field}/${i}/name`, row.name, `/${field}/${first}/name`)];
  });
}

function twice(at: string, found: string, first: string): Fault {
  return fault(
    at,
    'declared.twice',
    found,
    text(`与 ${first} 不重复`, `not the same as ${first}`),
    text('请删去重复的一项', 'remove one of the two'),
  );
}

function yearMissing(typed: string): Fault {
  return fault(
    '/standard/number',
    'standard-number.year',
    typed,
    text(
      '企业标准编号：Q/企业代号 顺序号-年份，如 Q/ABCD 001-2026',
      'an enterprise standard number with its year: Q/ABCD 001-2026',
    ),
    text('请补上四位年份', 'add the year of four digits'),
  );
}

function kindMissing(kind: 'function' | 'performance'): Fault {
  const [zh, en] = kind === 'function' ? ['功能指标', 'functional indicator'] : ['性能指标', 'performance indicator'];
  return fault(
    '/indicators',
    `indicators.${kind}-missing`,
    null,
    text(
      `执行自定标准的，至少公开一项${zh}（标准化法第二十七条）`,
      `at least one ${en} for an own standard (Standardization Law, art. 27)`,
    ),
    text(`请增加一行${zh}`, `add a row with a ${en}`),
  );
}

function methodMissing(at: string, name: string): Fault {
  return fault(
    at,
    'test-method.missing',
    null,
    text(
      `“${name}”的检验方法（企业标准化促进办法第十二条）`,
      `the test method of “${name}” (Measures for Enterprise Standardization, art. 12)`,
    ),
    text(
      '请填写方法标准编号，如 GB/T 18801-2022；没有标准方法的写明自定方法',
      'give the method standard, such as GB/T 18801-2022, or describe your own',
    ),
  );
}

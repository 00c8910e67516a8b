import { type ExactDecimal, exact } from '../indicators/decimal.ts';
import { findUnit, type Unit } from '../indicators/units.ts';
import { ownNames } from '../schemes/check-scheme.ts';
import { type SchemeIndicator, type Tier, tiersOf } from '../schemes/scheme.ts';
import { type Bounds, parseThreshold } from '../schemes/threshold.ts';
import { foldForSearch } from '../text/fold.ts';

export type PreparedTier = Tier & { readonly bounds: Bounds };

/** An indicator of a scheme with what is the same for every declaration worked out once. */
export interface PreparedIndicator {
  readonly indicator: SchemeIndicator;
  readonly unit: Unit;
  /** Folded names that mean it: Chinese, English, aliases. Matching is exact after folding, and never guessed. */
  readonly names: ReadonlySet<string>;
  /** Of a pair rule, the folded names of its two parts. */
  readonly parts: readonly ReadonlySet<string>[];
  readonly min: ExactDecimal | null;
  readonly max: ExactDecimal | null;
  /** Which ends of a declared interval have to be known. */
  readonly needsLow: boolean;
  readonly needsHigh: boolean;
  readonly methods: readonly string[];
  readonly order: readonly string[];
  /** For each level table its tiers, best first. */
  readonly tables: readonly (readonly PreparedTier[])[];
}

/** Throws on what `checkScheme` refuses before a scheme is published: an unknown unit, a threshold that cannot be read. */
export function prepareIndicator(indicator: SchemeIndicator): PreparedIndicator {
  const unit = findUnit(indicator.unit);
  if (!unit) throw new Error(`indicator ${indicator.code} has the unknown unit ${indicator.unit}`);
  const { direction, plausible, pair } = indicator;
  const fold = (names: readonly string[]) => new Set(names.map(foldForSearch));
  return {
    indicator,
    unit,
    names: fold(ownNames(indicator)),
    parts: pair?.of.map(fold) ?? [],
    min: plausible.min === undefined ? null : exact(plausible.min),
    max: plausible.max === undefined ? null : exact(plausible.max),
    needsLow: direction !== 'lower',
    needsHigh: direction !== 'higher',
    methods: indicator.testMethods.map(compactMethod),
    order: (indicator.order ?? []).map(foldForSearch),
    tables: indicator.levels.map((table) =>
      tiersOf(table).map((tier) => {
        const bounds = parseThreshold(indicator, tier.threshold, '');
        if (!bounds.ok) throw new Error(`indicator ${indicator.code} has the threshold ${tier.threshold}`);
        return { ...tier, bounds: bounds.value };
      }),
    ),
  };
}

/** A method as it is looked for: no spaces, one dash, upper case. */
export function compactMethod(method: string): string {
  return method
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .toUpperCase();
}

import { comparison } from '../comparisons/compare.ts';
import { NO_PREMISES, type Premises } from '../comparisons/premises.ts';
import type { ComparisonResult } from '../comparisons/result.ts';
import type { DeclarationDocument } from '../declarations/document.ts';
import { countValues, type Distribution, distributionsOf } from '../rankings/distribution.ts';
import { checkScheme } from './check-scheme.ts';
import { checkDraft, isLoose, listOf, schemeOfParts, wholeIndicator } from './draft.ts';
import { type Grade, hasOverallGrade, type Scheme, type SchemeIndicator, type Tier, tiersOf } from './scheme.ts';

export interface TierCount {
  /** 1, 2, 3 for the levels, from 4 on under the baseline. */
  readonly tier: number;
  /** As the first table that has such a tier names it. */
  readonly named: Pick<Tier, 'level' | 'name' | 'threshold'> | null;
  readonly count: number;
}

export interface IndicatorPreview {
  readonly code: string;
  readonly tiers: readonly TierCount[];
  readonly below: number;
  readonly notComparable: number;
  readonly notApplicable: number;
  readonly bins: Distribution['bins'];
}

/** One declaration with a grade, or with tiers, as an example of the method in real numbers. */
export interface WorkedExample {
  readonly declaration: string;
  readonly number: string;
  readonly enterprise: string;
  readonly product: string;
  readonly result: ComparisonResult;
}

/** What the declarations of today would come to by a scheme, counted by the engine that makes the lists. */
export interface SchemePreview {
  readonly scheme: Scheme;
  /** False: the draft is no whole scheme yet, and only its indicators that can be read are compared. */
  readonly whole: boolean;
  readonly compared: number;
  /** Declarations and enterprises of each grade; null without an overall grade. */
  readonly grades: Readonly<Record<Grade, { readonly declarations: number; readonly enterprises: number }>> | null;
  readonly listed: number;
  readonly indicators: readonly IndicatorPreview[];
  readonly example: WorkedExample | null;
}

/**
 * As much of a draft as can be compared: all of it, or else its sound indicators, each by itself. Null: there is none yet.
 */
export function comparablePart(content: unknown): { readonly scheme: Scheme; readonly whole: boolean } | null {
  const { scheme, faults } = checkDraft(content);
  if (scheme && faults.length === 0) return { scheme, whole: true };
  const indicators = listOf(isLoose(content) ? content : {}, 'indicators').flatMap((one) => {
    const read = wholeIndicator(one);
    return read && checkScheme(schemeOfParts([read])).length === 0 ? [read] : [];
  });
  return indicators.length === 0 ? null : { scheme: schemeOfParts(indicators), whole: false };
}

/** Counts declarations one by one, so that many can be read in parts. */
export function previewer(scheme: Scheme, whole: boolean, premises: Premises = NO_PREMISES) {
  const compare = comparison(scheme, premises);
  const results: ComparisonResult['indicators'][] = [];
  const graded = new Map<Grade, { declarations: number; readonly enterprises: Set<string> }>(
    ([1, 2, 3] as const).map((grade) => [grade, { declarations: 0, enterprises: new Set() }]),
  );
  let listed = 0;
  let example: WorkedExample | null = null;
  return {
    take(document: DeclarationDocument): void {
      const result = compare(document);
      results.push(result.indicators);
      if (result.excluded === null) listed++;
      const of = result.grade === null ? undefined : graded.get(result.grade);
      if (of) {
        of.declarations++;
        of.enterprises.add(document.enterprise.code);
      }
      // The best one shows the most; of equals the first that was read.
      if (isBetter(result, example?.result ?? null)) example = exampleOf(document, result);
    },
    preview(): SchemePreview {
      const bins = distributionsOf(scheme, countValues(scheme, results));
      return {
        scheme,
        whole,
        compared: results.length,
        grades: whole && hasOverallGrade(scheme) ? gradesOf(graded) : null,
        listed,
        indicators: scheme.indicators.map((indicator, i) =>
          indicatorPreview(indicator, i, results, bins[i]?.bins ?? []),
        ),
        example,
      };
    },
  };
}

function gradesOf(
  graded: ReadonlyMap<Grade, { readonly declarations: number; readonly enterprises: ReadonlySet<string> }>,
): NonNullable<SchemePreview['grades']> {
  const of = (grade: Grade) => ({
    declarations: graded.get(grade)?.declarations ?? 0,
    enterprises: graded.get(grade)?.enterprises.size ?? 0,
  });
  return { 1: of(1), 2: of(2), 3: of(3) };
}

function isBetter(result: ComparisonResult, than: ComparisonResult | null): boolean {
  const known = ({ grade, indicators }: ComparisonResult) =>
    (grade === null ? 0 : 100 - grade * 10) + indicators.filter(({ tier }) => tier !== undefined).length;
  return known(result) > (than ? known(than) : 0);
}

function exampleOf(document: DeclarationDocument, result: ComparisonResult): WorkedExample {
  const [product] = document.content.products;
  return {
    declaration: document.id,
    number: document.number.canonical,
    enterprise: document.enterprise.name,
    product: [product?.name ?? '', product?.models[0] ?? ''].join(' ').trim(),
    result,
  };
}

function indicatorPreview(
  indicator: SchemeIndicator,
  i: number,
  results: readonly ComparisonResult['indicators'][],
  bins: Distribution['bins'],
): IndicatorPreview {
  const own = results.flatMap((one) => one[i] ?? []);
  const tiers = indicator.levels.flatMap(tiersOf);
  const numbers = [...new Set(tiers.map(({ tier }) => tier))].sort((a, b) => a - b);
  const count = (outcome: string) => own.filter((result) => result.outcome === outcome).length;
  return {
    code: indicator.code,
    tiers: numbers.map((tier) => ({
      tier,
      named: tiers.find((one) => one.tier === tier) ?? null,
      count: own.filter((result) => result.tier === tier).length,
    })),
    below: count('below'),
    notComparable: count('not-comparable'),
    notApplicable: count('not-applicable'),
    bins,
  };
}

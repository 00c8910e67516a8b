/** What a decided measure does to the scopes of a body. An examination that ends in neither does nothing to them. */
export const MEASURE_EFFECTS = ['suspended', 'reinstated', 'withdrawn'] as const;
export type MeasureEffect = (typeof MEASURE_EFFECTS)[number];

/** One decided measure, as it bears on a scope. Days are those of Beijing. */
export interface AppliedMeasure {
  readonly effect: MeasureEffect;
  /** First day on which it holds: never before it was decided. */
  readonly from: string;
  /** When it was decided; also orders measures of one day. */
  readonly decidedAt: string;
  /** The accreditation that it is about; null: the body as a whole. */
  readonly accreditation: string | null;
}

/** An approved accreditation and everything that was decided about it since. */
export interface ScopeHistory {
  readonly id?: string;
  readonly categoryPrefix: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly decidedAt?: string;
  /** Measures of the body, of whatever scope. */
  readonly measures?: readonly AppliedMeasure[];
}

export const SCOPE_STATES = ['valid', 'not-yet', 'expired', 'suspended', 'withdrawn'] as const;
export type ScopeState = (typeof SCOPE_STATES)[number];

/**
 * How a scope stands on a day. It ends by itself with its period; a suspension lasts until it is lifted; a withdrawal is for
 * good, and only an accreditation approved after it makes a new beginning.
 */
export function scopeState(scope: ScopeHistory, today: string): ScopeState {
  let suspended = false;
  for (const measure of inOrder(scope.measures ?? [])) {
    if (measure.from > today || !bearsOn(measure, scope)) continue;
    if (measure.effect === 'withdrawn') {
      if (measure.accreditation !== null || measure.decidedAt >= (scope.decidedAt ?? '')) return 'withdrawn';
      suspended = false;
    } else suspended = measure.effect === 'suspended';
  }
  if (today > scope.validTo) return 'expired';
  if (suspended) return 'suspended';
  return today < scope.validFrom ? 'not-yet' : 'valid';
}

/** Whether a scope lets its body act in a category today: the one question that schemes, runs and lists ask. */
export function covers(scope: ScopeHistory, category: string, today: string): boolean {
  return category.startsWith(scope.categoryPrefix) && scopeState(scope, today) === 'valid';
}

function bearsOn({ accreditation }: AppliedMeasure, { id }: ScopeHistory): boolean {
  return accreditation === null || accreditation === id;
}

function inOrder(measures: readonly AppliedMeasure[]): readonly AppliedMeasure[] {
  return measures.toSorted((a, b) => compare(a.from, b.from) || compare(a.decidedAt, b.decidedAt));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

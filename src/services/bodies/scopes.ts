import type { AppliedMeasure, ScopeHistory } from '../../domain/bodies/scope.ts';
import { effectOf, startsOn } from '../../domain/bodies/measure.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { type Accreditation, approvedScopes } from '../../store/accreditations.ts';
import { approvedMeasures, type StoredMeasure } from '../../store/bodies.ts';
import type { Transaction } from '../../store/database.ts';

/** The scopes of a body with all that was decided about them: what the rules of `domain/bodies` look at. */
export async function scopeHistories(db: Transaction['db'], bodyId: string): Promise<readonly ScopeHistory[]> {
  const scopes = await approvedScopes(db, bodyId);
  const measures = await approvedMeasures(db, bodyId);
  return scopes.map((scope) => historyOf(scope, measures));
}

export function historyOf(scope: Accreditation, measures: readonly StoredMeasure[]): ScopeHistory & { id: string } {
  const { id, categoryPrefix, validFrom, validTo, decidedAt } = scope;
  const own = measures.filter(({ bodyId }) => bodyId === scope.bodyId);
  return {
    id,
    categoryPrefix,
    validFrom,
    validTo,
    decidedAt: decidedAt?.toISOString() ?? '',
    measures: own.flatMap(applied),
  };
}

function applied({ kind, outcome, effectiveOn, decidedAt, accreditationId }: StoredMeasure): readonly AppliedMeasure[] {
  const effect = effectOf(kind, outcome);
  if (effect === null || decidedAt === null) return [];
  const from = startsOn(effectiveOn, dayInBeijing(decidedAt));
  return [{ effect, from, decidedAt: decidedAt.toISOString(), accreditation: accreditationId }];
}

// What is in force on a day. Apart from the shapes, so that a browser that checks a form need not load those.
import type { CatalogueStandard } from './catalogue.ts';
import type { StandardLimit } from './limit.ts';

export type StandardStatus = 'upcoming' | 'current' | 'withdrawn';

/** The status of a standard on a day (YYYY-MM-DD): it changes by its dates alone, without anybody's act. */
export function statusOn(
  standard: Pick<CatalogueStandard, 'effectiveOn' | 'withdrawnOn'>,
  day: string,
): StandardStatus {
  if (standard.withdrawnOn && standard.withdrawnOn <= day) return 'withdrawn';
  return standard.effectiveOn && day < standard.effectiveOn ? 'upcoming' : 'current';
}

/**
 * The standards that stand in the place of one today: whole replacements are followed to their end, partial ones named as
 * they are. `find` is asked by any written form; a circle in the data ends the walk.
 */
export function successorsOf(
  standard: CatalogueStandard,
  find: (number: string) => CatalogueStandard | null,
): readonly { readonly number: string; readonly partial: boolean }[] {
  const seen = new Set([standard.number]);
  const walk = (
    steps: CatalogueStandard['replacedBy'],
    partial: boolean,
  ): { readonly number: string; readonly partial: boolean }[] =>
    steps.flatMap((step) => {
      if (seen.has(step.number)) return [];
      seen.add(step.number);
      const next = find(step.number);
      const isPartial = partial || step.partial;
      return next && next.replacedBy.length > 0 && !step.partial
        ? walk(next.replacedBy, isPartial)
        : [{ number: step.number, partial: isPartial }];
    });
  return walk(standard.replacedBy, false);
}

export function holdsOn(limit: Pick<StandardLimit, 'validFrom' | 'validUntil'>, day: string): boolean {
  return limit.validFrom <= day && (!limit.validUntil || day < limit.validUntil);
}

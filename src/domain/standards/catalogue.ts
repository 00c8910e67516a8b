import { z } from 'zod';

/** How a Chinese standard adopts an international one (GB/T 1.2): identical, modified, not equivalent. */
export const ADOPTION_RELATIONS = ['IDT', 'MOD', 'NEQ'] as const;

const number = z.string().trim().min(1).max(100);
const date = z.iso.date();

/** One standard of the catalogue (标准题录): what may be picked as executed or cited, and since when and until when. */
export const CatalogueStandard = z
  .strictObject({
    number,
    nameZh: z.string().trim().min(1).max(300),
    nameEn: z.string().trim().min(1).max(500).nullish(),
    mandatory: z.boolean(),
    issuedOn: date.nullish(),
    /** 实施日期; unknown for many old standards, which then count as in force. */
    effectiveOn: date.nullish(),
    /** 废止日期: from this day on it is no longer in force. */
    withdrawnOn: date.nullish(),
    /** What took its place; `partial` where only some clauses did (部分代替). */
    replacedBy: z
      .array(z.strictObject({ number, partial: z.boolean().default(false) }))
      .max(50)
      .default([]),
    ics: z
      .array(z.string().regex(/^\d{2}(\.\d{3}(\.\d{2})?)?$/u))
      .max(20)
      .default([]),
    ccs: z
      .array(z.string().regex(/^[A-Z]\d{2}$/u))
      .max(20)
      .default([]),
    adopts: z
      .array(z.strictObject({ number, relation: z.enum(ADOPTION_RELATIONS) }))
      .max(20)
      .default([]),
  })
  .meta({ id: 'CatalogueStandard' });
export type CatalogueStandard = z.infer<typeof CatalogueStandard>;

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

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

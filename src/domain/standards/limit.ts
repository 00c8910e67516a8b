import { z } from 'zod';
import { Condition } from '../schemes/scheme.ts';

/** 强制性标准的限值 (a declaration below it is unlawful) and 推荐性标准的指标 (lower is lawful, but must be stated). */
export const LIMIT_FORCES = ['mandatory', 'recommended'] as const;

/** A limit that a standard sets for an indicator of a category, for as long as that edition is in force. */
export const StandardLimit = z
  .strictObject({
    code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/u),
    category: z.string().regex(/^[A-T]\d{2,4}(\.[a-z0-9-]{1,40})?$/u),
    force: z.enum(LIMIT_FORCES),
    indicator: z.string().trim().min(1).max(100),
    /** Further declared names that mean the indicator; matching is exact after folding. */
    aliases: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
    /** `higher`: at least the value; `lower`: at most. */
    direction: z.enum(['higher', 'lower']),
    value: z.string().regex(/^-?\d{1,20}(\.\d{1,10})?$/u),
    unit: z.string().trim().max(40).default('1'),
    standard: z.string().trim().min(1).max(100),
    clause: z.string().trim().max(100).nullish(),
    /** Only for products whose declared parameters meet every condition. */
    when: z.array(Condition).max(10).default([]),
    validFrom: z.iso.date(),
    /** The first day on which it no longer holds; open while the standard is in force. */
    validUntil: z.iso.date().nullish(),
  })
  .meta({ id: 'StandardLimit' });
export type StandardLimit = z.infer<typeof StandardLimit>;

import { z } from 'zod';
import { DECLARATION_EVENTS } from '../declarations/content.ts';

const number = z.string().min(1).max(100);

/**
 * What a comparison takes for granted beside its scheme and the declarations, frozen and published with it, so that anyone
 * recomputes the same list: the body's readings of names, standards that are no longer in force, decisions on objections,
 * and when the versions changed that moved a row.
 */
export const Premises = z
  .strictObject({
    v: z.literal(1),
    /** A declared name that the body's analysts read as one that the scheme knows; both folded. */
    mappings: z.array(z.strictObject({ name: z.string(), as: z.string(), reason: z.string(), on: z.iso.date() })),
    /** Of the standards that the declarations execute or cite, those not in force on the day of the run. */
    standards: z.array(z.strictObject({ number, on: z.iso.date().nullable(), by: z.array(number) })),
    /** Decisions on objections that hold for a version of a declaration; `exclude-row` leaves it out. */
    decisions: z.array(
      z.strictObject({
        objection: z.string(),
        declaration: z.string().nullable(),
        revision: z.int().nullable(),
        effect: z.enum(['exclude-row', 'recompute']),
        reason: z.string(),
        on: z.iso.date(),
        by: z.string(),
      }),
    ),
    /** Versions of declarations that are newer than those of the edition before, with who made them and when. */
    versions: z.array(
      z.strictObject({
        declaration: z.string(),
        revision: z.int(),
        event: z.enum(DECLARATION_EVENTS),
        by: z.string(),
        on: z.iso.date(),
        /** Of a new declaration: an ended one of the enterprise whose number it declares again, or replaces. */
        follows: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'ComparisonPremises' });
export type Premises = z.infer<typeof Premises>;

export const NO_PREMISES: Premises = { v: 1, mappings: [], standards: [], decisions: [], versions: [] };

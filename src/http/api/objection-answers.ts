import { z } from 'zod';
import {
  MOST_EVIDENCE_FILES,
  OBJECTION_DECISIONS,
  OBJECTION_EFFECTS,
  OBJECTION_KINDS,
  OBJECTION_STATES,
} from '../../domain/objections/vocabulary.ts';
import { OBJECTION_ACTS } from '../../domain/objections/state.ts';
import { hash, instant } from './answers.ts';

export const CountedDay = z
  .object({ day: z.string(), provisional: z.boolean() })
  .meta({ description: 'provisional: the holidays of a year on the way are not published yet' });

/** What everyone may know of an objection. */
export const PublicObjection = z
  .object({
    number: z.string(),
    object: z.string(),
    kind: z.enum(OBJECTION_KINDS),
    state: z.enum(OBJECTION_STATES),
    handler: z.object({ creditCode: z.string(), name: z.string() }),
    inCharge: z.enum(['handler', 'coordinating-body']),
    submittedAt: instant,
    acceptedAt: instant.nullable(),
    notAccepted: z.object({ at: instant, reason: z.string() }).nullable(),
    answeredAt: instant.nullable(),
    reviewedAt: instant.nullable(),
    decision: z
      .object({
        at: instant,
        decision: z.enum(OBJECTION_DECISIONS),
        reasons: z.string(),
        effect: z.enum(OBJECTION_EFFECTS),
        sha256: hash,
        document: z.string(),
      })
      .nullable(),
    acceptanceDocument: z.string().nullable(),
    executed: z
      .object({
        at: instant,
        list: z.string().nullable(),
        edition: z.int().nullable(),
        remark: z.string().nullable(),
      })
      .nullable(),
    due: z.object({ acceptance: CountedDay, answer: CountedDay.nullable(), decision: CountedDay.nullable() }),
    clock: z.object({ step: z.enum(['acceptance', 'answer', 'decision']), due: CountedDay, left: z.int() }).nullable(),
  })
  .meta({ id: 'Objection' });

const counts = <Key extends string>(keys: readonly Key[]) => z.record(z.enum(keys), z.int());

export const ObjectionStatistics = z
  .object({
    received: z.int(),
    byState: counts(OBJECTION_STATES),
    byKind: counts(OBJECTION_KINDS),
    decided: z.int(),
    upheld: z.int(),
    medianDays: z.int().nullable(),
    p90Days: z.int().nullable(),
  })
  .meta({ id: 'ObjectionStatistics' });

export const ObjectionCase = PublicObjection.extend({
  own: z.object({ handler: z.boolean(), about: z.boolean() }),
  acts: z.array(z.enum(OBJECTION_ACTS)),
}).meta({ id: 'ObjectionCase' });

export const CaseFile = z
  .object({
    number: z.string(),
    texts: z.array(
      z.object({
        role: z.enum(['statement', 'answer', 'review']),
        content: z.string(),
        recommendation: z.enum(OBJECTION_DECISIONS).nullable(),
        writtenAt: instant,
      }),
    ),
    evidence: z
      .array(z.object({ n: z.int(), fileName: z.string(), type: z.string(), bytes: z.int(), sha256: hash }))
      .max(MOST_EVIDENCE_FILES),
    contact: z.string().nullable(),
  })
  .meta({ id: 'ObjectionCaseFile' });

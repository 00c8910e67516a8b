import { z } from 'zod';
import { CANDIDATE_STATES } from '../../domain/forerunners/candidate.ts';
import { MARKS } from '../../domain/forerunners/marks.ts';
import { LEFT_OUT_REASONS, REMOVAL_CAUSES, ROUND_KINDS, ROUND_STATES } from '../../domain/forerunners/vocabulary.ts';
import { hash, instant } from './answers.ts';

export const OpenedRound = z.object({ id: z.string(), candidates: z.int(), confirmUntil: z.string(), sha256: hash });
export const PublishedForerunners = z.object({ list: z.string(), edition: z.int(), sha256: hash });

const named = {
  declaration: z.string(),
  revision: z.int(),
  document: hash,
  enterprise: z.object({ code: z.string(), name: z.string() }),
  number: z.string(),
};
const because = z.array(z.object({ reason: z.enum(LEFT_OUT_REASONS), about: z.string().nullable() })).readonly();
const report = {
  number: z.string(),
  laboratory: z.string(),
  mark: z.string(),
  markNumber: z.string(),
  reportedOn: z.string(),
  sha256: hash,
};

const Summary = z.object({
  id: z.string(),
  list: z.string(),
  kind: z.enum(ROUND_KINDS),
  board: z.object({ edition: z.int(), sha256: hash }),
  scheme: z.object({ version: z.int(), sha256: hash }),
  state: z.enum(ROUND_STATES),
  clock: z.object({ step: z.string(), day: z.string(), left: z.int() }).nullable(),
  openedAt: instant,
  confirmUntil: z.string(),
  shortlistedAt: instant.nullable(),
  objectionsOpenedAt: instant.nullable(),
  objectionsUntil: z.string().nullable(),
  publishedAt: instant.nullable(),
  edition: z.int().nullable(),
  ended: z.object({ at: instant, reason: z.string() }).nullable(),
  counts: z.object({ candidates: z.int(), complete: z.int(), waiting: z.int() }),
});

export const PublicRound = Summary.extend({
  body: z.object({ creditCode: z.string(), name: z.string() }),
  category: z.string(),
  sha256: hash,
  shortlistSha256: hash.nullable(),
  candidates: z.array(
    z.object({
      ...named,
      subject: z.string(),
      product: z.string(),
      declaredModels: z.array(z.string()),
      confirmation: z
        .object({
          commitment: z.int(),
          provision: z.string(),
          models: z.array(z.string()).readonly(),
          confirmedAt: instant,
        })
        .nullable(),
      report: z.object({ n: z.int(), ...report }).nullable(),
      board: z.int(),
      state: z.enum(CANDIDATE_STATES),
      /** Null before the short-list. */
      shortlisted: z.boolean().nullable(),
      because,
      disputes: z.array(z.string()),
    }),
  ),
}).meta({ id: 'ForerunnerRound' });

export const ListedForerunners = z.object({
  list: z.string(),
  edition: z.int(),
  title: z.object({ zh: z.string(), en: z.string() }),
  category: z.string(),
  body: z.string(),
  entries: z.int(),
  validUntil: z.string(),
  sha256: hash,
  publishedAt: instant,
});

const marks = z.array(z.object({ mark: z.enum(MARKS), about: z.string(), proposes: z.string().nullable() })).readonly();

const entry = {
  ...named,
  product: z.string(),
  models: z.array(z.string()).readonly(),
  provision: z.string(),
  commitment: z.int(),
  report: z.object(report),
  board: z.int(),
  round: z.string(),
  since: z.int(),
  validUntil: z.string(),
};

export const ForerunnerEdition = ListedForerunners.omit({ entries: true, category: true, validUntil: true })
  .extend({
    newest: z.int(),
    today: z.string(),
    publisher: z.string(),
    head: z.unknown().meta({ description: 'the head of the object, as published' }),
    entries: z.array(
      z.object({
        ...entry,
        /** What became of it since. */
        marks,
        disputes: z.array(z.string()),
      }),
    ),
    removed: z
      .array(
        z.object({
          ...entry,
          removed: z.object({
            edition: z.int(),
            cause: z.enum(REMOVAL_CAUSES),
            evidence: z.string(),
            note: z.string(),
            by: z.string(),
            on: z.string(),
          }),
        }),
      )
      .readonly(),
    leftOut: z.array(z.object({ ...named, because })).readonly(),
    editions: z.array(
      z.object({ edition: z.int(), kind: z.string(), sha256: hash, validUntil: z.string(), publishedAt: instant }),
    ),
  })
  .meta({ id: 'ForerunnerEdition' });

export const OwnForerunners = z.object({
  rounds: z.array(Summary.extend({ own: PublicRound.shape.candidates })),
  openable: z.array(z.object({ list: z.string(), edition: z.int(), gradeOne: z.int() })),
  entries: z.array(
    z.object({
      list: z.string(),
      entry: z.object(entry),
      marks,
    }),
  ),
});

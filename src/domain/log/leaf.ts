import { z } from 'zod';
import { type CanonicalValue, canonicalJson } from '../canonical.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const id = z.string().min(1).max(128);
const at = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);

/** A version of a declaration: the enterprise's code, the document's hash, the hashes of its texts. */
const declared = <Type extends string>(t: Type) =>
  z.strictObject({ t: z.literal(t), id, rev: z.int(), ent: id, doc: hash, files: z.array(hash), at });

/** What was decided about a body or by it, or what it stated: the hash of the public record. */
const ofBody = <Type extends string>(t: Type) =>
  z.strictObject({ t: z.literal(t), id, rev: z.int(), body: id, doc: hash, at });

export const LogEntry = z.discriminatedUnion('t', [
  declared('declaration.published'),
  declared('declaration.revised'),
  declared('declaration.corrected'),
  declared('declaration.handed-over'),
  declared('declaration.withdrawn'),
  declared('declaration.abolished'),
  declared('declaration.number-revoked'),
  z.strictObject({ t: z.literal('declaration.withheld'), id, rev: z.int(), file: hash, doc: hash, at }),
  z.strictObject({ t: z.literal('catalogue.snapshot'), id, rev: z.int(), file: hash, doc: hash, at }),
  z.strictObject({ t: z.literal('enterprise.changed'), id, rev: z.int(), change: z.string(), doc: hash, at }),
  z.strictObject({ t: z.literal('scheme.proposed'), id, rev: z.int(), body: id, doc: hash, until: z.iso.date(), at }),
  z.strictObject({ t: z.literal('scheme.published'), id, rev: z.int(), body: id, doc: hash, at }),
  z.strictObject({ t: z.literal('scheme.retired'), id, rev: z.int(), body: id, reason: z.string(), at }),
  z.strictObject({ t: z.literal('scheme.returned'), id, rev: z.int(), body: id, reason: z.string(), at }),
  z.strictObject({
    t: z.literal('list.published'),
    id,
    rev: z.int(),
    body: id,
    scheme: hash,
    engine: z.string(),
    size: z.int(),
    inputs: hash,
    list: hash,
    at,
  }),
  z.strictObject({
    t: z.literal('draw.plan'),
    id,
    rev: z.int(),
    by: id,
    plan: hash,
    frame: hash,
    roster: hash,
    avoid: hash,
    at,
  }),
  z.strictObject({
    t: z.literal('draw.seed'),
    id,
    rev: z.int(),
    plan: hash,
    entropy: z.string(),
    seed: hash.nullable(),
    at,
  }),
  z.strictObject({
    t: z.literal('draw.result'),
    id,
    rev: z.int(),
    draw: id,
    n: z.int(),
    plan: hash,
    seed: hash,
    exclude: hash,
    recuse: hash,
    result: hash,
    at,
  }),
  z.strictObject({ t: z.literal('draw.void'), id, rev: z.int(), reason: z.string(), at }),
  z.strictObject({
    t: z.literal('finding.published'),
    id,
    rev: z.int(),
    draw: id,
    object: id,
    verdict: z.string(),
    doc: hash,
    at,
  }),
  z.strictObject({ t: z.literal('body.accredited'), id, rev: z.int(), body: id, category: z.string(), doc: hash, at }),
  ofBody('body.examined'),
  ofBody('body.suspended'),
  ofBody('body.reinstated'),
  ofBody('body.withdrawn'),
  ofBody('conflict.stated'),
  ofBody('objection.accepted'),
  ofBody('objection.decided'),
  ofBody('forerunner.round-opened'),
  ofBody('forerunner.shortlisted'),
  ofBody('forerunner.published'),
  z.strictObject({ t: z.literal('calendar.published'), id, rev: z.int(), doc: hash, at }),
]);
export type LogEntry = z.infer<typeof LogEntry>;

/** C2SP tiled logs hold an entry's length in 16 bits; ours are far smaller. */
const MAX_LEAF_BYTES = 4096;

/** The bytes of a log entry: RFC 8785 text. Throws when an entry breaks its shape or length, which is a bug of the caller. */
export function writeLeaf(entry: LogEntry): string {
  const leaf = canonicalJson(LogEntry.parse(entry) as CanonicalValue);
  if (new TextEncoder().encode(leaf).length > MAX_LEAF_BYTES)
    throw new Error(`log entry ${entry.t} ${entry.id} is too long`);
  return leaf;
}

/** Times in public entries: UTC, to the second. */
export function logTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

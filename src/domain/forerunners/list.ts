import { compareBytes } from '../bytes.ts';
import { parseStandardNumber } from '../standards/number.ts';
import type { Because } from './checks.ts';
import type { Provision, RemovalCause } from './vocabulary.ts';

/** Said on every list: there is no first among forerunners (DOMAIN 4.1, rule 7). */
export const NEUTRAL_ORDER =
  '排名不分先后 in no order of merit: by credit code, then standard number, then declaration, in byte order';

/** A forerunner: enterprise, standard, product and models together. */
export interface ForerunnerEntry {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: string;
  readonly product: string;
  readonly models: readonly string[];
  readonly provision: Provision;
  readonly commitment: number;
  readonly report: {
    readonly number: string;
    readonly laboratory: string;
    readonly mark: string;
    readonly markNumber: string;
    readonly reportedOn: string;
    readonly sha256: string;
  };
  /** Edition of the ranking list in whose row it stands with grade one. */
  readonly board: number;
  readonly round: string;
  /** The edition of this list since which it stands without a gap. */
  readonly since: number;
  readonly validUntil: string;
}

export interface RemovedEntry extends ForerunnerEntry {
  readonly removed: {
    readonly edition: number;
    readonly cause: RemovalCause;
    readonly evidence: string;
    readonly note: string;
    /** Credit code of who took it out. */
    readonly by: string;
    readonly on: string;
  };
}

/** A candidate that is not listed, with every reason. */
export interface LeftOutCandidate {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: string;
  readonly because: readonly Because[];
}

export interface ForerunnerHead {
  readonly v: 1;
  readonly list: string;
  readonly edition: number;
  readonly kind: 'round' | 'removal';
  readonly category: string;
  /** Credit codes of the body that assessed, and of who published. */
  readonly body: string;
  readonly publisher: string;
  readonly previous: { readonly edition: number; readonly sha256: string } | null;
  readonly round: string;
  readonly board: { readonly edition: number; readonly sha256: string };
  readonly scheme: { readonly code: string; readonly version: number; readonly sha256: string };
  readonly months: number;
  readonly order: string;
  readonly publishedOn: string;
  readonly validUntil: string;
  readonly entries: number;
  readonly removed: number;
  readonly leftOut: number;
}

export interface ForerunnerList {
  readonly head: ForerunnerHead;
  readonly entries: readonly ForerunnerEntry[];
  /** What was taken off and has not come back: it stays, struck through. */
  readonly removed: readonly RemovedEntry[];
  /** Candidates of the round that are not listed. */
  readonly leftOut: readonly LeftOutCandidate[];
}

interface Earlier {
  readonly list: ForerunnerList;
  readonly sha256: string;
}

/** The parts of the head that a round gives. */
export type RoundHead = Pick<
  ForerunnerHead,
  'list' | 'category' | 'body' | 'publisher' | 'round' | 'board' | 'scheme' | 'months' | 'publishedOn' | 'validUntil'
>;

/**
 * The edition that a round makes. What stood before and was no candidate stays until its own day; what is listed again keeps
 * the edition since which it stands; what a decision, trouble or its end keeps out now is taken off, and so is what expired.
 */
export function editionOfRound(
  head: RoundHead,
  listed: readonly Omit<ForerunnerEntry, 'since' | 'validUntil' | 'round'>[],
  leftOut: readonly LeftOutCandidate[],
  earlier: Earlier | null,
): ForerunnerList {
  const edition = (earlier?.list.head.edition ?? 0) + 1;
  const before = new Map((earlier?.list.entries ?? []).map((entry) => [entry.declaration, entry]));
  const entries = listed.map((entry): ForerunnerEntry => {
    const was = before.get(entry.declaration);
    const since = was && was.validUntil >= head.publishedOn ? was.since : edition;
    return { ...entry, round: head.round, since, validUntil: head.validUntil };
  });
  const now = new Set(entries.map(({ declaration }) => declaration));
  const reasons = new Map(leftOut.map(({ declaration, because }) => [declaration, because]));
  const kept: ForerunnerEntry[] = [];
  const gone: RemovedEntry[] = [];
  for (const entry of before.values()) {
    if (now.has(entry.declaration)) continue;
    const cause = causeOf(reasons.get(entry.declaration) ?? [], entry, head.publishedOn);
    if (cause === null) kept.push(entry);
    else gone.push({ ...entry, removed: { edition, ...cause, note: '', by: head.publisher, on: head.publishedOn } });
  }
  const again = (earlier?.list.removed ?? []).filter(({ declaration }) => !now.has(declaration));
  return compose({ ...head, kind: 'round', edition }, [...entries, ...kept], [...again, ...gone], leftOut, earlier);
}

/** The edition that takes one entry off; null where it does not stand on the list. */
export function editionOfRemoval(
  earlier: Earlier,
  declaration: string,
  removed: Omit<RemovedEntry['removed'], 'edition'>,
): ForerunnerList | null {
  const { head, entries, removed: before } = earlier.list;
  const entry = entries.find((one) => one.declaration === declaration);
  if (!entry) return null;
  const edition = head.edition + 1;
  return compose(
    { ...head, kind: 'removal', edition, publisher: removed.by, publishedOn: removed.on },
    entries.filter((one) => one !== entry),
    [...before, { ...entry, removed: { ...removed, edition } }],
    [],
    earlier,
  );
}

/** Why something that stood on the list cannot stay on it; null where nothing says so, as when no papers came in time. */
function causeOf(
  because: readonly Because[],
  { validUntil }: ForerunnerEntry,
  today: string,
): Pick<RemovedEntry['removed'], 'cause' | 'evidence'> | null {
  for (const { reason, about } of because) {
    const evidence = about ?? '';
    if (reason === 'decided-out') return { cause: 'objection', evidence };
    if (reason === 'declaration-ended') return { cause: 'standard-ended', evidence };
    if (reason === 'record-trouble') return { cause: TROUBLE[about ?? ''] ?? 'quality-trouble', evidence };
    if (reason === 'requirement-trouble') return { cause: 'quality-trouble', evidence };
  }
  return validUntil < today ? { cause: 'expired', evidence: validUntil } : null;
}

const TROUBLE: Readonly<Record<string, RemovalCause>> = {
  'credit-record': 'credit-trouble',
  'quality-record': 'quality-trouble',
  'environment-record': 'environment-trouble',
};

function compose(
  head: Omit<ForerunnerHead, 'v' | 'order' | 'previous' | 'entries' | 'removed' | 'leftOut'>,
  entries: readonly ForerunnerEntry[],
  removed: readonly RemovedEntry[],
  leftOut: readonly LeftOutCandidate[],
  earlier: Earlier | null,
): ForerunnerList {
  const days = entries.map(({ validUntil }) => validUntil).sort();
  return {
    head: {
      ...head,
      v: 1,
      previous: earlier ? { edition: earlier.list.head.edition, sha256: earlier.sha256 } : null,
      order: NEUTRAL_ORDER,
      validUntil: days.at(-1) ?? head.publishedOn,
      entries: entries.length,
      removed: removed.length,
      leftOut: leftOut.length,
    },
    entries: entries.toSorted(neutrally),
    removed: removed.toSorted(neutrally),
    leftOut: leftOut.toSorted(neutrally),
  };
}

type Placed = Pick<ForerunnerEntry, 'declaration' | 'enterprise' | 'number'>;

/** Favours nobody: by public codes alone. */
export function neutrally(a: Placed, b: Placed): number {
  return (
    compareBytes(a.enterprise.code, b.enterprise.code) ||
    compareBytes(compactOf(a.number), compactOf(b.number)) ||
    compareBytes(a.declaration, b.declaration)
  );
}

function compactOf(number: string): string {
  const parsed = parseStandardNumber(number);
  return parsed.ok ? parsed.value.compact : number;
}

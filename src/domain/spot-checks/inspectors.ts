import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Inspector, Pair } from './lists.ts';
import { ticketWriter } from './tickets.ts';

/** One object that gets inspectors. `initial` objects were picked before any exclusion; only they count as load. */
export interface Pick {
  readonly stratum: string;
  readonly rank: number;
  readonly id: string;
  readonly initial: boolean;
}

export interface AssignmentRules {
  readonly seed: string;
  readonly perObject: number;
  readonly roster: readonly Inspector[];
  readonly avoid: readonly Pair[];
  readonly recuse: readonly Pair[];
}

/** An inspector while objects are handed out; `key` is the name and a line feed, as a ticket's message ends. */
interface Candidate extends Inspector {
  readonly key: Uint8Array;
  load: number;
}

interface Ticketed {
  readonly candidate: Candidate;
  readonly ticket: Uint8Array;
}

/**
 * The inspectors of each pick, given in the order (stratum, rank) (rd1 §1.4.5). Every initial pick loads its first
 * candidates, excluded or recused later or not, and replacements load nobody: so nothing that becomes known after the
 * draw moves the assignment of another object. Fewer than `perObject` names are a published shortage.
 */
export function assignInspectors(picks: readonly Pick[], rules: AssignmentRules): ReadonlyMap<Pick, readonly string[]> {
  const assigned = new Map<Pick, readonly string[]>();
  const covering = coverage(rules.roster);
  const avoided = byObject(rules.avoid);
  const recused = byObject(rules.recuse);
  const assign = (pick: Pick): readonly Candidate[] => {
    const late = recused.get(pick.id) ?? NOBODY;
    const early = avoided.get(pick.id) ?? NOBODY;
    const eligible = covering(pick.stratum).filter(({ inspector }) => !early.has(inspector));
    const order = firstCandidates(eligible, rules.perObject + late.size, pick.id, rules.seed);
    const names = order.map(({ inspector }) => inspector).filter((inspector) => !late.has(inspector));
    assigned.set(pick, names.slice(0, rules.perObject));
    return order.slice(0, rules.perObject);
  };
  for (const pick of picks.filter(({ initial }) => initial)) for (const candidate of assign(pick)) candidate.load++;
  for (const pick of picks.filter(({ initial }) => !initial)) assign(pick);
  return assigned;
}

const NOBODY: ReadonlySet<string> = new Set();

/** The first `count` candidates by (load, ticket, name); whoever carries more than enough others needs no ticket. */
function firstCandidates(eligible: readonly Candidate[], count: number, id: string, seed: string): Candidate[] {
  const limit = loadLimit(eligible, count);
  const writeTicket = ticketWriter(seed, 'inspector', `${id}\t`);
  const first: Ticketed[] = [];
  const ticket = new Uint8Array(32);
  for (const candidate of eligible) {
    if (candidate.load > limit) continue;
    writeTicket(candidate.key, ticket);
    const last = first.length < count ? undefined : first.at(-1);
    if (last && compareCandidates({ candidate, ticket }, last) > 0) continue;
    first.push({ candidate, ticket: ticket.slice() });
    first.sort(compareCandidates);
    if (last) first.pop();
  }
  return first.map(({ candidate }) => candidate);
}

/** The load of the count-th least loaded candidate, or of the most loaded if there are fewer. */
function loadLimit(eligible: readonly Candidate[], count: number): number {
  if (count === 0) return -1;
  const carrying: number[] = [];
  for (const { load } of eligible) carrying[load] = (carrying[load] ?? 0) + 1;
  let people = 0;
  const limit = carrying.findIndex((number = 0) => (people += number) >= count);
  return limit === -1 ? carrying.length : limit;
}

function compareCandidates(a: Ticketed, b: Ticketed): number {
  if (a.candidate.load !== b.candidate.load) return a.candidate.load - b.candidate.load;
  for (let i = 0; i < 32; i++) {
    const difference = (a.ticket[i] ?? 0) - (b.ticket[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.candidate.inspector < b.candidate.inspector ? -1 : 1;
}

/** Who covers a stratum; asked again for each of its objects. */
function coverage(roster: readonly Inspector[]): (stratum: string) => readonly Candidate[] {
  const all = roster.map((inspector) => ({ ...inspector, key: utf8ToBytes(`${inspector.inspector}\n`), load: 0 }));
  const known = new Map<string, readonly Candidate[]>();
  return (stratum) => {
    const candidates = known.get(stratum) ?? all.filter(({ strata }) => strata === '*' || strata.includes(stratum));
    known.set(stratum, candidates);
    return candidates;
  };
}

function byObject(pairs: readonly Pair[]): ReadonlyMap<string, ReadonlySet<string>> {
  const grouped = new Map<string, Set<string>>();
  for (const { id, inspector } of pairs) {
    const names = grouped.get(id);
    if (names) names.add(inspector);
    else grouped.set(id, new Set([inspector]));
  }
  return grouped;
}

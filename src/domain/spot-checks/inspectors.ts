import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Inspector, Pair } from './lists.ts';
import { type TicketWriter, ticketWriter } from './tickets.ts';

/** One object that gets inspectors. `initial` objects were picked before any exclusion; only they count as load. */
export interface Pick {
  readonly stratum: string;
  readonly rank: number;
  readonly id: string;
  readonly initial: boolean;
}

export interface Assignment {
  readonly seed: string;
  readonly perObject: number;
  readonly roster: readonly Inspector[];
  readonly avoid: readonly Pair[];
  readonly recuse: readonly Pair[];
}

/**
 * The inspectors of each pick, given in the order (stratum, rank) (rd1 §1.4.5). Every initial pick loads its first
 * candidates, excluded or recused later or not, and replacements load nobody: so nothing that becomes known after the
 * draw moves the assignment of another object. Fewer than `perObject` names are a published shortage.
 */
export function assignInspectors(picks: readonly Pick[], rules: Assignment): ReadonlyMap<Pick, readonly string[]> {
  const assigned = new Map<Pick, readonly string[]>();
  const load = new Map<string, number>();
  const covering = coverage(rules.roster);
  const avoided = byObject(rules.avoid);
  const recused = byObject(rules.recuse);
  const writeTicket = ticketWriter(rules.seed, 'inspector');
  const loadOf = (inspector: string): number => load.get(inspector) ?? 0;
  const assign = (pick: Pick): readonly string[] => {
    const out = recused.get(pick.id) ?? NOBODY;
    const not = avoided.get(pick.id) ?? NOBODY;
    const eligible = covering(pick.stratum).filter((inspector) => !not.has(inspector));
    const order = firstCandidates(eligible, rules.perObject + out.size, pick.id, loadOf, writeTicket);
    assigned.set(pick, order.filter((inspector) => !out.has(inspector)).slice(0, rules.perObject));
    return order.slice(0, rules.perObject);
  };
  for (const pick of picks.filter(({ initial }) => initial)) {
    for (const inspector of assign(pick)) load.set(inspector, loadOf(inspector) + 1);
  }
  for (const pick of picks.filter(({ initial }) => !initial)) assign(pick);
  return assigned;
}

const NOBODY: ReadonlySet<string> = new Set();

/** The first `count` by (load, ticket, inspector). Whoever has more load than the count-th least needs no ticket. */
function firstCandidates(
  eligible: readonly string[],
  count: number,
  id: string,
  loadOf: (inspector: string) => number,
  writeTicket: TicketWriter,
): readonly string[] {
  const loads = eligible.map(loadOf).sort((a, b) => a - b);
  const limit = loads[Math.min(count, loads.length) - 1] ?? -1;
  const ticket = new Uint8Array(32);
  return eligible
    .filter((inspector) => loadOf(inspector) <= limit)
    .map((inspector) => {
      writeTicket(utf8ToBytes(`${id}\t${inspector}\n`), ticket);
      return { inspector, load: loadOf(inspector), ticket: bytesToHex(ticket) };
    })
    .sort((a, b) => a.load - b.load || compareText(a.ticket, b.ticket) || compareText(a.inspector, b.inspector))
    .slice(0, count)
    .map(({ inspector }) => inspector);
}

/** Names and hex digits are ASCII, where the order of code units is the order of bytes. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Who covers a stratum; asked again for each of its objects. */
function coverage(roster: readonly Inspector[]): (stratum: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (stratum) => {
    const names =
      known.get(stratum) ??
      roster.filter(({ strata }) => strata === '*' || strata.includes(stratum)).map(({ inspector }) => inspector);
    known.set(stratum, names);
    return names;
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

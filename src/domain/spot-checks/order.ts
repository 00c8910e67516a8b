import { type SamplingFrame, type Stratum, unitId } from './frame.ts';
import { type TicketWriter, toInteger } from './tickets.ts';

/** A unit with its ticket. `top` is the ticket's first 23 bits, which settles almost every comparison. */
export interface TicketedUnit {
  readonly id: string;
  readonly weight: number;
  readonly ticket: Uint8Array;
  readonly top: number;
}

/** The first 23 bits: times a weight of at most 10^9 < 2^30 they stay exact in a double. */
export function topBits(ticket: Uint8Array): number {
  return ((ticket[0] ?? 0) << 15) | ((ticket[1] ?? 0) << 7) | ((ticket[2] ?? 0) >>> 1);
}

/** Ascending ticket/weight, as t_a·w_b < t_b·w_a in whole numbers; ties by id in byte order (rd1 §1.4.3). */
export function compareUnits(a: TicketedUnit, b: TicketedUnit): number {
  if (surelyAfter(a.top, a.weight, b.top, b.weight)) return 1;
  if (surelyAfter(b.top, b.weight, a.top, a.weight)) return -1;
  const left = toInteger(a.ticket) * BigInt(b.weight);
  const right = toInteger(b.ticket) * BigInt(a.weight);
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/**
 * The first `count` units of a stratum's order (all, if there are fewer); the position plus 1 is the rank. Keeps at most
 * about twice as many as asked, so 1,000 of 5 million are found in one pass without sorting the rest.
 */
export function firstUnits(
  frame: SamplingFrame,
  stratum: Stratum,
  count: number,
  writeTicket: TicketWriter,
): TicketedUnit[] {
  if (count === 0) return [];
  const kept: TicketedUnit[] = [];
  const ticket = new Uint8Array(32);
  let last: TicketedUnit | undefined;
  for (let i = stratum.from; i < stratum.to; i++) {
    // The key's line feed is the one that ends the frame's line.
    writeTicket(frame.bytes.subarray(frame.idStart[i], (frame.lineEnd[i] ?? 0) + 1), ticket);
    const weight = frame.weight[i] ?? 1;
    const top = topBits(ticket);
    if (last && surelyAfter(top, weight, last.top, last.weight)) continue;
    kept.push({ id: unitId(frame, i), weight, ticket: ticket.slice(), top });
    if (kept.length < 2 * count + 1000) continue;
    kept.sort(compareUnits).length = count;
    last = kept[count - 1];
  }
  return kept.sort(compareUnits).slice(0, count);
}

/** Whether the ticket that begins with `topA` comes after the other whatever its remaining bits are. */
function surelyAfter(topA: number, weightA: number, topB: number, weightB: number): boolean {
  return topA * weightB >= (topB + 1) * weightA;
}

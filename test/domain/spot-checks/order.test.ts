import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import { parseFrame } from '../../../src/domain/spot-checks/frame.ts';
import { compareUnits, firstUnits, type TicketedUnit, topBits } from '../../../src/domain/spot-checks/order.ts';
import { ticketWriter, toInteger } from '../../../src/domain/spot-checks/tickets.ts';
import { valueOf } from './random-draws.ts';
import { bytesOf, readVectorJson } from './vectors.ts';

interface Case {
  readonly t_a: string;
  readonly w_a: number;
  readonly t_b: string;
  readonly w_b: number;
  readonly kills: string;
}
const { cases } = readVectorJson('comparator.json') as { readonly cases: readonly Case[] };

describe('the order of two units', () => {
  it.each(cases)('is exact where $kills would fail', ({ t_a, w_a, t_b, w_b }) => {
    const a = unit('b', BigInt(t_a), w_a);
    const b = unit('a', BigInt(t_b), w_b);
    expect(compareUnits(a, b)).toBe(-1);
    expect(compareUnits(b, a)).toBe(1);
  });

  it('is by id in byte order when the ratios are equal', () => {
    const [upper, lower] = [unit('B', 6n, 3), unit('a', 4n, 2)];
    expect(compareUnits(upper, lower)).toBe(-1);
    expect(compareUnits(lower, upper)).toBe(1);
    expect(compareUnits(upper, upper)).toBe(0);
  });

  it('is that of whole numbers, however near two ratios are', () => {
    const ticket = fc.bigInt(0n, (1n << 256n) - 1n);
    const weight = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 999_999_990, max: 1_000_000_000 }));
    const near = fc.tuple(ticket, weight, weight, fc.bigInt(-3n, 3n)).map(([t, w, v, shift]) => {
      const other = (t * BigInt(v)) / BigInt(w) + shift;
      return [t, w, other < 0n || other >> 256n !== 0n ? t : other, v] as const;
    });
    const any = fc.tuple(ticket, weight, ticket, weight);
    fc.assert(
      fc.property(fc.oneof(near, any), ([t_a, w_a, t_b, w_b]) => {
        const [left, right] = [t_a * BigInt(w_b), t_b * BigInt(w_a)];
        const expected = left === right ? -1 : left < right ? -1 : 1;
        expect(compareUnits(unit('a', t_a, w_a), unit('b', t_b, w_b))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the first units of a stratum', () => {
  const lines = Array.from({ length: 6000 }, (_, i) => `s\t${1 + (i % 3) * 499_999_999}\tid${100_000 + i}\n`);
  const frame = valueOf(parseFrame(bytesOf(lines.join(''))));
  const stratum = frame.strata.get('s') ?? { from: 0, to: 0 };

  it.each([0, 1, 2, 100, 999, 2500, 6000, 9999])('are those of the whole order: %i of 6,000', (count) => {
    const writeTicket = ticketWriter(sha256Hex('order'), 'object');
    const whole = lines
      .map((line) => {
        const [, weight = '', id = ''] = line.trimEnd().split('\t');
        return { id, w: BigInt(weight), t: BigInt(`0x${sha256Hex(`${sha256Hex('order')}\nobject\n${id}\n`)}`) };
      })
      .sort((a, b) => (a.t * b.w < b.t * a.w ? -1 : 1));
    expect(firstUnits(frame, stratum, count, writeTicket).map(({ id }) => id)).toEqual(
      whole.slice(0, count).map(({ id }) => id),
    );
  });
});

function unit(id: string, ticket: bigint, weight: number): TicketedUnit {
  const bytes = Uint8Array.from(Buffer.from(ticket.toString(16).padStart(64, '0'), 'hex'));
  if (toInteger(bytes) !== ticket) throw new Error('the test’s own ticket is wrong');
  return { id, weight, ticket: bytes, top: topBits(bytes) };
}

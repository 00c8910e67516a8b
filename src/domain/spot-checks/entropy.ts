import { type Fault, fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';

/** Chinese lotteries that a plan may name; value in thousandths of a bit (rd1 §1.9). */
export const LOTTERIES = ['ssq', 'dlt', 'pl5'] as const;
export type Lottery = (typeof LOTTERIES)[number];

/** A public event that the plan names before it happens. */
export type EntropyEvent =
  | { readonly kind: 'dice'; readonly rolls: number }
  | { readonly kind: 'drand'; readonly chain: string; readonly round: string }
  | { readonly kind: 'nist'; readonly chain: string; readonly pulse: string }
  | { readonly kind: 'lottery'; readonly game: Lottery; readonly issue: string };

/** Public bits, in thousandths, below which an outcome could be searched for; dice or a beacon are enough alone. */
export const MIN_MILLIBITS = 64_000;
const MIN_ROLLS = 20;
const ROLL_MILLIBITS = 3_321;
const LOTTERY_MILLIBITS: Readonly<Record<Lottery, number>> = { ssq: 24_078, dlt: 24_352, pl5: 16_609 };
const BEACON_MILLIBITS = { drand: 256_000, nist: 512_000 } as const;

const EVENT = text(
  'dice N（N ≥ 20）、drand 链 轮次、nist 链 脉冲、lottery ssq|dlt|pl5 期号，以“; ”连接',
  'dice N (N ≥ 20), drand CHAIN ROUND, nist CHAIN PULSE, lottery ssq|dlt|pl5 ISSUE, joined by "; "',
);

/** Reads the events of `plan.entropy`. Errors: grammar, an event named twice, too few public bits. */
export function parseEntropy(
  source: string,
  at = 'plan.json#/entropy',
): Result<readonly EntropyEvent[], readonly Fault[]> {
  const faults: Fault[] = [];
  const events: EntropyEvent[] = [];
  const seen = new Set<string>();
  for (const part of source.split('; ')) {
    const event = parseEvent(part);
    if (event === undefined) {
      faults.push(entropyFault(at, 'draw.entropy-grammar', part, EVENT));
      continue;
    }
    if (seen.has(identity(event))) {
      faults.push(entropyFault(at, 'draw.entropy-repeated', part, text('每个事件只写一次', 'each event once')));
    }
    seen.add(identity(event));
    events.push(event);
  }
  if (faults.length === 0 && !isEnough(events)) {
    const bits = text('至少 64 公开比特，或骰子，或信标', 'at least 64 public bits, or dice, or a beacon');
    faults.push(entropyFault(at, 'draw.entropy-too-small', `${millibits(events) / 1000} bits`, bits));
  }
  return faults.length > 0 ? err(faults) : ok(events);
}

export function formatEntropy(events: readonly EntropyEvent[]): string {
  return events.map(formatEvent).join('; ');
}

export function formatEvent(event: EntropyEvent): string {
  switch (event.kind) {
    case 'dice':
      return `dice ${event.rolls}`;
    case 'drand':
      return `drand ${event.chain} ${event.round}`;
    case 'nist':
      return `nist ${event.chain} ${event.pulse}`;
    case 'lottery':
      return `lottery ${event.game} ${event.issue}`;
  }
}

/** The public bits of the events together, in thousandths. */
export function millibits(events: readonly EntropyEvent[]): number {
  return events.reduce((sum, event) => sum + millibitsOf(event), 0);
}

/** What an event's value looks like; `null` is a value that fits. For the seed and for the form that asks for it. */
export function refuseValue(event: EntropyEvent, value: string): Text | null {
  switch (event.kind) {
    case 'dice':
      return value.length === event.rolls && /^[0-9]+$/.test(value)
        ? null
        : text(`${event.rolls} 个数字，10 点写 0`, `${event.rolls} digits, face 10 written 0`);
    case 'drand':
      return /^[0-9a-f]{64}$/.test(value) ? null : text('64 位小写十六进制', '64 lower-case hex digits');
    case 'nist':
      return /^[0-9a-f]{128}$/.test(value) ? null : text('128 位小写十六进制', '128 lower-case hex digits');
    case 'lottery':
      return refuseLottery(event.game, value);
  }
}

/** One part of the seed's entropy line: the event with its value; dice digits stand for their number. */
export function formatOutcome(event: EntropyEvent, value: string): string {
  return event.kind === 'dice' ? `dice ${value}` : `${formatEvent(event)} ${value}`;
}

/** Reads the values of the planned events out of a seed's entropy line, in the plan's order. Errors: any other text. */
export function parseOutcomes(
  events: readonly EntropyEvent[],
  source: string,
  at = 'seed.txt:3',
): Result<readonly string[], readonly Fault[]> {
  const parts = source.split('; ');
  if (parts.length !== events.length) {
    const expected = text(`${events.length} 个事件的结果`, `the outcome of ${events.length} events`);
    return err([entropyFault(at, 'draw.entropy-mismatch', source, expected)]);
  }
  const faults: Fault[] = [];
  const values = events.map((event, i) => {
    const part = parts[i] ?? '';
    const lead = formatOutcome(event, '');
    const value = part.slice(lead.length);
    if (!part.startsWith(lead)) {
      const expected = text(`计划中的事件：${formatEvent(event)}`, `the planned event: ${formatEvent(event)}`);
      faults.push(entropyFault(at, 'draw.entropy-mismatch', part, expected));
    } else {
      const refused = refuseValue(event, value);
      if (refused) faults.push(entropyFault(at, 'draw.entropy-value', value, refused));
    }
    return value;
  });
  return faults.length > 0 ? err(faults) : ok(values);
}

function parseEvent(part: string): EntropyEvent | undefined {
  const [, rolls] = /^dice ([1-9][0-9]{0,5})$/.exec(part) ?? [];
  if (rolls) return Number(rolls) >= MIN_ROLLS ? { kind: 'dice', rolls: Number(rolls) } : undefined;
  const [, chain, round] = /^drand ([0-9a-f]{64}) ([1-9][0-9]*)$/.exec(part) ?? [];
  if (chain && round) return { kind: 'drand', chain, round };
  const [, nistChain, pulse] = /^nist ([0-9]+) ([0-9]+)$/.exec(part) ?? [];
  if (nistChain && pulse) return { kind: 'nist', chain: nistChain, pulse };
  const [, game, issue] = /^lottery (ssq|dlt|pl5) ([0-9]{7})$/.exec(part) ?? [];
  return game && issue ? { kind: 'lottery', game: game as Lottery, issue } : undefined;
}

/** Two spellings of one pulse are one event. */
function identity(event: EntropyEvent): string {
  return event.kind === 'nist' ? `nist ${BigInt(event.chain)} ${BigInt(event.pulse)}` : formatEvent(event);
}

function isEnough(events: readonly EntropyEvent[]): boolean {
  return events.some((event) => event.kind !== 'lottery') || millibits(events) >= MIN_MILLIBITS;
}

function millibitsOf(event: EntropyEvent): number {
  if (event.kind === 'dice') return event.rolls * ROLL_MILLIBITS;
  return event.kind === 'lottery' ? LOTTERY_MILLIBITS[event.game] : BEACON_MILLIBITS[event.kind];
}

function refuseLottery(game: Lottery, value: string): Text | null {
  switch (game) {
    case 'ssq':
      return isPick(value, [6, 33], [1, 16])
        ? null
        : text('六个递增的 01–33 + 一个 01–16', 'six ascending 01–33 + one 01–16');
    case 'dlt':
      return isPick(value, [5, 35], [2, 12])
        ? null
        : text('五个递增的 01–35 + 两个递增的 01–12', 'five ascending 01–35 + two ascending 01–12');
    case 'pl5':
      return /^[0-9]{5}$/.test(value) ? null : text('5 个数字', '5 digits');
  }
}

/** `RR,RR+BB`: so many two-digit numbers up to a highest one on each side of the +, strictly ascending. */
function isPick(value: string, ...sides: readonly (readonly [count: number, highest: number])[]): boolean {
  const halves = value.split('+');
  return (
    halves.length === sides.length &&
    sides.every(([count, highest], side) => {
      const balls = (halves[side] ?? '').split(',');
      const inRange = balls.every((ball) => /^[0-9]{2}$/.test(ball) && Number(ball) >= 1 && Number(ball) <= highest);
      return balls.length === count && inRange && balls.every((ball, i) => i === 0 || ball > (balls[i - 1] ?? ''));
    })
  );
}

function entropyFault(at: string, code: string, found: string, expected: Text): Fault {
  return fault(
    at,
    code,
    found,
    expected,
    text('按事件的公开结果和 rd1 §1.9 改正', 'correct by the event and rd1 §1.9'),
  );
}

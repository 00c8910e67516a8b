import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import { formatJson, JsonError, type JsonValue, parseIJson } from '../../../src/domain/spot-checks/json.ts';
import { formatPlan, parsePlan } from '../../../src/domain/spot-checks/plan.ts';
import { commitmentOf, formatSeed, parseSeed } from '../../../src/domain/spot-checks/seed.ts';
import { valueOf } from './random-draws.ts';
import { bytesOf, readVector, textOf } from './vectors.ts';

describe('I-JSON', () => {
  it.each([
    ['a key twice', '{"a":1,"a":1}'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a key twice, deep', '{"b":[{"a":1,"a":2}]}'],
    ['a fraction', '[1.5]'],
    ['a whole number written as a fraction', '[1.0]'],
    ['an exponent', '[1e2]'],
    ['a number beyond 2^53', '[9007199254740992]'],
    ['a leading zero', '[01]'],
    ['a plus', '[+1]'],
    ['a lone surrogate', '["\\ud800"]'],
    ['a control character', '["\u0001"]'],
    ['an unknown escape', '["\\x"]'],
    ['a trailing comma', '[1,]'],
    ['a missing comma', '{"a":1 "b":2}'],
    ['a comment', '[1] // one'],
    ['single quotes', "{'a':1}"],
    ['an unclosed object', '{"a":1'],
    ['a long string left open', `"${'a'.repeat(100_000)}`],
    ['a long string of escapes left open', `"${'\\n'.repeat(100_000)}`],
    ['nothing', ''],
    ['too many levels', `${'['.repeat(40)}${']'.repeat(40)}`],
  ])('refuses %s', (_, source) => {
    expect(() => parseIJson(source)).toThrow(JsonError);
  });

  it('keeps the order of keys that JavaScript would move, and keys that it would lose', () => {
    const source = '{"b":1,"9":[true,false,null],"10":-3,"__proto__":{"constructor":"é\\n😀"}}';
    expect(formatJson(parseIJson(` ${source}\t\r\n`))).toBe(source);
  });

  it('names the line of what it refuses', () => {
    expect(refusedLine('{\n"a":1,\n"a":2}')).toBe(3);
  });
});

describe('a plan', () => {
  const files = readVector('v4-sealed');
  const json = JSON.parse(textOf(files, 'plan.json')) as Record<string, JsonValue>;
  const hash = sha256Hex('');

  it.each<[claim: string, change: Record<string, unknown>, refused: string]>([
    ['another version', { v: 'rd2' }, '#/v draw.plan-field'],
    ['no draw', { draw: undefined }, '#/draw draw.plan-field-missing'],
    ['a draw with a space', { draw: 'a b' }, '#/draw draw.plan-field'],
    ['a draw of 65 characters', { draw: 'a'.repeat(65) }, '#/draw draw.plan-field'],
    ['an upper-case hash', { frame: hash.toUpperCase() }, '#/frame draw.plan-field'],
    ['no roster', { roster: undefined }, '#/roster draw.plan-field-missing'],
    ['a short hash', { avoid: 'ab' }, '#/avoid draw.plan-field'],
    ['a frame count in quotes', { frameCount: '20' }, '#/frameCount draw.plan-field'],
    ['a negative take', { take: { fuzhou: -1 } }, '#/take/fuzhou draw.plan-field'],
    ['a take in quotes', { take: { fuzhou: '1' } }, '#/take/fuzhou draw.plan-field'],
    ['a stratum with a space', { take: { 'a b': 1 } }, '#/take draw.plan-field'],
    ['no take', { take: undefined }, '#/take draw.plan-field-missing'],
    ['a list as take', { take: [] }, '#/take draw.plan-field'],
    ['fewer than no inspectors', { perObject: -1 }, '#/perObject draw.plan-field'],
    ['no commitments', { commit: undefined }, '#/commit draw.plan-field-missing'],
    ['a commitment that is no hash', { commit: { a: 'b' } }, '#/commit/a draw.plan-field'],
    ['a party with a space', { commit: { 'a b': hash } }, '#/commit draw.plan-field'],
    ['prose as entropy', { entropy: 'whatever we like' }, '#/entropy draw.entropy-grammar'],
    ['no entropy', { entropy: undefined }, '#/entropy draw.plan-field-missing'],
    ['a local time', { revealBy: '2026-03-01T08:00:00+08:00' }, '#/revealBy draw.plan-field'],
    ['30 February', { freezeAt: '2026-02-30T08:00:00Z' }, '#/freezeAt draw.plan-field'],
    ['an hour 24', { entropyNotBefore: '2026-02-20T24:00:00Z' }, '#/entropyNotBefore draw.plan-field'],
    ['a log size in quotes', { logSize: '7' }, '#/logSize draw.plan-field'],
  ])('is refused with %s', (_, change, refused) => {
    expect(planFaults(`${JSON.stringify({ ...json, ...change })}\n`)).toEqual([`plan.json${refused}`]);
  });

  it.each([
    ['a key twice', textOf(files, 'plan.json').replace('"v":"rd1"', '"v":"rd1","v":"rd1"'), ['plan.json:1 draw.json']],
    ['two strata of one name', textOf(files, 'plan.json').replace('"xiamen"', '"fuzhou"'), ['plan.json:1 draw.json']],
    ['a list', '[]\n', ['plan.json:1 draw.json']],
    ['a CR', `${JSON.stringify(json)}\r\n`, ['plan.json:1 draw.carriage-return']],
    ['no last line feed', JSON.stringify(json), ['plan.json:1 draw.no-final-line-feed']],
    ['a byte order mark', `\ufeff${JSON.stringify(json)}\n`, ['plan.json:1 draw.byte-order-mark']],
  ])('is refused as a file with %s', (_, content, refused) => {
    expect(planFaults(content)).toEqual(refused);
  });

  it('is refused when it is not UTF-8', () => {
    const result = parsePlan(Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a));
    expect(result.ok ? [] : result.problem.map(({ code }) => code)).toEqual(['draw.json']);
  });

  it('may have further keys, a stratum called constructor, and no perObject', () => {
    const further = { ...json, perObject: undefined, take: { constructor: 1 }, note: ['any', { thing: 1 }] };
    const plan = valueOf(parsePlan(bytesOf(`${JSON.stringify(further)}\n`)));
    expect({ perObject: plan.perObject, take: [...plan.take] }).toEqual({ perObject: 2, take: [['constructor', 1]] });
  });

  it('keeps what it says beside the draw', () => {
    const plan = {
      ...valueOf(parsePlan(files.get('plan.json') ?? new Uint8Array(0))),
      frameRule: '有效标准，三年内未抽',
      logSize: 12,
      freezeAt: '2026-03-01T00:00:00Z',
      entropyNotBefore: '2026-03-01T00:30:00Z',
      revealBy: '2026-04-01T00:00:00Z',
      entropyNote: '福州市公证处',
    };
    expect(valueOf(parsePlan(bytesOf(formatPlan(plan))))).toEqual(plan);
  });
});

describe('a seed', () => {
  it.each(['v1-dice', 'v2-weights', 'v4-sealed'] as const)('of %s is written back to the same bytes', (vector) => {
    const files = readVector(vector);
    expect(formatSeed(valueOf(parseSeed(files.get('seed.txt') ?? new Uint8Array(0))))).toBe(textOf(files, 'seed.txt'));
  });

  it('reveals the secrets that v4 committed to', () => {
    const files = readVector('v4-sealed');
    const plan = valueOf(parsePlan(files.get('plan.json') ?? new Uint8Array(0)));
    const seed = valueOf(parseSeed(files.get('seed.txt') ?? new Uint8Array(0)));
    expect(
      new Map([...seed.secrets].map(([party, secret]) => [party, commitmentOf(plan.draw, party, secret)])),
    ).toEqual(plan.commit);
  });
});

function planFaults(content: string): readonly string[] {
  const result = parsePlan(bytesOf(content));
  return result.ok ? [] : result.problem.map(({ at, code }) => `${at} ${code}`);
}

function refusedLine(source: string): number | undefined {
  try {
    parseIJson(source);
    return undefined;
  } catch (error) {
    return (error as JsonError).line;
  }
}

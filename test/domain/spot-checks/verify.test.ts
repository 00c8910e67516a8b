import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/domain/bytes.ts';
import type { Check } from '../../../src/domain/spot-checks/check.ts';
import { redraw } from '../../../src/domain/spot-checks/redraw.ts';
import { isRefused, verifyDraw } from '../../../src/domain/spot-checks/verify.ts';
import { valueOf } from './random-draws.ts';
import { bytesOf, readVector, textOf, VECTORS, type Vector } from './vectors.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const SORTED = ['frame.tsv', 'roster.tsv', 'avoid.tsv', 'exclude.tsv', 'recuse.tsv'];
/** Files that no hash of the plan covers: a change that keeps their form and the result is the log's to show. */
const LATE = ['exclude.tsv', 'recuse.tsv'];

describe.each(VECTORS)('the published files of %s', (vector) => {
  const files = readVector(vector);
  const names = [...files.keys()].filter((name) => name !== 'entropy.json');

  it('are accepted, and the plan’s place in the log is left to the log', () => {
    const checks = verifyDraw(files);
    expect(faultsOf(checks)).toEqual([]);
    expect(statusOf(checks, 'result')).toBe('passed');
    expect(statusOf(checks, 'log')).toBe('not-provable');
  });

  it.each(names)('are refused when any byte of %s is changed, removed or added', (name) => {
    const bytes = files.get(name) ?? new Uint8Array(0);
    const unnoticed: string[] = [];
    bytes.forEach((byte, i) => {
      const [before, after] = [bytes.subarray(0, i), bytes.subarray(i + 1)];
      const changes = { flipped: [byte ^ 1], removed: [], spaced: [byte, 0x20], doubled: [byte, byte] };
      for (const [change, middle] of Object.entries(changes)) {
        const changed = new Map(files).set(name, Uint8Array.from([...before, ...middle, ...after]));
        if (!isNoticed(files, changed, name)) unnoticed.push(`${change} at ${i}`);
      }
    });
    expect(unnoticed).toEqual([]);
  });

  it.each(names)('are refused at the line where form breaks in %s', (name) => {
    const lines = linesOf(files, name);
    const wrong: string[] = [];
    lines.forEach((line, i) => {
      const replaced = (...put: string[]): Files =>
        withLines(files, name, [...lines.slice(0, i), ...put, ...lines.slice(i + 1)]);
      const breaks = { CR: `${line}\r`, space: `${line} `, column: `${line}\t`, blank: '', letters: `企${line}` };
      for (const [kind, put] of Object.entries(breaks)) {
        if (name === 'plan.json' && kind !== 'CR') continue;
        if (!namesLine(replaced(put), name, i + 1)) wrong.push(`${kind} in line ${i + 1}`);
      }
    });
    expect(wrong).toEqual([]);
  });

  it.each(names.filter((name) => SORTED.includes(name)))(
    'are refused at the line where the order of %s breaks',
    (name) => {
      const lines = linesOf(files, name);
      const wrong: string[] = [];
      lines.forEach((line, i) => {
        const next = lines[i + 1];
        const doubled = withLines(files, name, lines.toSpliced(i, 0, line));
        if (!namesLine(doubled, name, i + 2)) wrong.push(`line ${i + 1} doubled`);
        if (next === undefined) return;
        const swapped = withLines(files, name, lines.with(i, next).with(i + 1, line));
        if (!namesLine(swapped, name, i + 2)) wrong.push(`line ${i + 1} swapped`);
      });
      expect(wrong).toEqual([]);
    },
  );

  it('are refused at the first line of result.tsv that differs', () => {
    const lines = linesOf(files, 'result.tsv');
    lines.forEach((line, i) => {
      const changes = [lines.with(i, `${line}x`), lines.toSpliced(i, 1), lines.toSpliced(i, 0, 'x\t1\ty')];
      for (const changed of changes) {
        const checks = verifyDraw(withLines(files, 'result.tsv', changed));
        expect(faultsOf(checks).map(({ at }) => at)).toEqual([`result.tsv:${i + 1}`]);
      }
    });
    const longer = verifyDraw(withLines(files, 'result.tsv', [...lines, lines[0] ?? '']));
    expect(faultsOf(longer).map(({ at }) => at)).toEqual([`result.tsv:${lines.length + 1}`]);
  });

  it.each(['plan.json', 'frame.tsv', 'roster.tsv', 'avoid.tsv', 'seed.txt'])('are refused without %s', (name) => {
    const fewer = new Map(files);
    fewer.delete(name);
    expect(faultsOf(verifyDraw(fewer)).map(({ at, code }) => `${at} ${code}`)).toContain(`${name} draw.file-missing`);
  });

  it('are not refused, and prove no result, without result.tsv', () => {
    const fewer = new Map(files);
    fewer.delete('result.tsv');
    const checks = verifyDraw(fewer);
    expect({ refused: isRefused(checks), result: statusOf(checks, 'result') }).toEqual({
      refused: false,
      result: 'not-provable',
    });
  });
});

describe('what one file says of another', () => {
  const v7 = readVector('v7-edges');

  it.each<[claim: string, file: string, line: string, refused: string]>([
    ['an exclusion of an unknown object', 'exclude.tsv', `~unknown\tDUPLICATE\t${'ab'.repeat(32)}`, 'exclude.tsv:7'],
    ['a recusal of an unknown object', 'recuse.tsv', '~unknown\tb', 'recuse.tsv:5'],
    ['a recusal of an unknown inspector', 'recuse.tsv', 'id-9~5\tnobody', 'recuse.tsv:5'],
  ])('is checked: %s is refused, though a redraw ignores it', (_, file, line, refused) => {
    const changed = withLines(v7, file, [...linesOf(v7, file), line]);
    expect(faultsOf(verifyDraw(changed)).map(({ at, code }) => `${at} ${code}`)).toEqual([
      `${refused} draw.unknown-name`,
    ]);
    expect(valueOf(redraw(changed)).result).toBe(textOf(v7, 'result.tsv'));
  });

  it('is checked: a conflict list that names a stranger is refused even when the plan hashes it', () => {
    const changed = replan(
      withLines(v7, 'avoid.tsv', [...linesOf(v7, 'avoid.tsv'), 'nobody\tnobody']),
      ({ files, plan }) => ({
        ...plan,
        avoid: sha256Hex(files.get('avoid.tsv') ?? new Uint8Array(0)),
      }),
    );
    const unknown = faultsOf(verifyDraw(changed)).filter(({ code }) => code === 'draw.unknown-name');
    expect(unknown.map(({ at }) => at)).toEqual(['avoid.tsv:22', 'avoid.tsv:22']);
  });

  it('is checked: the plan counts the frame', () => {
    const changed = replan(v7, ({ plan }) => ({ ...plan, frameCount: 41 }));
    expect(faultsOf(verifyDraw(changed)).map(({ at, code }) => `${at} ${code}`)).toContain(
      'frame.tsv draw.frame-count',
    );
  });

  it('is reported, not refused: a shortfall', () => {
    const take = verifyDraw(v7).find(({ name }) => name === 'take');
    expect({ status: take?.status, note: take?.note?.en }).toEqual({
      status: 'passed',
      note: 'published shortage: objects B −2; objects with too few inspectors: 2',
    });
  });

  it('cannot be proved: dice, lotteries and late evidence', () => {
    const open = (vector: Vector): string[] =>
      verifyDraw(readVector(vector)).flatMap(({ name, status }) => (status === 'not-provable' ? [name] : []));
    expect(open('v1-dice')).toEqual(['dice', 'log']);
    expect(open('v2-weights')).toEqual(['lottery', 'log']);
    expect(open('v3-replace')).toEqual(['dice', 'log', 'late-changes']);
    expect(open('v4-sealed')).toEqual(['log']);
  });
});

describe('a sealed draw', () => {
  const v4 = readVector('v4-sealed');
  const seedLines = linesOf(v4, 'seed.txt');
  const beacon = JSON.parse(textOf(v4, 'entropy.json'));

  it.each<[claim: string, lines: string[], refused: string[]]>([
    ['another secret', seedLines.with(3, `secret operator ${'0'.repeat(63)}2`), ['seed.txt:4 draw.secret']],
    ['a secret that is kept back', seedLines.toSpliced(4, 1), ['seed.txt draw.secret']],
    ['a party that committed to nothing', [...seedLines, `secret z ${'0'.repeat(64)}`], ['seed.txt:6 draw.secret']],
    [
      'secrets in another order',
      seedLines.toSpliced(3, 2, ...seedLines.slice(3).toReversed()),
      ['seed.txt:5 draw.out-of-order'],
    ],
  ])('is refused with %s', (_, lines, refused) => {
    const faults = faultsOf(verifyDraw(withLines(v4, 'seed.txt', lines))).filter(({ at }) => at.startsWith('seed.txt'));
    expect(faults.map(({ at, code }) => `${at} ${code}`)).toEqual(refused);
  });

  it.each<[claim: string, change: (answer: typeof beacon) => void, refused: string]>([
    ['another chain', ([answer]) => (answer.chain.hash = '00'.repeat(32)), 'entropy.json#/0/chain/hash'],
    ['another key', ([answer]) => (answer.chain.public_key = 'aa'.repeat(48)), 'entropy.json#/0/chain'],
    ['another round', ([answer]) => (answer.beacon.round = 2), 'entropy.json#/0/beacon/round'],
    [
      'other randomness',
      ([answer]) => (answer.beacon.randomness = '00'.repeat(32)),
      'entropy.json#/0/beacon/randomness',
    ],
    [
      'a forged signature',
      ([answer]) => (answer.beacon.signature = 'c0'.repeat(96)),
      'entropy.json#/0/beacon/signature',
    ],
    [
      'another predecessor',
      ([answer]) => (answer.beacon.previous_signature = '00'),
      'entropy.json#/0/beacon/signature',
    ],
    ['an event that was not planned', ([answer]) => (answer.part = 'drand x 1'), 'entropy.json#/0/part'],
    ['an unknown scheme', ([answer]) => (answer.chain.schemeID = 'trust-me'), 'entropy.json#/0/chain/schemeID'],
    ['an answer without a signature', ([answer]) => delete answer.beacon.signature, 'entropy.json#/0/beacon/signature'],
  ])('is refused when its beacon has %s', (_, change, refused) => {
    const changed = structuredClone(beacon);
    change(changed);
    const checks = verifyDraw(new Map(v4).set('entropy.json', bytesOf(JSON.stringify(changed))));
    expect(statusOf(checks, 'beacon')).toBe('failed');
    expect(faultsOf(checks).map(({ at }) => at)).toContain(refused);
  });

  it('is refused when entropy.json is no JSON', () => {
    const checks = verifyDraw(new Map(v4).set('entropy.json', bytesOf('[{]')));
    expect(faultsOf(checks).map(({ at }) => at)).toEqual(['entropy.json']);
  });

  it.each<[claim: string, content: string | undefined]>([
    ['is absent', undefined],
    ['answers nothing', '[]'],
  ])('is not proved by its beacon when entropy.json %s', (_, content) => {
    const changed = new Map(v4);
    if (content === undefined) changed.delete('entropy.json');
    else changed.set('entropy.json', bytesOf(content));
    const checks = verifyDraw(changed);
    expect({ beacon: statusOf(checks, 'beacon'), refused: isRefused(checks) }).toEqual({
      beacon: 'not-provable',
      refused: false,
    });
  });

  it('is refused when its round came before the plan allows', () => {
    const late = replan(v4, ({ plan }) => ({ ...plan, entropyNotBefore: '2026-01-01T00:00:00Z' }));
    expect(faultsOf(verifyDraw(late)).map(({ at }) => at)).toContain('entropy.json#/0/beacon/round');
    const early = replan(v4, ({ plan }) => ({ ...plan, entropyNotBefore: '2020-07-22T15:17:30Z' }));
    expect(statusOf(verifyDraw(early), 'beacon')).toBe('passed');
  });
});

/** Refused with a fault that names the file, or (late files only) of no consequence for the result. */
function isNoticed(original: Files, changed: Files, name: string): boolean {
  const checks = verifyDraw(withoutBeacon(changed));
  const named = faultsOf(checks).some(({ at, remedy }) => at.split(/[:#]/)[0] === name || remedy.en.includes(name));
  if (named) return true;
  return (
    LATE.includes(name) && !isRefused(checks) && valueOf(redraw(changed)).result === textOf(original, 'result.tsv')
  );
}

function namesLine(files: Files, name: string, line: number): boolean {
  return faultsOf(verifyDraw(withoutBeacon(files))).some(({ at }) => at === `${name}:${line}`);
}

/** The signature takes most of the time and depends on no other file. */
function withoutBeacon(files: Files): Files {
  return new Map([...files].filter(([name]) => name !== 'entropy.json'));
}

interface Replan {
  readonly files: Files;
  readonly plan: Record<string, unknown>;
}

/** Another plan, and a seed that names it, as a careless organiser would publish them. */
function replan(files: Files, change: (given: Replan) => Record<string, unknown>): Files {
  const plan = bytesOf(`${JSON.stringify(change({ files, plan: JSON.parse(textOf(files, 'plan.json')) }))}\n`);
  const seed = textOf(files, 'seed.txt').replace(/^plan .*$/m, `plan ${sha256Hex(plan)}`);
  return new Map(files).set('plan.json', plan).set('seed.txt', bytesOf(seed));
}

function linesOf(files: Files, name: string): string[] {
  return textOf(files, name).split('\n').slice(0, -1);
}

function withLines(files: Files, name: string, lines: readonly string[]): Files {
  return new Map(files).set(name, bytesOf(lines.map((line) => `${line}\n`).join('')));
}

function faultsOf(checks: readonly Check[]): Check['faults'] {
  return checks.flatMap(({ faults }) => faults);
}

function statusOf(checks: readonly Check[], name: string): string | undefined {
  return checks.find((check) => check.name === name)?.status;
}

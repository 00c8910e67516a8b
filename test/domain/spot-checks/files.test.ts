import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/domain/fault.ts';
import type { Result } from '../../../src/domain/result.ts';
import { formatFrame, idsInFrame, parseFrame, unitId } from '../../../src/domain/spot-checks/frame.ts';
import {
  formatExclusions,
  formatPairs,
  formatRoster,
  parseExclusions,
  parsePairs,
  parseRoster,
} from '../../../src/domain/spot-checks/lists.ts';
import { parseSeed } from '../../../src/domain/spot-checks/seed.ts';
import { valueOf } from './random-draws.ts';
import { bytesOf, readVector, textOf, VECTORS } from './vectors.ts';

type Parse = (bytes: Uint8Array) => Result<unknown, readonly Fault[]>;

const HASH = 'ab'.repeat(32);
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const parseAvoid: Parse = (bytes) => parsePairs('avoid.tsv', bytes);

describe('a frame', () => {
  it.each<[claim: string, content: string, refused: string]>([
    ['a byte order mark', '\ufeffs\t1\ta\n', 'frame.tsv:1 draw.byte-order-mark'],
    ['a CR', 's\t1\ta\ns\t1\tb\r\n', 'frame.tsv:2 draw.carriage-return'],
    ['no last line feed', 's\t1\ta\ns\t1\tb', 'frame.tsv:2 draw.no-final-line-feed'],
    ['a blank line', 's\t1\ta\n\ns\t1\tb\n', 'frame.tsv:2 draw.blank-line'],
    ['a lone line feed', '\n', 'frame.tsv:1 draw.blank-line'],
    ['two columns', 's\t1\n', 'frame.tsv:1 draw.column-count'],
    ['four columns', 's\t1\ta\tb\n', 'frame.tsv:1 draw.column-count'],
    ['an empty id', 's\t1\t\n', 'frame.tsv:1 draw.malformed-id'],
    ['a space in an id', 's\t1\ta b\n', 'frame.tsv:1 draw.malformed-id'],
    ['an id of 129 characters', `s\t1\t${'a'.repeat(129)}\n`, 'frame.tsv:1 draw.malformed-id'],
    ['a Chinese id', 's\t1\t企业\n', 'frame.tsv:1 draw.malformed-id'],
    ['a stratum that begins with a dot', '.s\t1\ta\n', 'frame.tsv:1 draw.malformed-stratum'],
    ['a stratum of 65 characters', `${'s'.repeat(65)}\t1\ta\n`, 'frame.tsv:1 draw.malformed-stratum'],
    ['weight 0', 's\t0\ta\n', 'frame.tsv:1 draw.malformed-weight'],
    ['a leading zero', 's\t01\ta\n', 'frame.tsv:1 draw.malformed-weight'],
    ['a weight of 10^9 + 1', 's\t1000000001\ta\n', 'frame.tsv:1 draw.malformed-weight'],
    ['a fraction', 's\t1.5\ta\n', 'frame.tsv:1 draw.malformed-weight'],
    ['ids out of order', 's\t1\tb\ns\t1\ta\n', 'frame.tsv:2 draw.out-of-order'],
    ['strata out of order', 't\t1\ta\ns\t1\tb\n', 'frame.tsv:2 draw.out-of-order'],
    ['the order of a locale', 's\t1\ta\ns\t1\tB\n', 'frame.tsv:2 draw.out-of-order'],
    ['the order of numbers', '9\t1\ta\n10\t1\tb\n', 'frame.tsv:2 draw.out-of-order'],
    ['an id twice in a stratum', 's\t1\ta\ns\t2\ta\n', 'frame.tsv:2 draw.repeated'],
    ['an id in two strata', 's\t1\ta\ns\t1\tb\nt\t1\ta\n', 'frame.tsv:3 draw.repeated'],
  ])('is refused with %s', (_, content, refused) => {
    expect(faultsOf(parseFrame, content)).toEqual([refused]);
  });

  it('may have the extreme names and weights, and no line at all', () => {
    const longest = `${'s'.repeat(64)}\t1000000000\t${'~'.repeat(128)}\n`;
    expect(faultsOf(parseFrame, longest)).toEqual([]);
    expect(valueOf(parseFrame(bytesOf(''))).count).toBe(0);
  });

  it('names at most some twenty faults of a file that is wrong throughout', () => {
    expect(faultsOf(parseFrame, 'wrong\n'.repeat(1000)).length).toBe(20);
  });

  it('knows which of the asked ids it holds', () => {
    const frame = valueOf(parseFrame(bytesOf('s\t1\ta\ns\t1\tb\nt\t1\tc\n')));
    expect([...idsInFrame(frame, new Set(['c', 'x', 'a']))].toSorted()).toEqual(['a', 'c']);
    expect(unitId(frame, 2)).toBe('c');
    expect(frame.strata.get('t')).toEqual({ from: 2, to: 3 });
  });
});

describe('a list', () => {
  it.each<[claim: string, parse: Parse, content: string, refused: string]>([
    ['a repeated inspector', parseRoster, 'a\t*\na\ts\n', 'roster.tsv:2 draw.repeated'],
    ['a repeated stratum', parseRoster, 'a\ts,t,s\n', 'roster.tsv:1 draw.repeated-stratum'],
    ['* among strata', parseRoster, 'a\ts,*\n', 'roster.tsv:1 draw.malformed-strata'],
    ['a space after the comma', parseRoster, 'a\ts, t\n', 'roster.tsv:1 draw.malformed-strata'],
    ['no strata', parseRoster, 'a\t\n', 'roster.tsv:1 draw.malformed-strata'],
    ['a pseudonym of 65 characters', parseRoster, `${'a'.repeat(65)}\t*\n`, 'roster.tsv:1 draw.malformed-inspector'],
    ['inspectors out of order', parseRoster, 'b\t*\na\t*\n', 'roster.tsv:2 draw.out-of-order'],
    ['a repeated pair', parseAvoid, 'a\tx\na\tx\n', 'avoid.tsv:2 draw.repeated'],
    ['pairs out of order', parseAvoid, 'a\ty\na\tx\n', 'avoid.tsv:2 draw.out-of-order'],
    ['an unknown reason', parseExclusions, `a\tBORING\t${HASH}\n`, 'exclude.tsv:1 draw.malformed-reason'],
    ['a reason in lower case', parseExclusions, `a\tderegistered\t${HASH}\n`, 'exclude.tsv:1 draw.malformed-reason'],
    [
      'evidence in upper case',
      parseExclusions,
      `a\tDUPLICATE\t${'AB'.repeat(32)}\n`,
      'exclude.tsv:1 draw.malformed-evidenceSha256',
    ],
    [
      'evidence that is an empty file',
      parseExclusions,
      `a\tDUPLICATE\t${EMPTY_HASH}\n`,
      'exclude.tsv:1 draw.malformed-evidenceSha256',
    ],
    ['no evidence', parseExclusions, 'a\tDUPLICATE\n', 'exclude.tsv:1 draw.column-count'],
  ])('is refused with %s', (_, parse, content, refused) => {
    expect(faultsOf(parse, content)).toEqual([refused]);
  });

  it('may name strata that the frame does not hold', () => {
    expect(valueOf(parseRoster(bytesOf('z\tnowhere\n')))).toEqual([{ inspector: 'z', strata: ['nowhere'] }]);
  });
});

describe.each(VECTORS)('every file of %s', (vector) => {
  const files = readVector(vector);
  const bytes = (name: string): Uint8Array => files.get(name) ?? new Uint8Array(0);

  it('is read and written back to the same bytes', () => {
    const units = textOf(files, 'frame.tsv')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [stratum = '', weight = '', id = ''] = line.split('\t');
        return { stratum, weight: Number(weight), id };
      });
    expect(formatFrame(units.toReversed())).toBe(textOf(files, 'frame.tsv'));
    expect(valueOf(parseFrame(bytes('frame.tsv'))).count).toBe(units.length);
    expect(formatRoster(valueOf(parseRoster(bytes('roster.tsv'))))).toBe(textOf(files, 'roster.tsv'));
    expect(formatPairs(valueOf(parsePairs('avoid.tsv', bytes('avoid.tsv'))))).toBe(textOf(files, 'avoid.tsv'));
    expect(formatPairs(valueOf(parsePairs('recuse.tsv', bytes('recuse.tsv'))))).toBe(textOf(files, 'recuse.tsv'));
    expect(formatExclusions(valueOf(parseExclusions(bytes('exclude.tsv'))))).toBe(textOf(files, 'exclude.tsv'));
  });
});

describe('a seed', () => {
  const head = `rd1\nplan ${HASH}\nentropy dice ${'1'.repeat(20)}\n`;

  it.each<[claim: string, content: string, refused: string[]]>([
    ['another version', head.replace('rd1', 'rd2'), ['seed.txt:1 draw.seed-line']],
    ['a short hash', head.replace(HASH, 'ab'), ['seed.txt:2 draw.seed-line']],
    ['two spaces', head.replace('plan ', 'plan  '), ['seed.txt:2 draw.seed-line']],
    ['no entropy', `rd1\nplan ${HASH}\n`, ['seed.txt:3 draw.seed-line']],
    ['a blank line', `${head}\n`, ['seed.txt:4 draw.blank-line']],
    ['a short secret', `${head}secret a ab\n`, ['seed.txt:4 draw.seed-line']],
    ['a secret in upper case', `${head}secret a ${HASH.toUpperCase()}\n`, ['seed.txt:4 draw.seed-line']],
    ['a party with a space', `${head}secret a b ${HASH}\n`, ['seed.txt:4 draw.seed-line']],
    ['parties out of order', `${head}secret b ${HASH}\nsecret a ${HASH}\n`, ['seed.txt:5 draw.out-of-order']],
    ['a party twice', `${head}secret a ${HASH}\nsecret a ${HASH}\n`, ['seed.txt:5 draw.repeated']],
    ['no last line feed', head.trimEnd(), ['seed.txt:3 draw.no-final-line-feed']],
  ])('is refused with %s', (_, content, refused) => {
    expect(faultsOf(parseSeed, content)).toEqual(refused);
  });
});

function faultsOf(parse: Parse, content: string): readonly string[] {
  const result = parse(bytesOf(content));
  return result.ok ? [] : result.problem.map(({ at, code }) => `${at} ${code}`);
}

import { describe, expect, it } from 'vitest';
import { compareBytes, sha256Hex } from '../../src/domain/bytes.ts';
import { canonicalJson, type CanonicalValue } from '../../src/domain/canonical.ts';
import { type LogEntry, writeLeaf } from '../../src/domain/log/leaf.ts';
import { vectorJson, vectorText } from '../support/vectors.ts';

describe('canonical JSON (RFC 8785, limited to safe integers)', () => {
  it.each(['arrays', 'structures'])('writes the upstream case %s', (name) => {
    expect(canonicalJson(vectorJson<CanonicalValue>(`jcs/${name}.in.json`))).toBe(vectorText(`jcs/${name}.out.json`));
  });
  it('refuses the fractions of the upstream case values, and writes its strings', () => {
    const values = vectorJson<{ numbers: number[]; string: string; literals: (boolean | null)[] }>(
      'jcs/values.in.json',
    );
    expect(() => canonicalJson(values)).toThrow('not a safe integer');
    const expected = vectorText('jcs/values.out.json');
    expect(expected).toContain(canonicalJson(values.string));
    expect(expected).toContain(canonicalJson(values.literals));
  });
  it('refuses what JSON or UTF-8 cannot hold', () => {
    expect(() => canonicalJson('\ud800')).toThrow('surrogate');
    expect(() => canonicalJson(2 ** 53)).toThrow('safe integer');
  });
  it('writes minus zero as zero', () => expect(canonicalJson(-0)).toBe('0'));
});

describe('byte order', () => {
  it('is that of UTF-8 beyond the basic plane, where JavaScript’s own differs', () => {
    const [high, astral] = ['\uff61', '\u{1f600}'];
    expect(high < astral).toBe(false);
    expect(compareBytes(high, astral)).toBeLessThan(0);
    expect(Buffer.compare(Buffer.from(high), Buffer.from(astral))).toBeLessThan(0);
  });
});

describe('a leaf of the public log', () => {
  const entry: LogEntry = {
    t: 'declaration.published',
    id: 'X.D1',
    rev: 1,
    ent: 'X',
    doc: sha256Hex(''),
    files: [],
    at: '2026-11-22T00:00:00Z',
  };
  it('is the canonical JSON of its entry, byte for byte', () => {
    expect(writeLeaf(entry)).toBe(
      `{"at":"2026-11-22T00:00:00Z","doc":"${sha256Hex('')}","ent":"X","files":[],"id":"X.D1","rev":1,"t":"declaration.published"}`,
    );
  });
  it('refuses a field that its type does not have', () => {
    expect(() => writeLeaf({ ...entry, phone: '13800000000' } as never)).toThrow();
  });
  it('refuses more than 4 KiB', () => {
    expect(() => writeLeaf({ ...entry, files: Array.from({ length: 80 }, () => sha256Hex('')) })).toThrow('too long');
  });
});

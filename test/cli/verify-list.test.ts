import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { help, kitAddress, run } from '../../src/cli/verify-list.ts';
import { declared, document, indicator, scheme } from '../domain/comparisons/fixtures.ts';
import { kitOf, listOf } from '../support/random-lists.ts';

const folder = mkdtempSync(join(tmpdir(), 'lingpao-verify-list-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const by = scheme([indicator('a'), indicator('b'), indicator('c')]);
const schemeText = JSON.stringify(by);
const documents = ['95', '75', '20'].map((value, i) =>
  document(
    ['a', 'b', 'c'].map((name) => declared(name, '≥', value)),
    { id: `d${i}`, number: `Q/A ${i}-2026` },
  ),
);
const { bytes, inputs } = listOf(by, schemeText, documents);
const kit = kitOf(schemeText, bytes, inputs)
  .map((line) => `${line}\n`)
  .join('');

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function verify(...args: string[]) {
  let [out, err] = ['', ''];
  const status = await run(args, { stdout: (text) => void (out += text), stderr: (text) => void (err += text) });
  return { status, out, err };
}

describe('lingpao verify-list', () => {
  it('recomputes a kit, plain or compressed, and says what it checked', async () => {
    for (const path of [file('kit.jsonl', kit), file('kit.jsonl.gz', gzipSync(kit))]) {
      const { status, out } = await verify(path);
      expect([status, out.match(/✓/gu)?.length, out.includes('✗')]).toEqual([0, 7, false]);
      expect(out).toContain('3 项参与比对 compared, 2 上榜 listed, 1 未上榜 left out');
    }
  });
  it('names the first line that differs, with what was published and what is recomputed', async () => {
    const forged = kit.replace(String.raw`,2,\"222\"`, String.raw`,1,\"222\"`);
    expect(forged).not.toBe(kit);
    const { status, out } = await verify(file('forged.jsonl', forged));
    expect(status).toBe(1);
    expect(out).toContain('✗ 复算结果 the recomputed list');
    expect(out).toMatch(/第一处不同在第 4 行/u);
    expect(out).toMatch(/发布的 published: \["d1",1,"[0-9a-f]{64}",1,/u);
    expect(out).toMatch(/复算的 recomputed: \["d1",1,"[0-9a-f]{64}",2,/u);
  });
  it.each([
    ['no file', [], 'FILE'],
    ['two files', ['a', 'b'], 'b'],
    ['a missing file', [join(folder, 'none.jsonl')], 'ENOENT'],
    ['a file that is no kit', [file('other.jsonl', '{"a":1}\n')], 'line 1'],
    ['a kit cut short', [file('short.jsonl', kit.split('\n').slice(0, 2).join('\n'))], 'no list'],
    ['a kit cut inside a line', [file('cut.jsonl', kit.slice(0, -40))], 'line 7'],
    ['an unknown option', ['--fast'], '--fast'],
  ])('exits 2 with one clear line: %s', async (_, args, names) => {
    const { status, out, err } = await verify(...args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(names);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
  it('explains itself', async () => expect(await verify('--help')).toMatchObject({ status: 0, out: help }));
});

describe('by address', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const known = request.url === '/api/v1/ranking-lists/M-A/2/kit';
      response.writeHead(known ? 200 : 404).end(known ? kit : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server?.close());
  it('takes the page of a list, in either language, or the edition in the API, as its kit', async () => {
    for (const path of [
      '/boards/M-A/2',
      '/en/boards/M-A/2',
      '/api/v1/ranking-lists/M-A/2',
      '/api/v1/ranking-lists/M-A/2/kit',
    ])
      expect([path, (await verify(origin + path)).status]).toEqual([path, 0]);
    expect(kitAddress('https://x.example/other')).toBe('https://x.example/other');
  });
  it('that answers nothing is told', async () => {
    const missing = await verify(`${origin}/boards/M-A/9`);
    expect([missing.status, missing.err]).toEqual([2, expect.stringContaining('404')]);
    const nobody = await verify('http://127.0.0.1:1/kit');
    expect([nobody.status, nobody.err]).toEqual([2, expect.stringContaining('cannot connect')]);
  });
});

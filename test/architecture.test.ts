import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/project-root.ts';

/** Floors, what each may import of the house, and the packages that belong to it. The table of src/README.md. */
const FLOORS: Readonly<
  Record<string, { readonly may: readonly string[]; readonly packages: readonly (string | RegExp)[] }>
> = {
  domain: { may: [], packages: ['zod', 'decimal.js', /^@noble\//u] },
  jobs: { may: ['domain'], packages: ['zod'] },
  store: { may: ['domain', 'root'], packages: [/^drizzle-orm/u, 'pg', 'pg-cursor', /^@noble\/hashes/u, /^node:/u] },
  formats: { may: ['domain'], packages: ['csv-parse', 'saxes', 'yauzl', /^unpdf/u, /^node:/u] },
  services: {
    may: ['domain', 'store', 'jobs', 'formats'],
    packages: ['zod', '@node-rs/argon2', /^@noble\/hashes/u, /^node:/u],
  },
  views: { may: ['domain'], packages: [/^preact/u, /^d3-/u, 'qrcode-generator'] },
  http: {
    may: ['domain', 'services', 'views', 'root'],
    packages: [/fastify/u, 'zod', /^@noble\/hashes/u, /^node:/u, /^preact/u],
  },
  cli: { may: ['domain', 'formats', 'services', 'config', 'runtime', 'root'], packages: [/^node:/u, 'csv-parse'] },
  workers: { may: ['domain', 'services', 'jobs', 'store'], packages: ['bullmq', 'ioredis', 'pg', /^node:/u] },
};
/** Process files at the top of src; only main.ts may name both http and workers. */
const TOP: Readonly<Record<string, readonly string[]>> = {
  'project-root.ts': [],
  'config.ts': ['root'],
  'runtime.ts': ['config', 'store'],
  'operator-token.ts': ['config', 'runtime', 'domain', 'store'],
  'server.ts': ['config', 'runtime', 'domain', 'http', 'store'],
  'main.ts': ['config', 'runtime', 'server', 'operator', 'root', 'domain', 'store', 'workers', 'demo'],
};
/** Types only, of packages that live on another floor. */
const TYPE_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  http: ['pino', 'ioredis', 'openapi-types'],
  workers: ['pino'],
  top: [],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourcesOf(root: string): readonly string[] {
  const walk = (directory: string): string[] =>
    readdirSync(directory).flatMap((name) => {
      const path = join(directory, name);
      if (statSync(path).isDirectory()) return walk(path);
      return /\.tsx?$/u.test(name) ? [relative(root, path)] : [];
    });
  return ['src', 'workers'].flatMap((folder) => walk(join(root, folder)));
}

function importsOf(root: string, file: string): readonly Import[] {
  const source = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//gu, '');
  const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gmu;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/gu;
  const found = [...source.matchAll(statement)].map((match) => ({
    typeOnly: match[1] !== undefined,
    name: match[2] ?? '',
  }));
  found.push(...[...source.matchAll(dynamic)].map((match) => ({ typeOnly: false, name: match[1] ?? '' })));
  return found.map(({ typeOnly, name }) => ({
    from: file,
    typeOnly,
    to: name.startsWith('.') ? normalize(join(dirname(file), name)) : name,
  }));
}

function floorOf(file: string): string {
  const [top, second = ''] = file.split('/');
  if (top === 'workers' || top === 'demo') return top;
  if (top !== 'src') return 'outside';
  if (second in FLOORS) return second;
  if (second === 'project-root.ts') return 'root';
  return second.replace(/\.ts$/u, '').replace('operator-token', 'operator');
}

/** Every breach of the floors, in words; empty is a sound house. */
function breaches(root: string): readonly string[] {
  const files = sourcesOf(root);
  const imports = files.flatMap((file) => importsOf(root, file));
  return [...imports.flatMap((one) => breachOf(one)), ...circles(files, imports)];
}

function breachOf({ from, to, typeOnly }: Import): readonly string[] {
  const floor = floorOf(from);
  const isFile = to.startsWith('src/') || to.startsWith('workers/') || to.startsWith('demo/');
  const rules = FLOORS[floor];
  const top = rules ? null : TOP[from.split('/')[1] ?? ''];
  if (!rules && !top) return [`${from} is on no floor`];
  if (isFile) {
    const target = floorOf(to);
    const may = rules ? [...rules.may, floor] : (top ?? []);
    return may.includes(target) ? [] : [`${from} (${floor}) imports ${to} (${target})`];
  }
  if (!rules || (typeOnly && TYPE_PACKAGES[floor]?.includes(to))) return [];
  const known = rules.packages.some((allowed) => (typeof allowed === 'string' ? allowed === to : allowed.test(to)));
  return known ? [] : [`${from} (${floor}) imports the package ${to}`];
}

function circles(files: readonly string[], imports: readonly Import[]): readonly string[] {
  const edges = new Map(files.map((file) => [file, imports.filter((one) => one.from === file).map((one) => one.to)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

describe('the house', () => {
  it('was seen on every floor', () => {
    const seen = new Map<string, number>();
    for (const file of sourcesOf(projectRoot)) seen.set(floorOf(file), (seen.get(floorOf(file)) ?? 0) + 1);
    for (const floor of Object.keys(FLOORS)) expect(seen.get(floor) ?? 0, floor).toBeGreaterThan(0);
    expect(sourcesOf(projectRoot).flatMap((file) => importsOf(projectRoot, file)).length).toBeGreaterThan(500);
  });
  it('has every import on an arrow, every package on its floor, and no circle', () => {
    expect(breaches(projectRoot)).toEqual([]);
  });
});

describe('the check fails on each seeded breach', () => {
  const root = mkdtempSync(join(tmpdir(), 'lingpao-floors-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const house = (files: Readonly<Record<string, string>>) => {
    rmSync(root, { recursive: true, force: true });
    const all = { 'workers/queue.ts': "import { Queue } from 'bullmq';", 'src/domain/a.ts': '', ...files };
    for (const [name, source] of Object.entries(all)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), source);
    }
    return breaches(root);
  };
  it('and passes a sound one', () =>
    expect(house({ 'src/services/x/y.ts': "import { a } from '../../domain/a.ts';" })).toEqual([]));
  it.each([
    ['domain reaches up', { 'src/domain/b.ts': "import { x } from '../store/x.ts';", 'src/store/x.ts': '' }],
    ['domain reads files', { 'src/domain/b.ts': "import { readFile } from 'node:fs';" }],
    ['http skips the services', { 'src/http/b.ts': "import { x } from '../store/x.ts';", 'src/store/x.ts': '' }],
    [
      'http takes a type of the store',
      { 'src/http/b.ts': "import type { X } from '../store/x.ts';", 'src/store/x.ts': '' },
    ],
    ['http knows the workers', { 'src/http/b.ts': "import { x } from '../../workers/queue.ts';" }],
    ['workers know http', { 'workers/b.ts': "import { x } from '../src/http/x.ts';", 'src/http/x.ts': '' }],
    ['views ask the store', { 'src/views/b.tsx': "export { x } from '../store/x.ts';", 'src/store/x.ts': '' }],
    ['a service knows http', { 'src/services/b.ts': "import { x } from '../http/x.ts';", 'src/http/x.ts': '' }],
    ['bullmq outside workers', { 'src/services/b.ts': "import { Queue } from 'bullmq';" }],
    ['pg outside the store', { 'src/http/b.ts': "import pg from 'pg';" }],
    ['fastify outside http', { 'src/services/b.ts': "import fastify from 'fastify';" }],
    ['preact outside views', { 'src/services/b.ts': "import { h } from 'preact';" }],
    [
      'a hidden dynamic import',
      { 'src/domain/b.ts': "const x = await import('../services/x.ts');", 'src/services/x.ts': '' },
    ],
    ['a process file on no list', { 'src/helper.ts': "import { a } from './domain/a.ts';" }],
    [
      'a circle',
      { 'src/domain/b.ts': "import { c } from './c.ts';", 'src/domain/c.ts': "import { b } from './b.ts';" },
    ],
  ])('%s', (_, files) => expect(house(files)).toHaveLength(1));
});

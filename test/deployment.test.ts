import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfiguration, VARIABLE_NAMES } from '../src/config.ts';
import { projectRoot } from '../src/project-root.ts';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const compose = read('docker-compose.yml');

interface Line {
  readonly indent: number;
  readonly key: string | null;
  readonly value: string;
}

/** The file keeps to a part of YAML that lines alone decide: mappings, lists of plain texts, one anchor. */
function parseLines(text: string): Line[] {
  return text.split('\n').flatMap((line, i) => {
    if (/^\s*(#.*)?$/.test(line)) return [];
    const [, spaces = '', key, value, item] = /^( *)(?:(<<|[A-Za-z_][\w-]*):(?: (\S.*))?|- (\S.*))$/.exec(line) ?? [];
    if ((key ?? item) === undefined || spaces.length % 2 !== 0) throw new Error(`docker-compose.yml:${i + 1}: ${line}`);
    return [{ indent: spaces.length, key: key ?? null, value: value ?? item ?? '' }];
  });
}

const lines = parseLines(compose);

/** What stands under the keys of `path`, one after another. */
function under(...path: string[]): Line[] {
  return path.reduce((block, key) => {
    const start = block.findIndex((line) => line.key === key && line.indent === block[0]?.indent);
    if (start === -1) throw new Error(`docker-compose.yml has no ${path.join('.')}`);
    const end = block.findIndex((line, i) => i > start && line.indent <= (block[start]?.indent ?? 0));
    return block.slice(start + 1, end === -1 ? undefined : end);
  }, lines);
}

const entries = (block: Line[]) => Object.fromEntries(block.map(({ key, value }) => [key ?? '', value]));
const command = (service: string): string[] =>
  JSON.parse(under('services', service).find(({ key }) => key === 'command')?.value ?? '[]') as string[];

describe('docker-compose.yml', () => {
  it('says each thing once', () => {
    const path: string[] = [];
    const seen = new Set<string>();
    for (const { indent, key } of lines) {
      if (key === null) continue;
      path.length = indent / 2;
      path.push(key);
      expect(seen, path.join('.')).not.toContain(path.join('.'));
      seen.add(path.join('.'));
    }
  });

  it('runs two API nodes and two workers behind one proxy, on PostgreSQL and Valkey', () => {
    const services = under('services').filter(({ indent }) => indent === 2);
    expect(services.map(({ key }) => key)).toEqual(['api', 'worker', 'postgres', 'valkey', 'proxy']);
    expect(entries(under('x-application', 'deploy'))).toEqual({ replicas: '2' });
    for (const name of ['api', 'worker']) expect(entries(under('services', name))['<<']).toBe('*application');
  });

  it('sets only variables that the configuration reads, to values that it accepts', () => {
    const variables = entries(under('x-application', 'environment'));
    expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(Object.keys(variables)));
    const given: Record<string, string> = {
      PUBLIC_URL: 'https://pao.example.cn',
      POSTGRES_PASSWORD: 'a1',
      REDIS_PASSWORD: 'b2',
    };
    const filled = Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(
        /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
        (_all, variable: string, otherwise = '') => given[variable] ?? String(otherwise),
      ),
    ]);
    expect(readConfiguration(Object.fromEntries(filled) as Record<string, string>)).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      databaseUrl: 'postgres://lingpao:a1@postgres:5432/lingpao',
      redisUrl: 'redis://:b2@valkey:6379',
      cookieSecure: true,
    });
  });

  it('has no password of its own: each must be given', () => {
    const passwords = compose.match(/\$\{\w*PASSWORD[^}]*\}/g) ?? [];
    expect(passwords.length).toBeGreaterThan(3);
    for (const password of passwords) expect(password).toMatch(/^\$\{\w+:\?\}$/);
    expect(compose).not.toMatch(/PASSWORD: (?!\$\{)/);
  });

  it('starts programs that the build makes, in roles that there are', () => {
    expect(command('api')).toEqual(['node', '--enable-source-maps', 'dist/main.js', '--role', 'api']);
    expect(command('worker')).toEqual(['node', '--enable-source-maps', 'dist/main.js', '--role', 'worker']);
    expect(read('scripts/build.mjs')).toContain(`'src/main.ts': 'dist/main.js'`);
    expect(read('Dockerfile')).toContain('"dist/main.js"');
  });

  it('keeps the queue: Valkey appends to disk and never evicts', () => {
    expect(command('valkey').join(' ')).toMatch(
      /^valkey-server --appendonly yes --maxmemory-policy noeviction --requirepass \$/,
    );
  });

  it('shows only the proxy to the outside', () => {
    const isPublic = (name: string) => under('services', name).some(({ key }) => key === 'ports');
    expect(['api', 'worker', 'postgres', 'valkey', 'proxy'].filter(isPublic)).toEqual(['proxy']);
    expect(under('x-application').some(({ key }) => key === 'ports')).toBe(false);
  });
});

describe('Dockerfile', () => {
  it('copies only what exists and is not kept out by .dockerignore', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = read('Dockerfile')
      .split('\n')
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.filter((name) => !sent.includes(name))).toEqual([]);
  });

  it('does not run as root', () => {
    expect(read('Dockerfile')).toMatch(/^USER node$/m);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../src/project-root.ts';

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const scripts = (
  JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

describe('the README', () => {
  it('names only files and folders that are there', () => {
    const paths = [...readme.matchAll(/`((?:src|test|workers|demo|migrations|openapi|bench|scripts)\/[^`\s]+)`/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
  it('shows pictures and pages that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/gu)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
  });
  it('names only npm scripts and commands that exist', () => {
    const run = [...readme.matchAll(/npm (?:run (?:-s )?)?(start|test|[a-z]+(?::[a-z]+)?)/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(run.length).toBeGreaterThan(8);
    for (const name of new Set(run)) expect(Object.keys(scripts), name).toContain(name);
    const cli = readFileSync(join(projectRoot, 'src', 'cli', 'main.ts'), 'utf8');
    for (const [, command] of readme.matchAll(/lingpao -- ([a-z-]+)/gu)) expect(cli).toContain(`'${command}'`);
  });
  it('says of each "where is" row what its file really holds', () => {
    const held: readonly (readonly [string, string])[] = [
      ['src/domain/comparisons/grade.ts', 'overallOf'],
      ['src/services/rankings/read-list.ts', 'readEdition'],
      ['src/domain/spot-checks/draw.ts', 'drawSample'],
      ['src/domain/rankings/list.ts', 'DISPLAY_ORDER'],
      ['src/domain/access/policy.ts', 'POLICY'],
      ['src/store/log.ts', 'sequencePending'],
      ['src/services/transact.ts', 'transact'],
      ['workers/relay.ts', 'startRelay'],
    ];
    for (const [path, name] of held) {
      expect(readme).toContain(path);
      expect(readFileSync(join(projectRoot, path), 'utf8'), path).toMatch(new RegExp(`\\b${name}\\b`, 'u'));
    }
  });
});

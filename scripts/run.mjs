// Set-up, then one target. Plain JavaScript without packages: this file also runs on Node 18, before anything is installed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findNpm, installPackages, isNodeNewEnough, installNode } from './setup.mjs';
import { run, say, withLock } from './shell.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const TARGETS = { start, test, 'test-long': testLong, bench, build, check, format, cli };

/** @param {string[]} args */
async function main([target, ...args]) {
  if (!Object.hasOwn(TARGETS, target ?? '')) {
    say(`用法 / usage: node scripts/run.mjs ${Object.keys(TARGETS).join('|')} …`);
    return 2;
  }
  if (!isNodeNewEnough(process.versions.node)) return runWithNewerNode(target, args);
  await withLock(join(root, '.tools', 'setup.lock'), () => setUp());
  return TARGETS[target](args);
}

async function runWithNewerNode(target, args) {
  const node = await withLock(join(root, '.tools', 'setup.lock'), () => installNode(root));
  const path = [dirname(node), process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
  return run(node, [fileURLToPath(import.meta.url), target, ...args], { env: { ...process.env, PATH: path } });
}

async function setUp() {
  await installPackages(root);
  const { buildIfNeeded } = await import('./build.mjs');
  await buildIfNeeded(root);
}

/** In this very process, so that signals and exit status are the program's own. */
async function runHere(program, args) {
  const file = join(root, 'dist', program);
  if (!existsSync(file)) throw new Error(`没有 / there is no dist/${program}`);
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}

function start(args) {
  return runHere('main.js', args);
}

function cli(args) {
  // npm changes to the project's folder; a file named by the user stands where the user stands.
  if (process.env.npm_lifecycle_event === 'lingpao' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  return runHere('cli.js', args);
}

async function test(args) {
  return (await tool('typescript/bin/tsc', ['--noEmit'])) || vitest(['run', ...args]);
}

function testLong(args) {
  return vitest(['run', '--mode', 'long', '--passWithNoTests', ...args]);
}

async function bench(args) {
  const { buildProgram } = await import('./build.mjs');
  await buildProgram(root, 'bench/main.ts', 'dist/bench.js');
  return runHere('bench.js', args);
}

async function build() {
  return 0; // the set-up has built
}

function format() {
  return tool('@biomejs/biome/bin/biome', ['format', '--write', '.']);
}

/** Every check runs, also after one has failed. */
async function check() {
  const checks = [
    ['格式 / format', () => tool('@biomejs/biome/bin/biome', ['format', '.'])],
    ['代码 / lint', () => tool('oxlint/bin/oxlint', ['--deny-warnings'])],
    ['无用代码 / dead code', () => tool('knip/bin/knip.js', [])],
    ['锁文件 / lock file', () => runNpm(['ci', '--dry-run', '--ignore-scripts', '--loglevel=error'])],
  ];
  const failed = [];
  for (const [name, act] of checks) {
    say(`▸ ${name}`);
    if ((await act()) !== 0) failed.push(name);
  }
  say(failed.length === 0 ? '✓ 全部通过 / all checks passed' : `✗ 未通过 / failed: ${failed.join('; ')}`);
  return failed.length === 0 ? 0 : 1;
}

function vitest(args) {
  return tool('vitest/vitest.mjs', args);
}

function tool(file, args) {
  return run(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root });
}

function runNpm(args) {
  const [program, ...first] = findNpm();
  return run(program, [...first, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

try {
  const status = await main(process.argv.slice(2));
  if (typeof status === 'number') process.exitCode = status;
} catch (error) {
  say(`✗ ${error instanceof Error && error.name !== 'Error' ? error.stack : (error?.message ?? error)}`);
  process.exitCode = 1;
}

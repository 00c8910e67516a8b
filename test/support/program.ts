import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/project-root.ts';

export interface TestProgram {
  /** Starts the program with an environment of its own; nothing of ours leaks into it. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): RunningProgram;
  /** A folder for its data. */
  readonly data: string;
  remove(): void;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** The first line that matches, once it is written. */
  line(pattern: RegExp, seconds?: number): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  readonly exit: Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Builds main.ts for this test file alone, inside the project, where its packages are found (0.3 s). */
export async function buildTestProgram(): Promise<TestProgram> {
  const script = pathToFileURL(join(projectRoot, 'scripts', 'build.mjs')).href;
  const { buildProgram } = (await import(script)) as {
    readonly buildProgram: (root: string, source: string, target: string) => Promise<void>;
  };
  const folder = mkdtempSync(join(projectRoot, 'dist', 'test-'));
  const file = join(folder, 'main.js');
  await buildProgram(projectRoot, 'src/main.ts', file);
  return {
    data: join(folder, 'data'),
    start: (args, environment = {}) =>
      run(file, args, { LINGPAO_DATA: join(folder, 'data'), PORT: '0', ...environment }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function run(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): RunningProgram {
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  const heard = (chunk: Buffer) => {
    output += chunk.toString('utf8');
    for (const look of waiting) look();
  };
  child.stdout.on('data', heard);
  child.stderr.on('data', heard);
  const exit = once(child, 'close').then(([status, signal]) => ({ status, signal }));
  return {
    child,
    exit,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    line(pattern, seconds = 20) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found) end(() => resolve(found));
        };
        const timer = setTimeout(() => end(() => reject(new Error(`no ${pattern} in:\n${output}`))), seconds * 1000);
        const end = (answer: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          answer();
        };
        waiting.add(look);
        void exit.then(() => end(() => reject(new Error(`ended without ${pattern}:\n${output}`))));
        look();
      });
    },
  };
}

import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publish, type RandomDraw, redrawn } from './random-draws.ts';

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(`../../independent/${name}`, import.meta.url));

/** The short scripts that anybody can run instead of this register; Python's only where Python is. */
export const SCRIPTS: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['redraw.mjs', [process.execPath, script('redraw.mjs')]],
  ...(hasPython() ? ([['redraw.py', ['python3', script('redraw.py')]]] as const) : []),
];

export async function redrawByScript(command: readonly string[], directory: string): Promise<string> {
  const [program = '', ...args] = command;
  return (await run(program, [...args, directory])).stdout;
}

/** The scripts that do not agree with the register on this draw; lines are shuffled, for they must not matter. */
export async function disagreeing(draw: RandomDraw): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'lingpao-draw-'));
  try {
    for (const [name, bytes] of publish(draw))
      await writeFile(join(directory, name), isList(name) ? reversed(bytes) : bytes);
    const expected = redrawn(draw).result;
    const results = await Promise.all(SCRIPTS.map(([, command]) => redrawByScript(command, directory)));
    return SCRIPTS.flatMap(([name], i) => (results[i] === expected ? [] : [name]));
  } finally {
    await rm(directory, { recursive: true });
  }
}

function isList(name: string): boolean {
  return name.endsWith('.tsv');
}

function reversed(bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1).reverse();
  return lines.map((line) => `${line}\n`).join('');
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import hashlib, json'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

import type { Io } from '../../../src/cli/command.ts';

type Run = (args: string[], io: Io) => Promise<number>;

/** Runs a command of the command line in this process. */
export async function runCommand(run: Run, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  const code = await run(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Load {
  readonly url: string;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A Lua script's path, where every request is another. */
  readonly script?: string;
}

/** Requests a second and the 99th percentile in ms at 32 connections: wrk takes less of the shared processor than Node. */
export async function load({ url, seconds, headers = {}, script }: Load): Promise<{ rate: number; p99: number }> {
  const given = ['-t1', '-c32', `-d${seconds}s`, '--latency', ...(script ? ['-s', script] : [])];
  for (const [name, value] of Object.entries(headers)) given.push('-H', `${name}: ${value}`);
  try {
    const { stdout } = await run('wrk', [...given, url]);
    const rate = Number(/Requests\/sec:\s+([\d.]+)/u.exec(stdout)?.[1]);
    const [, value = '', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/u.exec(stdout) ?? [];
    // 304 counts as an answer; anything else that is not 2xx is a fault.
    if (/Non-2xx/u.test(stdout) || !(rate > 0)) throw new Error(`wrk said: ${stdout}`);
    return { rate, p99: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error('wrk is not in PATH; install it to run this bench', { cause: error });
    throw error;
  }
}

// What the set-up needs of a shell: words on stderr, child processes, a lock. Runs on Node 18; no packages.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** To stderr only: stdout belongs to the program that is run. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** One line for one step of the set-up; a moving hand only where a person looks on. */
export async function step(title, act) {
  const started = Date.now();
  const stop = process.stderr.isTTY ? spin(title) : () => {};
  try {
    const value = await act();
    stop();
    say(`✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return value;
  } catch (error) {
    stop();
    throw error;
  }
}

function spin(title) {
  const hands = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  let turn = 0;
  const timer = setInterval(() => process.stderr.write(`\r${hands[turn++ % hands.length]} ${title}`), 100);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\u001b[K');
  };
}

/** Runs a program in our place: same input and output, signals passed on, its status given back. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => passOn(child, signal)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      if (signal) process.kill(process.pid, signal); // end as the child ended, for whoever waits for us
      resolve(status ?? 1);
    });
  });
}

/** Ctrl-C reaches the child without us: the terminal sends it to the whole group, and twice would mean "at once". */
function passOn(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}

/** Runs a program of the set-up in silence; what it said comes back in the error. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const words = [];
    child.stdout.on('data', (chunk) => words.push(chunk));
    child.stderr.on('data', (chunk) => words.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(Buffer.concat(words).toString().trim() || `${program}: exit ${status}`));
    });
  });
}

/** One process at a time; the lock of a process that died is broken. */
export async function withLock(file, act) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = 0; !tryLock(file); waited += 100) {
    if (waited === 2000) say('等待另一个进程完成准备 / waiting for another process to finish the set-up');
    if (waited > 900_000) throw new Error(`锁未释放 / the lock is not released: ${file}`);
    await sleep(100);
  }
  const release = () => rmSync(file, { force: true });
  process.on('exit', release);
  try {
    return await act();
  } finally {
    process.off('exit', release);
    release();
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

function isAbandoned(file) {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status || Date.now() - status.mtimeMs < 1000) return false; // perhaps made just now, the number not yet written
  const pid = Number(readFileSync(file, 'utf8'));
  return pid === process.pid || !isAlive(pid);
}

function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

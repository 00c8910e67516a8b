import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildTestProgram, type RunningProgram, type TestProgram } from '../support/program.ts';
import { type ComparableRegister, openComparableRegister } from '../support/runs.ts';

export interface WorkerProcesses {
  readonly register: () => ComparableRegister;
  /** A process of the built program that does nothing but work. */
  readonly start: (redisUrl: string | null) => RunningProgram;
}

/** Real processes over one register; whatever a test leaves running is killed after it. */
export function workerProcesses(declarations: number): WorkerProcesses {
  let register: ComparableRegister;
  let program: TestProgram;
  const running = new Set<RunningProgram>();
  beforeAll(async () => {
    [register, program] = await Promise.all([openComparableRegister(declarations), buildTestProgram()]);
  }, 60_000);
  afterEach(async () => {
    for (const worker of running) worker.kill('SIGKILL');
    await Promise.all([...running].map(({ exit }) => exit));
    running.clear();
  });
  afterAll(async () => {
    program?.remove();
    await register?.close();
  });
  return {
    register: () => register,
    start(redisUrl) {
      const environment = { DATABASE_URL: register.ownerUrl, ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }) };
      const worker = program.start(['--role', 'worker'], environment);
      running.add(worker);
      return worker;
    },
  };
}

import { afterAll, afterEach, beforeAll } from 'vitest';
import { joinOrganisation, openTestRegister, type TestOrganisation, type TestRegister } from '../support/builders.ts';
import { buildTestProgram, type RunningProgram, type TestProgram } from '../support/program.ts';

/** Real worker processes over a register with one enterprise that has declared nothing yet. */
export function importProcesses() {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  let program: TestProgram;
  const running = new Set<RunningProgram>();
  beforeAll(async () => {
    [register, program] = await Promise.all([openTestRegister(), buildTestProgram()]);
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
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
    enterprise: () => enterprise,
    /** A process of the built program that does nothing but work. */
    start(): RunningProgram {
      const worker = program.start(['--role', 'worker'], { DATABASE_URL: register.ownerUrl });
      running.add(worker);
      return worker;
    },
  };
}

import { expect } from 'vitest';
import { compareAtCutOff } from '../../src/services/comparisons/compare-at-cut-off.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { writeChunks } from '../../src/services/rankings/chunks.ts';
import { findRun } from '../../src/store/comparison-runs.ts';
import { publicRead } from '../../src/store/database.ts';
import {
  accredit,
  contextAs,
  joinOrganisation,
  openTestRegister,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from './builders.ts';
import { withTestClient } from './database.ts';
import { gradingScheme } from './filled-register.ts';
import { insertMany } from './many.ts';
import { bringSchemeIntoForce } from './schemes.ts';

/** A register with one category to compare, and everyone whom its runs and draws need. */
export interface ComparableRegister extends TestRegister {
  readonly enterprise: TestOrganisation;
  readonly body: TestOrganisation;
  readonly regulator: TestOrganisation;
}

export async function openComparableRegister(declarations: number): Promise<ComparableRegister> {
  const register = await openTestRegister();
  const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
  const regulator = await joinOrganisation(register, { kind: 'regulator', name: '示例市场监督管理局' });
  const body = await joinOrganisation(register, { kind: 'assessment-body', name: '示例标准化研究院' });
  const enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例环境科技有限公司' });
  await accredit(register, body, { coordinator, regulator });
  await insertMany(register, enterprise, declarations);
  await bringSchemeIntoForce(register, body, gradingScheme());
  await sequence(register);
  return { ...register, enterprise, body, regulator };
}

export async function askForRun(register: ComparableRegister): Promise<string> {
  const { id } = await requestRun(contextAs(register, register.body.admin), { scheme: 'M-KQJHQ', version: 1 });
  return id;
}

/** Drops what comparisons have packed, so that the next run is a long one again. */
export async function dropPacked({ ownerUrl }: TestRegister): Promise<void> {
  await withTestClient(ownerUrl, (client) => client.query('truncate packed_versions, packed_terms'));
}

export async function runOf({ database }: TestRegister, id: string) {
  const run = await publicRead(database, (db) => findRun(db, id));
  if (!run) throw new Error(`no run ${id}`);
  return run;
}

/** Asks until it holds; a test that waits in vain says what it last saw. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  holds: (value: Value) => boolean,
  seconds = 30,
): Promise<Value> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function finished(register: TestRegister, id: string, seconds = 30) {
  return until(
    `run ${id}`,
    () => runOf(register, id),
    ({ state }) => state === 'finished',
    seconds,
  );
}

/** One draft edition, equal to what is computed again from the inputs; its job closed, and told once to the audit trail. */
export async function expectOneResult(register: TestRegister, ids: readonly string[]): Promise<void> {
  const first = await runOf(register, ids[0] ?? '');
  const { list } = await compareAtCutOff(register.database, first);
  const { sha256, chunks } = writeChunks(list);
  await withTestClient(register.ownerUrl, async (owner) => {
    const { rows } = await owner.query(
      `select r.id, r.state, r.log_size as "logSize", o.state as job, array_agg(e.list_sha256) as lists,
         (select count(*)::int from audit_events a where a.subject = r.id and a.action = 'comparison.finish') as told,
         (select encode(sha256(convert_to(string_agg(c.content, '' order by c.n), 'UTF8')), 'hex')
          from ranking_list_chunks c where c.edition_id = (array_agg(e.id))[1]) as bytes
       from comparison_runs r join outbox o on o.job_key = 'run-comparison.' || r.id
       left join ranking_list_editions e on e.run_id = r.id
       where r.id = any($1) group by r.id, o.state order by r.id`,
      [ids],
    );
    expect(rows).toEqual(
      ids.toSorted().map((id) => ({
        id,
        state: 'finished',
        logSize: first.logSize,
        job: 'done',
        lists: [sha256],
        told: 1,
        bytes: sha256,
      })),
    );
  });
  expect(chunks.length).toBeGreaterThan(0);
}

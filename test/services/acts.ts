import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type Actor, actorName, organisationOf } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import { Refusal, type RefusalCode } from '../../src/services/refusal.ts';
import { contextAs, type TestRegister } from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { addedRows, registerState } from '../support/state.ts';

/** Does an act that must succeed: exactly these rows are added, and the audit trail tells it. */
export async function expectDone<Answer>(
  register: TestRegister,
  act: () => Promise<Answer>,
  told: {
    readonly added: Readonly<Record<string, number>>;
    readonly audit: string;
    readonly by?: Actor;
    /** Kind of the public entry that waits for its index. */
    readonly entry?: string;
    readonly job?: string;
  },
): Promise<Answer> {
  const before = await registerState(register.ownerUrl);
  const answer = await act();
  expect(addedRows(before, await registerState(register.ownerUrl))).toEqual(told.added);
  await withTestClient(register.ownerUrl, async (owner) => {
    const { rows: events } = await owner.query('select * from audit_events order by id desc limit 1');
    expect(events[0]).toMatchObject({ action: told.audit });
    if (told.by) {
      expect(events[0]).toMatchObject({ actor: actorName(told.by), organisation_id: organisationOf(told.by) });
    }
    const { rows: entries } = await owner.query('select entry_type from log_pending order by id desc limit 1');
    if (told.entry) expect(entries).toEqual([{ entry_type: told.entry }]);
    const { rows: jobs } = await owner.query('select kind, state from outbox order by created_at desc limit 1');
    if (told.job) expect(jobs).toEqual([{ kind: told.job, state: 'open' }]);
  });
  return answer;
}

/** Does an act that must be refused: with this code and place, and without a trace. */
export async function expectRefused(
  register: TestRegister,
  act: () => Promise<unknown>,
  code: RefusalCode,
  at?: string,
): Promise<Refusal> {
  const before = await registerState(register.ownerUrl);
  const refusal = await act().then(
    (answer: unknown) => ({ answer }),
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  if (!(refusal instanceof Refusal)) throw new Error('not refused');
  expect([refusal.code, at === undefined ? undefined : refusal.faults[0]?.at]).toEqual([code, at]);
  expect(await registerState(register.ownerUrl)).toEqual(before);
  return refusal;
}

/** The context of a request with an idempotency key. */
export function keyed(
  register: TestRegister,
  actor: Actor | undefined,
  key: string = randomUUID(),
  body = 'one body',
): ServiceContext & { replays: number } {
  const context = {
    ...contextAs(register, actor),
    idempotency: { key, fingerprint: sha256Hex(body) },
    replays: 0,
    onReplay: () => {
      context.replays++;
    },
  };
  return context;
}

/** A rule of the database itself: the statement, as the owner, is refused by this constraint. */
export async function expectConstraint(
  register: TestRegister,
  statement: string,
  values: readonly unknown[],
  constraint: string,
) {
  const tried = withTestClient(register.ownerUrl, (owner) => owner.query(statement, [...values]));
  await expect(tried).rejects.toMatchObject({ code: '23514', constraint });
}

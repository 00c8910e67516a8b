import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organisationOf } from '../../src/domain/access/actor.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { addMonths } from '../../src/domain/calendar/day.ts';
import { conflictedEnterprises, conflictStatementFor } from '../../src/services/bodies/conflicts.ts';
import { decideMeasure } from '../../src/services/bodies/decide-measure.ts';
import { listMeasures } from '../../src/services/bodies/list-measures.ts';
import { proposeMeasure } from '../../src/services/bodies/propose-measure.ts';
import { listBodies, readBody } from '../../src/services/bodies/read-body.ts';
import { stateConflicts } from '../../src/services/bodies/state-conflicts.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { publicRead, transaction } from '../../src/store/database.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { registerDay, stateInterests, takeMeasure } from '../support/bodies.ts';
import {
  accredit,
  addPerson,
  contextAs,
  joinOrganisation,
  testCreditCode,
  type TestOrganisation,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';
import { buildRegister, type FilledRegister, tierScheme } from '../support/filled-register.ts';
import { expectConstraint, expectDone, expectRefused } from './acts.ts';

describe('assessment bodies after their accreditation', () => {
  let register: FilledRegister;
  let serial = 0;
  beforeAll(async () => {
    register = await buildRegister({ declarations: 4 });
  }, 60_000);
  afterAll(() => register?.close());
  const as = (organisation: TestOrganisation) => contextAs(register, organisation.admin);
  const newBody = async () => {
    const body = await joinOrganisation(register, { kind: 'assessment-body', name: `第${++serial}评估机构` });
    await accredit(register, body, register);
    return body;
  };
  const scheme = () => tierScheme(`M-BODY-${++serial}`);
  const suspension = async () =>
    ({ kind: 'suspension', reason: '泄露企业数据', effectiveOn: await registerDay(register) }) as const;

  it('a suspension is proposed by one person and approved by another, and stops scheme, run and list at once', async () => {
    const { body, coordinator, regulator } = register;
    const run = await requestRun(as(body), { scheme: register.tiered.list, version: 1 });
    const { id } = await expectDone(
      register,
      async () => proposeMeasure(as(coordinator), body.creditCode, await suspension()),
      { added: { body_measures: 1, audit_events: 1 }, audit: 'body-measure.propose', by: coordinator.admin },
    );
    await openObjectionPeriod(as(body), scheme());
    expect((await readBody(register.database, body.creditCode)).measures).toEqual([]);
    await expectRefused(register, () => decideMeasure(as(coordinator), id, { decision: 'approve' }), 'forbidden');
    await expectDone(register, () => decideMeasure(as(regulator), id, { decision: 'approve' }), {
      added: { log_pending: 1, audit_events: 1 },
      audit: 'body-measure.decide',
      by: regulator.admin,
      entry: 'body.suspended',
    });
    await expectRefused(
      register,
      () => decideMeasure(as(regulator), id, { decision: 'refuse' }),
      'conflict',
      '#path/id',
    );
    await expectRefused(register, () => openObjectionPeriod(as(body), scheme()), 'forbidden');
    const again = () => requestRun(as(body), { scheme: register.tiered.list, version: 1 });
    await expectRefused(register, again, 'forbidden');
    expect(run.id).toMatch(/^run-/u);
    const record = await readBody(register.database, body.creditCode);
    expect(record.scopes).toMatchObject([{ categoryPrefix: 'C', decision: 'approved', state: 'suspended' }]);
    expect(record.measures).toMatchObject([{ kind: 'suspension', reason: '泄露企业数据' }]);
    await takeMeasure(register, body, register, { kind: 'reinstatement' });
    await openObjectionPeriod(as(body), scheme());
  });

  it('what it published under a valid scope stays as it is, byte for byte, whatever is decided later', async () => {
    const { body } = register;
    const lists = () =>
      withTestClient(register.ownerUrl, async (owner) => {
        const { rows } = await owner.query('select * from ranking_list_editions order by id');
        return rows;
      });
    const before = await lists();
    expect(before.filter((row: { state: string }) => row.state === 'published').length).toBe(2);
    await takeMeasure(register, body, register, { kind: 'suspension' });
    await takeMeasure(register, body, register, { kind: 'reinstatement' });
    expect(await lists()).toEqual(before);
    expect((await readBody(register.database, body.creditCode)).lists.map(({ list }) => list).sort()).toEqual([
      register.graded.list,
      register.tiered.list,
    ]);
  });

  it('an examination is a record with findings; one that ends in withdrawal makes the body leave', async () => {
    const body = await newBody();
    await takeMeasure(register, body, register, {
      kind: 'examination',
      outcome: 'continue',
      reason: '抽查五份比对，无误',
    });
    await openObjectionPeriod(as(body), scheme());
    const correctBy = await registerDay(register, 30);
    await takeMeasure(register, body, register, {
      kind: 'examination',
      outcome: 'correct',
      correctBy,
      reason: '样本不足',
    });
    await openObjectionPeriod(as(body), scheme());
    const { id } = await proposeMeasure(as(register.coordinator), body.creditCode, {
      kind: 'examination',
      outcome: 'withdraw',
      reason: '逾期未改',
      effectiveOn: await registerDay(register),
    });
    await expectDone(register, () => decideMeasure(as(register.regulator), id, { decision: 'approve' }), {
      added: { log_pending: 2, audit_events: 1 },
      audit: 'body-measure.decide',
      entry: 'body.withdrawn',
    });
    await expectRefused(register, () => openObjectionPeriod(as(body), scheme()), 'forbidden');
    const record = await readBody(register.database, body.creditCode);
    expect(record.measures.map(({ outcome }) => outcome)).toEqual(['continue', 'correct', 'withdraw']);
    expect(record.measures[1]).toMatchObject({ correctBy, reason: '样本不足' });
    expect(record.scopes[0]?.state).toBe('withdrawn');
    await expectRefused(
      register,
      () => takeMeasure(register, body, register, { kind: 'reinstatement' }),
      'invalid',
      '/kind',
    );
    await accredit(register, body, register);
    await openObjectionPeriod(as(body), scheme());
  });

  it('a refused proposal does nothing and is never public; the body itself may see what is said of it', async () => {
    const body = await newBody();
    const { id } = await proposeMeasure(as(register.coordinator), body.creditCode, await suspension());
    expect((await listMeasures(as(body))).measures).toMatchObject([{ id, state: 'proposed' }]);
    const other = await newBody();
    expect((await listMeasures(as(other))).measures).toEqual([]);
    await expectDone(register, () => decideMeasure(as(register.regulator), id, { decision: 'refuse' }), {
      added: { audit_events: 1 },
      audit: 'body-measure.decide',
    });
    await openObjectionPeriod(as(body), scheme());
    expect((await readBody(register.database, body.creditCode)).measures).toEqual([]);
  });

  it('the operator decides none of it, a body nothing about itself, and nobody alone', async () => {
    const body = await newBody();
    const propose = (by: TestOrganisation) => async () => proposeMeasure(as(by), body.creditCode, await suspension());
    for (const by of [register.operator, body, register.regulator]) {
      await expectRefused(register, propose(by), 'forbidden');
    }
    const { id } = await propose(register.coordinator)();
    for (const by of [register.operator, body]) {
      await expectRefused(register, () => decideMeasure(as(by), id, { decision: 'approve' }), 'forbidden');
    }
    const same = `update body_measures set state = 'approved', decided_by = proposed_by, decided_at = now() where id = $1`;
    await expectConstraint(register, same, [id], 'body_measures_two_persons');
    const nobody = `update body_measures set state = 'approved' where id = $1`;
    await expectConstraint(register, nobody, [id], 'body_measures_check2');
    const unknown = async () => proposeMeasure(as(register.coordinator), testCreditCode(1), await suspension());
    await expectRefused(register, unknown, 'not-found', '#path/creditCode');
  });

  describe('what a body states of its interests', () => {
    const category = 'C3464.air-purifier';
    const userOf = ({ admin }: TestOrganisation) => (admin.kind === 'member' ? admin.userId : '');
    const statementNow = async (body: TestOrganisation, person = userOf(body)) =>
      publicRead(register.database, async (db) =>
        conflictStatementFor({ db }, organisationOf(body.admin) ?? '', person, category, await registerDay(register)),
      );

    it('is public, hashed into the log, speaks for the named people, and is replaced and never deleted', async () => {
      const body = await newBody();
      const second = await addPerson(register, body, 'publisher');
      const enterprise = register.enterprises[0]?.creditCode ?? '';
      expect(await statementNow(body)).toBeNull();
      await expectDone(
        register,
        () => stateInterests(register, body, [enterprise], [body.loginName, second.loginName]),
        {
          added: { conflict_statements: 1, log_pending: 1, audit_events: 1 },
          audit: 'conflict.state',
          by: body.admin,
          entry: 'conflict.stated',
        },
      );
      expect((await statementNow(body))?.interests).toEqual([{ creditCode: enterprise, kind: 'customer', note: '' }]);
      const id = organisationOf(body.admin) ?? '';
      const interests = () =>
        transaction(register.database, { organisationId: null, owner: '' }, async (tx) =>
          conflictedEnterprises(tx, id, category, await registerDay(register)),
        );
      expect([...(await interests()).keys()]).toEqual([enterprise]);
      await stateInterests(register, body, []);
      expect((await statementNow(body))?.interests).toEqual([]);
      expect([...(await interests()).keys()]).toEqual([enterprise]);
      await stateInterests(register, body, [], [second.loginName]);
      expect([...(await interests()).keys()]).toEqual([]);
      const { statements } = await readBody(register.database, body.creditCode);
      expect(statements).toHaveLength(3);
      expect(statements.at(-1)).toMatchObject({ persons: ['管理员', 'publisher'] });
      expect(JSON.stringify(statements)).not.toContain(userOf(body));
      const documents = await withTestClient(register.ownerUrl, (owner) =>
        owner.query<{ document: string; document_sha256: string }>('select * from conflict_statements'),
      );
      for (const row of documents.rows) expect(sha256Hex(row.document)).toBe(row.document_sha256);
    });

    it('may not run longer than twelve months, nor speak for strangers', async () => {
      const body = await newBody();
      const validFrom = await registerDay(register);
      const given = {
        categoryPrefix: 'C',
        validFrom,
        validTo: addMonths(validFrom, 12),
        persons: ['nobody'],
        interests: [],
      };
      await expectRefused(register, () => stateConflicts(as(body), given), 'invalid', '/persons/0');
      const long = { ...given, validTo: await registerDay(register, 367), persons: [body.loginName] };
      await expectRefused(register, () => stateConflicts(as(body), long), 'invalid', '/validTo');
      const directly = `insert into conflict_statements select gen_random_uuid(), body_id, category_prefix, valid_from,
        valid_from + 367, person_ids, document, document_sha256, stated_by, stated_at from conflict_statements limit 1`;
      await expectConstraint(register, directly, [], 'conflict_statements_period');
      await expectRefused(register, () => stateConflicts(as(register.coordinator), given), 'forbidden');
    });
  });

  it('a scope and a statement end by themselves when their time is over', async () => {
    const body = await newBody();
    await stateInterests(register, body);
    const until = await registerDay(register, 10);
    await withTestClient(register.ownerUrl, (owner) =>
      owner.query('update accreditations set valid_to = $2 where body_id = $1', [organisationOf(body.admin), until]),
    );
    await openObjectionPeriod(as(body), scheme());
    await shiftRegister(register.database, 10 * 86_400);
    await openObjectionPeriod(as(body), scheme());
    await shiftRegister(register.database, 86_400);
    await expectRefused(register, () => openObjectionPeriod(as(body), scheme()), 'forbidden');
    const listed = await listBodies(register.database);
    expect(listed.find(({ creditCode }) => creditCode === body.creditCode)?.state).toBe('expired');
    await shiftRegister(register.database, 360 * 86_400);
    const person = body.admin.kind === 'member' ? body.admin.userId : '';
    const today = await registerDay(register);
    const after = await publicRead(register.database, (db) =>
      conflictStatementFor({ db }, organisationOf(body.admin) ?? '', person, 'C3464.air-purifier', today),
    );
    expect(after).toBeNull();
  });
});

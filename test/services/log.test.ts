import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLog, readLogSize } from '../../src/services/log/read-log.ts';
import { sequencePending } from '../../src/store/log.ts';
import {
  declare,
  joinOrganisation,
  openTestRegister,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from '../support/builders.ts';
import { withTestClient } from '../support/database.ts';

describe('the public log', () => {
  let register: TestRegister;
  let enterprise: TestOrganisation;
  beforeAll(async () => {
    register = await openTestRegister();
    enterprise = await joinOrganisation(register, { kind: 'enterprise', name: '示例企业' });
  });
  afterAll(() => register?.close());

  it('is dense from 0 with four sequencers at once and writers meanwhile, and each entry is there once', async () => {
    let writing = true;
    const sequencer = async () => {
      while (writing) await sequencePending(register.database);
    };
    const writers = [0, 1, 2, 3].map(async (writer) => {
      for (let i = 0; i < 25; i++) await declare(register, enterprise, { number: `Q/LOG ${writer}${i}-2026` });
    });
    const sequencers = [1, 2, 3, 4].map(sequencer);
    await Promise.all(writers).finally(() => {
      writing = false;
    });
    await Promise.all(sequencers);
    await sequence(register);
    const { rows } = await withTestClient(register.ownerUrl, (owner) =>
      owner.query(
        `select count(*)::int as entries, min(idx)::int as first, max(idx)::int as last, (select size::int from log_state) as size,
           count(distinct (entry_type, subject, revision))::int as things, (select count(*)::int from log_pending) as waiting
         from log_entries`,
      ),
    );
    expect(rows).toEqual([{ entries: 100, first: 0, last: 99, size: 100, things: 100, waiting: 0 }]);
  });

  it('tells each entry with the leaf hash of RFC 6962, in order', async () => {
    expect(await readLogSize(register.database)).toBe(100);
    const entries = await readLog(register.database, 40, 20);
    expect(entries.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => 40 + i));
    for (const { leaf, leafHash } of entries) {
      expect(createHash('sha256').update(Buffer.of(0)).update(leaf).digest('hex')).toBe(leafHash);
      expect(leaf).not.toContain(enterprise.loginName);
    }
  });

  it('takes the same thing once: a second entry of it is refused', async () => {
    const again = withTestClient(register.ownerUrl, async (owner) => {
      await owner.query(`insert into log_pending (entry_type, subject, revision, leaf)
        select entry_type, subject, revision, leaf from log_entries where idx = 7`);
      await sequencePending(register.database);
    });
    await expect(again).rejects.toMatchObject({ code: '23505' });
    await withTestClient(register.ownerUrl, (owner) => owner.query('delete from log_pending'));
  });
});

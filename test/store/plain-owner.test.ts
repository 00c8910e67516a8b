import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { migrationDirectory } from '../../src/project-root.ts';
import { keyActor } from '../../src/services/access/log-in.ts';
import { createApiKey } from '../../src/services/organisations/api-keys.ts';
import { foundOperator } from '../../src/services/organisations/found-operator.ts';
import { addMember, listMembers } from '../../src/services/organisations/members.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { forgetExpired } from '../../src/store/outbox.ts';
import { foundRegister, keepOperatorToken } from '../../src/store/register.ts';
import { openQueue, prepareQueue } from '../../workers/queue.ts';
import { actorOf, contextAs, PASSWORD, testCreditCode } from '../support/builders.ts';
import { emptyTestDatabase, type TestDatabase, withTestClient } from '../support/database.ts';

describe('an owner of the database who is no superuser, and a plain member of lingpao_app', () => {
  const owner = `${inject('databasePrefix')}_plain`;
  const url = new URL('postgres://x');
  let target: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    target = await emptyTestDatabase();
    url.href = target.url;
    url.username = owner;
    url.password = 'plain';
    await withTestClient(target.url, async (client) => {
      await client.query(`create role ${owner} login password 'plain'`);
      await client.query(`grant lingpao_app to ${owner}`);
      await client.query(`alter database ${url.pathname.slice(1)} owner to ${owner}`);
    });
    const options = { max: 4, applicationName: 'plain', statementTimeoutMs: 8000, onError: () => {} };
    database = openDatabase({ url: url.href, ...options });
  });
  afterAll(async () => {
    await database?.close();
    await target?.close();
    const admin = new pg.Client({ connectionString: inject('adminUrl') });
    await admin.connect();
    await admin.query(`drop role ${owner}`);
    await admin.end();
  });

  it('migrates, and prepares the queue, without a right to grant', async () => {
    await migrate(url.href, { directory: migrationDirectory });
    await prepareQueue(url.href);
    const queue = openQueue({ redisUrl: null, databaseUrl: url.href, onError: () => {} });
    await queue.add([{ jobKey: 'draw-sample.X', name: 'draw-sample', data: { draw: 'X' } }]);
    await queue.close();
  });

  it('serves people, sessions and keys, past the row security that binds owners too', async () => {
    await withTestClient(url.href, async (client) => {
      await foundRegister(client, 'test');
      await keepOperatorToken(client, sha256Hex('token'));
    });
    const admin = { loginName: 'plain.admin', displayName: '管理员', password: PASSWORD };
    const founding = { token: 'token', creditCode: testCreditCode(1, '1101'), name: '运营中心', admin };
    await foundOperator(contextAs({ database }), founding);
    const context = contextAs({ database }, await actorOf(database, 'plain.admin'));
    await addMember(context, { ...admin, loginName: 'plain.second', role: 'drafter' });
    expect(await listMembers(context)).toHaveLength(2);
    const { key } = await createApiKey(context, { name: 'key', role: 'drafter', days: 1 });
    expect(await keyActor(database, key ?? '')).toMatchObject({ kind: 'key', role: 'drafter' });
    await forgetExpired(database);
  });
});

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { loadDemonstration } from '../../demo/load.ts';
import { sha256Hex } from '../../src/domain/bytes.ts';
import { createApp } from '../../src/http/app.ts';
import type { Http } from '../../src/http/fastify.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { foundRegister, keepOperatorToken } from '../../src/store/register.ts';
import { openQueue } from '../../workers/queue.ts';
import { startWorkers } from '../../workers/start.ts';
import { testDatabase } from './database.ts';

export interface LoadedDemonstration {
  readonly database: Database;
  readonly http: Http;
  readonly address: string;
  readonly owner: pg.Client;
  readonly problems: number;
  close(): Promise<void>;
}

/** The whole demonstration in a register of its own, loaded through the public API as `npm start -- --demo` does. */
export async function openDemonstration(): Promise<LoadedDemonstration> {
  const store = await testDatabase();
  const owner = new pg.Client({ connectionString: store.url });
  await owner.connect();
  await foundRegister(owner, 'demonstration');
  const token = randomBytes(24).toString('base64url');
  await keepOperatorToken(owner, sha256Hex(token));
  const onError = () => {};
  const database = openDatabase({ url: store.url, max: 10, applicationName: 'demo', statementTimeoutMs: 0, onError });
  const logger = pino({ level: 'silent' });
  const http = await createApp({
    database,
    logger,
    registerKind: 'demonstration',
    publicUrl: 'http://127.0.0.1',
    cookieSecure: false,
    trustProxy: [],
    limits: { perMinute: 1_000_000, redis: null, exemptLoopback: true },
    site: { operatorName: null, icp: null, contact: null },
    isReady: async () => true,
  });
  const address = await http.listen({ host: '127.0.0.1', port: 0 });
  const queue = openQueue({ redisUrl: null, databaseUrl: store.url, onError });
  const workers = startWorkers(database, queue, logger, onError);
  const problems = await loadDemonstration({ address, database, operatorToken: token });
  return {
    database,
    http,
    address,
    owner,
    problems,
    async close() {
      await http.close();
      await workers.stop();
      await database.close();
      await owner.end();
      await store.close();
    },
  };
}

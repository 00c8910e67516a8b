import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readConfiguration } from '../src/config.ts';
import { createLogger, openRuntime } from '../src/runtime.ts';
import { withTestClient } from './support/database.ts';

describe('the runtime', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lingpao-runtime-'));
    chmodSync(home, 0o755);
  });

  afterEach(() => rmSync(home, { recursive: true }));

  it('starts a database of its own when none is given, and stops it once, however often it is closed', async () => {
    const runtime = await openRuntime(readConfiguration({ LINGPAO_DATA: home, LOG_LEVEL: 'silent' }));
    expect(runtime.migrationUrl).toBe(runtime.databaseUrl);
    await withTestClient(runtime.databaseUrl, (client) => client.query('select 1'));
    await Promise.all([runtime.close(), runtime.close()]);
    await expect(withTestClient(runtime.databaseUrl, async () => {})).rejects.toThrow('ECONNREFUSED');
  });

  it('uses the given database and its separate owner, and leaves both running', async () => {
    const url = inject('adminUrl');
    const env = { DATABASE_URL: url, MIGRATION_DATABASE_URL: `${url}?application_name=owner`, LOG_LEVEL: 'silent' };
    const runtime = await openRuntime(readConfiguration(env));
    expect(runtime).toMatchObject({ databaseUrl: url, migrationUrl: `${url}?application_name=owner` });
    await runtime.close();
    await withTestClient(url, (client) => client.query('select 1'));
  });
});

describe('the log', () => {
  it.each([
    { password: 'hidden' },
    { user: { email: 'hidden', phone: 'hidden', token: 'hidden' } },
    { req: { headers: { authorization: 'hidden', cookie: 'hidden' } } },
    { res: { headers: { 'set-cookie': 'hidden' } } },
    { apiKey: 'hidden', webhook: { secret: 'hidden' } },
  ])('never holds the secret of %j', (fields) => {
    const lines: string[] = [];
    createLogger('info', { write: (line) => lines.push(line) }).info({ ...fields, kept: 'shown' }, 'words');
    expect(lines.join('')).toContain('"kept":"shown"');
    expect(lines.join('')).not.toContain('hidden');
  });
});

import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { describeWithBrowser } from './browser.ts';
import { testDatabase, withTestClient } from './database.ts';
import { describeWithRedis, testRedisUrl } from './redis.ts';

it('gives each test file a database of its own, never the one of DATABASE_URL', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  await withTestClient(one.url, (client) => client.query('create table only_here ()'));
  const found = await withTestClient(other.url, (client) => client.query(`select to_regclass('only_here') as it`));
  expect(found.rows).toEqual([{ it: null }]);
  expect(new URL(one.url).pathname).toContain(inject('databasePrefix'));
  await one.close();
  await other.close();
  await expect(withTestClient(one.url, async () => {})).rejects.toThrow('does not exist');
});

it('has the tables of BullMQ in a schema of their own', async () => {
  const database = await testDatabase();
  const { rows } = await withTestClient(database.url, (client) =>
    client.query('select max(version) > 0 as yes from bullmq.migration'),
  );
  expect(rows).toEqual([{ yes: true }]);
  await database.close();
});

describeWithRedis('the Redis of the run', () => {
  it('does not evict, as BullMQ needs', async () => {
    const redis = new Redis(testRedisUrl());
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    await redis.quit();
  });
});

await describeWithBrowser('the browser of the run', (browser) => {
  afterAll(() => browser.close());

  it('draws a page and runs its script', async () => {
    const page = await browser.newPage();
    await page.setContent('<button onclick="this.textContent = 1 + 1">加</button>');
    await page.click('button');
    expect(await page.textContent('button')).toBe('2');
  });
});

import { describe, inject } from 'vitest';

/** `describe` for suites that need Redis: skipped where there is none, unless REQUIRE_REDIS=1 (the set-up then fails). */
export const describeWithRedis = describe.skipIf(inject('redisUrl') === null);

/** The Redis of this run; one database number per test file keeps the suites apart. */
export function testRedisUrl(): string {
  const url = inject('redisUrl');
  if (url === null) throw new Error('无 Redis / no Redis: use describeWithRedis');
  return url;
}

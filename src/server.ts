import type { Logger } from 'pino';
import type { Configuration } from './config.ts';
import type { RegisterKind } from './domain/register.ts';
import { createApp } from './http/app.ts';
import type { Database } from './store/database.ts';

/** Requests a minute of one organisation or address; a group's import goes through one key at a few a second. */
const REQUESTS_PER_MINUTE = 6000;

export interface Server {
  /** The address that it really listens on; the port is chosen by the system when it is configured as 0. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the API and the pages until closed: readiness goes first, requests under way are finished. */
export async function startServer(
  configuration: Configuration,
  given: { readonly database: Database; readonly logger: Logger; readonly registerKind: RegisterKind },
): Promise<Server> {
  const { database, logger, registerKind } = given;
  let stopping = false;
  // Read only where there is one: it takes a fifth of a second and 40 MB.
  const redis = configuration.redisUrl
    ? new (await import('ioredis')).Redis(configuration.redisUrl, {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 1,
        connectTimeout: 500,
      })
    : null;
  redis?.on('error', (error: Error) =>
    logger.warn({ err: error }, 'rate limits: Redis is away, each process counts alone'),
  );
  const app = await createApp({
    database,
    logger,
    registerKind,
    publicUrl: configuration.publicUrl,
    cookieSecure: configuration.cookieSecure,
    trustProxy: configuration.trustProxy,
    site: configuration.site,
    limits: { perMinute: REQUESTS_PER_MINUTE, redis, exemptLoopback: registerKind !== 'real' },
    isReady: async () => {
      if (stopping) return false;
      return database.pool.query('select 1').then(
        () => true,
        () => false,
      );
    },
  });
  const address = await app.listen({ host: configuration.host, port: configuration.port });
  return {
    address,
    async close() {
      stopping = true;
      await app.close();
      redis?.disconnect();
    },
  };
}

import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Redis } from 'ioredis';
import type { Http } from './fastify.ts';

export interface Limits {
  /** Requests a minute of one key, organisation or address. */
  readonly perMinute: number;
  /** Shared by all nodes where there is a Redis; each process counts for itself where there is none. */
  readonly redis: Redis | null;
  /** A demonstration loads its data from this machine at full speed. */
  readonly exemptLoopback: boolean;
}

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** The headers that every answer carries, and the limits that keep one asker from crowding out the others. */
export async function secure(http: Http, settings: { readonly tls: boolean; readonly limits: Limits }): Promise<void> {
  await http.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.tls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
  });
  http.addHook('onSend', async (_request, reply) => {
    reply.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
  });
  await http.register(rateLimit, {
    max: settings.limits.perMinute,
    timeWindow: '1 minute',
    ...(settings.limits.redis ? { redis: settings.limits.redis, skipOnError: true } : {}),
    allowList: (request) => settings.limits.exemptLoopback && LOOPBACK.includes(request.ip),
    keyGenerator: (request) => {
      const { actor } = request;
      return actor.kind === 'member' || actor.kind === 'key' ? actor.organisation.id : request.ip;
    },
    hook: 'preHandler',
  });
}

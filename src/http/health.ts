import type { Http } from './fastify.ts';

/** Alive: the process answers. Ready: it may be sent requests. */
export function healthRoutes(http: Http, isReady: () => Promise<boolean>): void {
  http.get('/health/live', { schema: { hide: true } }, async () => ({ alive: true }));
  http.get('/health/ready', { schema: { hide: true } }, async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
}

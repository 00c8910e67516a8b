import type { Http } from './fastify.ts';

/** For a body of at most 1 MiB. */
const BODY_MS = 15_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a file as it comes, and holds it against a time and a rate of its own. */
    takesFile?: true;
  }
}

/** Ends a request whose body is not there in time. Node has one limit for all requests, and a large file may take longer. */
export function limitBodyTime(http: Http, limitMs = BODY_MS): void {
  http.addHook('onRequest', async ({ raw, routeOptions }) => {
    const hasBody = raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
    if (!hasBody || routeOptions.config.takesFile) return;
    const timer = setTimeout(() => {
      if (raw.complete) return;
      raw.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      raw.destroy();
    }, limitMs);
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
  });
}

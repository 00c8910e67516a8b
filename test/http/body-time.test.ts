import { connect } from 'node:net';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitBodyTime } from '../../src/http/body-time.ts';
import type { Http } from '../../src/http/fastify.ts';

describe('a body', () => {
  const http = fastify() as unknown as Http;
  let port: number;
  beforeAll(async () => {
    limitBodyTime(http, 200);
    http.post('/', async () => 'whole');
    http.post('/file', { config: { takesFile: true } }, async () => 'whole');
    port = Number(new URL(await http.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterAll(() => http.close());

  /** Sends a body of two characters with a pause between them; answers with the first line of the response. */
  const drip = (path: string, pauseMs: number) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString();
        socket.end();
      });
      socket.on('error', () => undefined).on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
      socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{`);
      setTimeout(() => socket.write('}'), pauseMs);
    });

  it.each([
    ['/', 20, 'HTTP/1.1 200 OK'],
    ['/', 600, 'HTTP/1.1 408 Request Timeout'],
    ['/file', 600, 'HTTP/1.1 200 OK'],
  ])('for %s that takes %i ms is answered with %s', async (path, pause, line) => {
    expect(await drip(path, pause)).toBe(line);
  });
});

import { pino } from 'pino';
import type { RegisterKind } from '../../src/domain/register.ts';
import { createApp } from '../../src/http/app.ts';
import type { Http } from '../../src/http/fastify.ts';
import type { Database } from '../../src/services/context.ts';
import { buildAssets } from './assets.ts';
import { PASSWORD } from './builders.ts';

export interface TestApp {
  readonly http: Http;
  /** Sends a request with the cookies that earlier answers set, as one browser does. */
  readonly browser: () => TestBrowser;
  /** A browser in which this person's page has logged in. */
  readonly logIn: (person: { readonly loginName: string }) => Promise<TestBrowser>;
}

export type TestBrowser = (
  method: 'GET' | 'POST',
  url: string,
  fields?: Readonly<Record<string, string>>,
  headers?: Readonly<Record<string, string>>,
  /** Sent as it is, in place of `fields`. */
  raw?: string,
) => Promise<Awaited<ReturnType<Http['inject']>>>;

/** The whole HTTP floor over a database, with the browser's files built. */
export async function openTestApp(database: Database, registerKind: RegisterKind = 'test'): Promise<TestApp> {
  await buildAssets();
  const http = await createApp({
    database,
    logger: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    registerKind,
    publicUrl: 'https://register.example',
    cookieSecure: false,
    trustProxy: [],
    limits: { perMinute: 100_000, redis: null, exemptLoopback: false },
    site: { operatorName: '示例运营中心', icp: '示例备案号', contact: '示例联系方式' },
    isReady: async () => true,
  });
  return {
    http,
    browser: () => browserOf(http),
    async logIn({ loginName }) {
      const browser = browserOf(http);
      const answer = await browser('POST', '/login', { loginName, password: PASSWORD });
      if (answer.statusCode !== 303) throw new Error(`${loginName} could not log in: ${answer.statusCode}`);
      return browser;
    },
  };
}

function browserOf(http: Http): TestBrowser {
  const cookies = new Map<string, string>();
  return async (method, url, fields, headers = {}, raw) => {
    const answer = await http.inject({
      method,
      url: encodeURI(url),
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        ...(fields ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(fields ? { payload: new URLSearchParams(fields).toString() } : {}),
      ...(raw === undefined ? {} : { payload: raw }),
    });
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
}

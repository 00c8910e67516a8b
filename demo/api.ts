import { randomUUID } from 'node:crypto';

/** Who calls: a key, or a session cookie. */
export type Credential = { readonly key: string } | { readonly cookie: string } | null;

/** The public API as any client sees it: every change with its own idempotency key, every refusal an error. */
export function client(address: string) {
  async function call<Answer>(method: string, path: string, credential: Credential, body?: unknown): Promise<Answer> {
    return answerOf(await send(method, path, credential, body), `${method} ${path}`);
  }

  async function answerOf<Answer>(response: Response, request: string): Promise<Answer> {
    const text = await response.text();
    if (!response.ok) throw new Error(`${request}: ${response.status} ${text.slice(0, 600)}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  function send(
    method: string,
    path: string,
    credential: Credential,
    body?: unknown,
    type = 'application/json',
  ): Promise<Response> {
    const headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' };
    if (method === 'POST') headers['idempotency-key'] = randomUUID();
    if (body !== undefined) headers['content-type'] = type;
    if (credential && 'key' in credential) headers['authorization'] = `Bearer ${credential.key}`;
    if (credential && 'cookie' in credential) headers['cookie'] = credential.cookie;
    return fetch(`${address}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? Uint8Array.from(body) : JSON.stringify(body) }),
    });
  }

  return {
    get: <Answer>(path: string, credential: Credential = null) => call<Answer>('GET', `/api/v1${path}`, credential),
    post: <Answer>(path: string, credential: Credential, body?: unknown) =>
      call<Answer>('POST', `/api/v1${path}`, credential, body),
    async postFile<Answer>(path: string, credential: Credential, type: string, content: Buffer): Promise<Answer> {
      return answerOf(await send('POST', `/api/v1${path}`, credential, content, type), `POST ${path}`);
    },
    async bytes(path: string): Promise<Uint8Array> {
      const response = await send('GET', `/api/v1${path}`, null);
      if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    async logIn(loginName: string, password: string): Promise<Credential> {
      const response = await send('POST', '/api/v1/sessions', null, { loginName, password });
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
      if (!response.ok || !cookie) throw new Error(`login ${loginName}: ${response.status} ${await response.text()}`);
      return { cookie };
    },
  };
}

export type Client = ReturnType<typeof client>;

/** Runs `work` over items, `width` at a time, in order of their start. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) {
      const item = items[i];
      if (item !== undefined) await work(item, i);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Asks until the answer is there; the register works in the background, and says how far it is. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  is: (answer: Answer) => boolean,
  what: string,
): Promise<Answer> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`waited two minutes for ${what}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

import { logIn, LogIn, logOut } from '../../services/access/log-in.ts';
import { Refusal } from '../../services/refusal.ts';
import { parseShape } from '../../domain/shape.ts';
import { LoginPage } from '../../views/access/login-page.tsx';
import { inLanguage, words } from '../../views/frame.ts';
import { clearSessionCookie, setSessionCookie } from '../authentication.ts';
import type { Http } from '../fastify.ts';
import { frameOf, ownPath, type Pages, sendPrivatePage } from './frame.ts';

/** Logging in and out with forms; the same act as the API's sessions. */
export function accessPages(http: Http, pages: Pages): void {
  const { database, cookieSecure } = pages.settings;
  const cookies = { secure: cookieSecure };
  const desk = inLanguage(pages.lang, '/desk');
  http.get('/login', async (request, reply) => {
    const next = ownPath((request.query as Record<string, unknown>)['next'], desk);
    if (request.actor.kind === 'member') return reply.redirect(next, 303);
    return sendPrivatePage(reply, LoginPage({ frame: frameOf(request, pages), loginName: '', next, messages: [] }));
  });
  http.post(
    '/login',
    { config: { unkeyed: true, rateLimit: { max: 60, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { loginName, password, organisation, next: wanted } = (request.body ?? {}) as Record<string, unknown>;
      const next = ownPath(wanted, desk);
      const frame = frameOf(request, pages);
      const refuse = (field: string, message: string, status: number) =>
        sendPrivatePage(
          reply,
          LoginPage({ frame, loginName: String(loginName ?? ''), next, messages: [{ field, message }] }),
          status,
        );
      const input = parseShape(LogIn, { loginName, password, ...(organisation ? { organisation } : {}) });
      if (!input.ok) return refuse('loginName', frame.t.login.fill, 422);
      try {
        const { token } = await logIn(database, request.ip, input.value);
        setSessionCookie(reply, cookies, token);
        return reply.redirect(next, 303);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.code === 'unauthenticated') return refuse('password', frame.t.login.wrong, 401);
        if (error.code === 'not-found') return refuse('organisation', words(frame, error.title), 404);
        throw error;
      }
    },
  );
  http.post('/logout', { config: { unkeyed: true } }, async (request, reply) => {
    if (request.sessionToken) await logOut(database, request.sessionToken);
    clearSessionCookie(reply, cookies);
    return reply.redirect(inLanguage(pages.lang, '/'), 303);
  });
}

import { z } from 'zod';
import { inLanguage } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';
import { ownPath, type Pages, TEXT_COOKIE } from './frame.ts';

const YEAR_S = 31_536_000;

/** Large text or not, kept in a cookie; the switch is a form, because a GET changes nothing. */
export function preferencePages(http: Http, { settings, lang }: Pages): void {
  http.post(
    '/preferences',
    { schema: { body: z.object({ text: z.enum(['big', 'normal']), back: z.string().max(2000).optional() }) } },
    async (request, reply) => {
      const { text, back } = request.body;
      const cookie = { path: '/', sameSite: 'lax', httpOnly: true, secure: settings.cookieSecure } as const;
      if (text === 'big') reply.setCookie(TEXT_COOKIE, 'big', { ...cookie, maxAge: YEAR_S });
      else reply.clearCookie(TEXT_COOKIE, cookie);
      return reply.redirect(ownPath(back, inLanguage(lang, '/')), 303);
    },
  );
}

import { z } from 'zod';
import { STANDARD_LEVELS, type StandardLevel } from '../../domain/standards/number.ts';
import { type PublicStandard, readStandard, searchStandards } from '../../services/standards/read-standards.ts';
import { StandardPage } from '../../views/standards/standard-page.tsx';
import type { ShownStandard } from '../../views/standards/standard-props.ts';
import { StandardsPage } from '../../views/standards/standards-page.tsx';
import { readStandardPlace, writeStandardPlace } from '../api/standards.ts';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';

const ROWS = 50;
const Query = z.object({
  q: z.string().trim().max(100).default(''),
  level: z.enum(STANDARD_LEVELS).or(z.literal('')).default(''),
  page: z.string().max(300).optional(),
});

/** The catalogue of standards, and one standard of it. */
export function standardPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/standards', { schema: { querystring: Query } }, async (request, reply) => {
    const { q, level, page } = request.query;
    const after = readStandardPlace(page);
    const found = await searchStandards(database, {
      limit: ROWS,
      ...(q ? { query: q } : {}),
      ...(level ? { level } : {}),
      ...(after ? { after } : {}),
    });
    const last = found.at(-1);
    return sendPage(
      reply,
      StandardsPage({
        frame: frameOf(request, pages),
        query: q,
        level: level === '' ? null : level,
        standards: found.map(shown),
        next: last && found.length === ROWS ? writeStandardPlace(last) : null,
      }),
    );
  });
  http.get(
    '/standards/:number',
    { schema: { params: z.object({ number: z.string().max(100) }) } },
    async (request, reply) => {
      const found = await readStandard(database, request.params.number);
      return sendPage(reply, StandardPage({ frame: frameOf(request, pages), shown: { ...found, ...shown(found) } }));
    },
  );
}

function shown({ standard, level, status }: PublicStandard): ShownStandard {
  return { standard, level: level as StandardLevel, status };
}

import { z } from 'zod';
import { CalendarYear } from '../../domain/calendar/arrangement.ts';
import { readCalendar } from '../../services/calendar/load-calendar.ts';
import { publishYear } from '../../services/calendar/publish-year.ts';
import type { Database } from '../../services/context.ts';
import { contextOf } from '../context.ts';
import type { Http } from '../fastify.ts';
import { hash, PROBLEMS, READ_PROBLEMS } from './answers.ts';

const tags = ['calendar'];
const Year = z.object({ year: z.coerce.number().int().min(2018).max(2100) });

/** The working days that every deadline of the register is counted in. */
export function calendarRoutes(http: Http, database: Database): void {
  http.get(
    '/calendar',
    {
      schema: {
        tags,
        summary:
          'the years whose holidays and worked weekend days are known; deadlines in any later year are provisional',
        response: {
          200: z.object({
            years: z.array(
              z.object({
                year: z.int(),
                source: z.string(),
                holidays: z.array(z.string()),
                workdays: z.array(z.string()),
                sha256: hash.nullable(),
              }),
            ),
          }),
          ...READ_PROBLEMS,
        },
      },
    },
    async () => ({ years: await readCalendar(database) }),
  );
  http.post(
    '/calendar/:year',
    {
      config: { action: 'calendar.publish' },
      schema: {
        tags,
        summary:
          'publish the arrangement of a year from the State Council’s notice; again, where the notice is amended',
        params: Year,
        body: CalendarYear,
        response: { 201: z.object({ year: z.int(), revision: z.int(), sha256: hash }), ...PROBLEMS },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await publishYear(contextOf(database, request, reply), request.params.year, request.body)),
  );
}

import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { text } from '../domain/fault.ts';
import { bodyRoutes } from './api/bodies.ts';
import { calendarRoutes } from './api/calendar.ts';
import { comparisonRoutes } from './api/comparisons.ts';
import { listReadRoutes } from './api/list-reads.ts';
import { mappingRoutes } from './api/mappings.ts';
import { declarationChangeRoutes } from './api/declaration-changes.ts';
import { declarationRoutes } from './api/declarations.ts';
import { draftRoutes } from './api/drafts.ts';
import { enterpriseLifeRoutes } from './api/enterprise-life.ts';
import { forerunnerListRoutes } from './api/forerunner-lists.ts';
import { forerunnerPaperRoutes } from './api/forerunner-papers.ts';
import { forerunnerRoundRoutes } from './api/forerunner-rounds.ts';
import { findingRoutes } from './api/findings.ts';
import { importRoutes } from './api/imports.ts';
import { memberRoutes } from './api/members.ts';
import { objectionActRoutes } from './api/objection-acts.ts';
import { objectionRoutes } from './api/objections.ts';
import { organisationRoutes } from './api/organisations.ts';
import { rankingRoutes } from './api/rankings.ts';
import { registerRoutes } from './api/register.ts';
import { rulePackRoute } from './api/rule-pack.ts';
import { schemeDraftRoutes } from './api/scheme-drafts.ts';
import { schemeFileRoutes } from './api/scheme-files.ts';
import { schemeRoutes } from './api/schemes.ts';
import { sessionRoutes } from './api/sessions.ts';
import { spotCheckRoutes } from './api/spot-checks.ts';
import { standardRoutes } from './api/standards.ts';
import { textRoutes } from './api/texts.ts';
import { authenticate } from './authentication.ts';
import { limitBodyTime } from './body-time.ts';
import type { Http } from './fastify.ts';
import { healthRoutes } from './health.ts';
import { FILE_MS } from './incoming-file.ts';
import { document } from './openapi.ts';
import { pageRoutes } from './pages/pages.ts';
import { sendTroublePage } from './pages/trouble.ts';
import { sendProblem, type Trouble, troubleOf } from './problem.ts';
import { secure } from './security.ts';
import type { AppSettings } from './settings.ts';
import { refuseUnstorable, validatorCompiler } from './shape.ts';

export type { AppSettings };

/** The whole HTTP floor as one Fastify instance that does not listen yet; tests inject into it. */
export async function createApp(settings: AppSettings): Promise<Http> {
  const { database } = settings;
  const cookies = { secure: settings.cookieSecure };
  const answer = (request: FastifyRequest, reply: FastifyReply, trouble: Trouble) =>
    wantsPage(request.url) ? sendTroublePage(request, reply, trouble, settings) : sendProblem(request, reply, trouble);
  const http: Http = fastify({
    loggerInstance: settings.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy.length > 0 ? [...settings.trustProxy] : false,
    // Fastify's own defaults are none at all.
    requestTimeout: FILE_MS + 60_000,
    http: { headersTimeout: 15_000 },
    connectionTimeout: 60_000,
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 300 },
    // An address that cannot be read: no hook has run, and nobody is known.
    frameworkErrors: (error, request, reply) => {
      request.actor = { kind: 'public', address: request.ip };
      answer(request, reply, troubleOf(error));
    },
  });
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler((error, request, reply) => {
    const trouble = troubleOf(error);
    if (trouble.status >= 500) request.log.error({ err: error }, 'request failed');
    return answer(request, reply, trouble);
  });
  http.setNotFoundHandler((request, reply) => {
    const trouble = {
      status: 404,
      code: 'not-found',
      title: text('没有这个地址', 'no such address'),
      faults: [],
      retryAfter: null,
    };
    return answer(request, reply, trouble);
  });
  await http.register(cookie);
  await http.register(formbody, { bodyLimit: 1_048_576 });
  limitBodyTime(http);
  authenticate(http, database, cookies);
  await secure(http, { tls: settings.cookieSecure, limits: settings.limits });
  http.addHook('preValidation', refuseUnstorable);
  await document(http);
  healthRoutes(http, settings.isReady);
  await http.register(
    async (api) => {
      // Forms are for pages. A form of another site needs nobody's leave to be sent; JSON does.
      api.removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
      sessionRoutes(api as Http, database, cookies);
      organisationRoutes(api as Http, database);
      memberRoutes(api as Http, database);
      enterpriseLifeRoutes(api as Http, database);
      bodyRoutes(api as Http, database);
      calendarRoutes(api as Http, database);
      await objectionRoutes(api as Http, database);
      objectionActRoutes(api as Http, database);
      declarationRoutes(api as Http, database);
      declarationChangeRoutes(api as Http, database);
      draftRoutes(api as Http, database);
      await importRoutes(api as Http, database);
      schemeDraftRoutes(api as Http, database);
      schemeRoutes(api as Http, database);
      await schemeFileRoutes(api as Http, database);
      comparisonRoutes(api as Http, database);
      mappingRoutes(api as Http, database);
      listReadRoutes(api as Http, database);
      rankingRoutes(api as Http, database);
      forerunnerRoundRoutes(api as Http, database);
      await forerunnerPaperRoutes(api as Http, database);
      forerunnerListRoutes(api as Http, database);
      spotCheckRoutes(api as Http, database);
      findingRoutes(api as Http, database);
      standardRoutes(api as Http, database);
      rulePackRoute(api as Http, database);
      textRoutes(api as Http, database);
      registerRoutes(api as Http, database);
    },
    { prefix: '/api/v1' },
  );
  await pageRoutes(http, settings);
  closeAfterAnswer(http);
  http.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        url: request.url.split('?')[0],
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
  return http;
}

/** While closing, an answer ends its connection: kept alive, it would keep the process for another minute. */
function closeAfterAnswer(http: Http): void {
  let closing = false;
  http.addHook('preClose', async () => {
    closing = true;
  });
  http.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('Connection', 'close');
  });
}

function wantsPage(url: string): boolean {
  return !url.startsWith('/api/') && !url.startsWith('/health');
}

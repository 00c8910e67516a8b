import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { describe } from '../domain/access/policy.ts';
import type { Http } from './fastify.ts';

const transform = createJsonSchemaTransform({ skipList: [] });

/** The API document, made from the routes' own schemas; each change says who may make it (`x-authz`). */
export async function document(http: Http): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '领跑 Lingpao API',
        version: '1',
        description:
          'Enterprises declare their standards, accredited bodies compare and rank them, regulators draw spot checks. Every POST that changes something needs an Idempotency-Key; every problem is RFC 9457.',
      },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'lp_…' },
          session: { type: 'apiKey', in: 'cookie', name: 'lingpao' },
        },
      },
    },
    transform: (given) => {
      const made = transform(given as Parameters<typeof transform>[0]);
      const { action, unkeyed } = given.route.config ?? {};
      if (!made.schema || !action) return made;
      const keyed = given.route.method === 'POST' && !unkeyed;
      const header = {
        type: 'string',
        minLength: 8,
        maxLength: 255,
        description: 'new for each new request, the same for a retry',
      };
      return {
        ...made,
        schema: {
          ...made.schema,
          ...(keyed
            ? { headers: { type: 'object', required: ['idempotency-key'], properties: { 'idempotency-key': header } } }
            : {}),
          security: [{ apiKey: [] }, { session: [] }],
          'x-authz': { action, who: describe(action).en, 谁: describe(action).zh },
        },
      };
    },
    transformObject: jsonSchemaTransformObject,
  });
  await http.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, logLevel: 'warn' });
}

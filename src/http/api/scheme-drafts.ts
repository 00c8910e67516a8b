import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import {
  createSchemeDraft,
  discardSchemeDraft,
  listSchemeDrafts,
  readSchemeDraft,
  saveSchemeDraft,
  type SchemeDraft,
} from '../../services/schemes/drafts.ts';
import { contextOf } from '../context.ts';
import { isFresh, revisionOf } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { instant, PRECONDITIONS, PROBLEMS } from './answers.ts';

const tags = ['schemes'];
const DraftId = z.object({ id: z.uuid() });
const DraftAnswer = z
  .object({ id: z.uuid(), revision: z.int(), content: z.unknown(), savedAt: instant })
  .meta({ id: 'SchemeDraft' });
const DraftBody = z.strictObject({ content: z.record(z.string(), z.unknown()) }).meta({ id: 'SchemeDraftContent' });

/** Drafts of schemes of the own body; their ETag is the revision. */
export function schemeDraftRoutes(http: Http, database: Database): void {
  const response = { 200: DraftAnswer, ...PROBLEMS, ...PRECONDITIONS };
  http.post(
    '/schemes/drafts',
    {
      config: { action: 'scheme-draft.save' },
      schema: {
        tags,
        summary: 'begin a draft of a scheme; it may be incomplete',
        body: DraftBody,
        response: { 201: DraftAnswer, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const draft = await createSchemeDraft(contextOf(database, request, reply), request.body.content);
      return reply.code(201).header('ETag', `"${draft.revision}"`).send(draftAnswer(draft));
    },
  );
  http.get(
    '/schemes/drafts',
    {
      config: { action: 'scheme-draft.read' },
      schema: {
        tags,
        summary: 'drafts of schemes of the own body',
        response: { 200: z.object({ drafts: z.array(DraftAnswer) }), ...PROBLEMS },
      },
    },
    async (request, reply) => ({
      drafts: (await listSchemeDrafts(contextOf(database, request, reply))).map(draftAnswer),
    }),
  );
  http.get(
    '/schemes/drafts/:id',
    {
      config: { action: 'scheme-draft.read' },
      schema: {
        tags,
        summary: 'one draft of a scheme; its ETag is the revision',
        params: DraftId,
        response: { ...response, 304: z.null() },
      },
    },
    async (request, reply) => {
      const draft = await readSchemeDraft(contextOf(database, request, reply), request.params.id);
      return isFresh(request, reply, String(draft.revision)) ? reply : reply.send(draftAnswer(draft));
    },
  );
  http.put(
    '/schemes/drafts/:id',
    {
      config: { action: 'scheme-draft.save' },
      schema: { tags, summary: 'save over the revision in If-Match', params: DraftId, body: DraftBody, response },
    },
    async (request, reply) => {
      const context = contextOf(database, request, reply);
      const draft = await saveSchemeDraft(context, request.params.id, revisionOf(request), request.body.content);
      return reply.header('ETag', `"${draft.revision}"`).send(draftAnswer(draft));
    },
  );
  http.delete(
    '/schemes/drafts/:id',
    {
      config: { action: 'scheme-draft.discard' },
      schema: {
        tags,
        summary: 'discard a draft of a scheme',
        params: DraftId,
        response: { 204: z.null(), ...PROBLEMS, ...PRECONDITIONS },
      },
    },
    async (request, reply) => {
      await discardSchemeDraft(contextOf(database, request, reply), request.params.id, revisionOf(request));
      return reply.code(204).send(null);
    },
  );
}

function draftAnswer(draft: SchemeDraft) {
  // A replayed answer was JSON once: its date is text already.
  return { ...draft, savedAt: new Date(draft.savedAt).toISOString() };
}

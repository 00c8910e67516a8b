import { z } from 'zod';
import type { Database } from '../../services/context.ts';
import {
  createDraft,
  type Draft,
  discardDraft,
  listDrafts,
  readDraft,
  saveDraft,
} from '../../services/declarations/drafts.ts';
import { contextOf } from '../context.ts';
import { isFresh, revisionOf } from '../etag.ts';
import type { Http } from '../fastify.ts';
import { instant, PRECONDITIONS, PROBLEMS } from './answers.ts';

const tags = ['declarations'];
const DraftId = z.object({ id: z.uuid() });
const DraftAnswer = z
  .object({ id: z.uuid(), revision: z.int(), content: z.unknown(), savedAt: instant })
  .meta({ id: 'DeclarationDraft' });
const DraftBody = z.strictObject({ content: z.record(z.string(), z.unknown()) }).meta({ id: 'DraftContent' });

/** Drafts of the own enterprise; their ETag is the revision. */
export function draftRoutes(http: Http, database: Database): void {
  const response = { 200: DraftAnswer, ...PROBLEMS, ...PRECONDITIONS };
  http.post(
    '/declaration-drafts',
    {
      config: { action: 'draft.save' },
      schema: { tags, summary: 'begin a draft', body: DraftBody, response: { 201: DraftAnswer, ...PROBLEMS } },
    },
    async (request, reply) => {
      const draft = await createDraft(contextOf(database, request, reply), request.body.content);
      return reply.code(201).header('ETag', `"${draft.revision}"`).send(draftAnswer(draft));
    },
  );
  http.get(
    '/declaration-drafts',
    {
      config: { action: 'draft.read' },
      schema: {
        tags,
        summary: 'drafts of the own enterprise',
        response: { 200: z.object({ drafts: z.array(DraftAnswer) }), ...PROBLEMS },
      },
    },
    async (request, reply) => ({ drafts: (await listDrafts(contextOf(database, request, reply))).map(draftAnswer) }),
  );
  http.get(
    '/declaration-drafts/:id',
    {
      config: { action: 'draft.read' },
      schema: {
        tags,
        summary: 'one draft; its ETag is the revision',
        params: DraftId,
        response: { ...response, 304: z.null() },
      },
    },
    async (request, reply) => {
      const draft = await readDraft(contextOf(database, request, reply), request.params.id);
      return isFresh(request, reply, String(draft.revision)) ? reply : reply.send(draftAnswer(draft));
    },
  );
  http.put(
    '/declaration-drafts/:id',
    {
      config: { action: 'draft.save' },
      schema: { tags, summary: 'save over the revision in If-Match', params: DraftId, body: DraftBody, response },
    },
    async (request, reply) => {
      const context = contextOf(database, request, reply);
      const draft = await saveDraft(context, request.params.id, revisionOf(request), request.body.content);
      return reply.header('ETag', `"${draft.revision}"`).send(draftAnswer(draft));
    },
  );
  http.delete(
    '/declaration-drafts/:id',
    {
      config: { action: 'draft.discard' },
      schema: {
        tags,
        summary: 'discard a draft',
        params: DraftId,
        response: { 204: z.null(), ...PROBLEMS, ...PRECONDITIONS },
      },
    },
    async (request, reply) => {
      await discardDraft(contextOf(database, request, reply), request.params.id, revisionOf(request));
      return reply.code(204).send(null);
    },
  );
}

function draftAnswer(draft: Draft) {
  // A replayed answer was JSON once: its date is text already.
  return { ...draft, savedAt: new Date(draft.savedAt).toISOString() };
}

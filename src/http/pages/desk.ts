import { z } from 'zod';
import { formatProof } from '../../domain/declarations/proof.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/access/actor.ts';
import { listDeclarations, readDeclaration } from '../../services/declarations/read-declaration.ts';
import { type Draft, listDrafts } from '../../services/declarations/drafts.ts';
import { readOrganisation } from '../../services/organisations/read-organisation.ts';
import { formOf } from '../../views/declarations/form-fields.ts';
import { ReceiptPage } from '../../views/declarations/receipt-page.tsx';
import { DeskPage, type ShownDraft } from '../../views/desk/desk-page.tsx';
import { inLanguage, link, withQuery } from '../../views/frame.ts';
import { contextWithKey } from '../context.ts';
import type { Http } from '../fastify.ts';
import { frameOf, type Pages, sendPrivatePage } from './frame.ts';
import { shownDeclaration } from './shown.ts';

export type Member = Extract<Actor, { kind: 'member' }>;

/** The logged-in person, or null after the reply was sent to the log-in page, from where the way leads back. */
export function memberOf(request: FastifyRequest, reply: FastifyReply, { lang }: Pages): Member | null {
  if (request.actor.kind === 'member') return request.actor;
  reply.redirect(inLanguage(lang, withQuery('/login', { next: request.url })), 303);
  return null;
}

/** The workbench: what is one's own, and where to go on. */
export function deskPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/desk', async (request, reply) => {
    const member = memberOf(request, reply, pages);
    if (!member) return reply;
    const { organisation, displayName, role } = member;
    const { creditCode, kind, name } = organisation;
    const isEnterprise = kind === 'enterprise';
    const own = await readOrganisation(database, creditCode);
    const [declarations, drafts] = isEnterprise
      ? await Promise.all([
          listDeclarations(database, { enterprise: creditCode, limit: 100 }),
          listDrafts(contextWithKey(database, request, null)),
        ])
      : [[], []];
    const page = DeskPage({
      frame: frameOf(request, pages),
      displayName,
      role,
      organisation: { name, creditCode, kind, invented: own.invented },
      declarations: declarations.map(shownDeclaration),
      drafts: drafts.map(shownDraft),
      accreditations: own.accreditations,
    });
    return sendPrivatePage(reply, page);
  });
  http.get(
    '/desk/receipt/:id',
    { schema: { params: z.object({ id: z.string().max(128) }) } },
    async (request, reply) => {
      const member = memberOf(request, reply, pages);
      if (!member) return reply;
      const { declaration, logIndex } = await readDeclaration(database, request.params.id);
      const frame = frameOf(request, pages);
      // The facts of a receipt are public; the page of it is for whoever declared.
      if (declaration.creditCode !== member.organisation.creditCode) {
        return reply.redirect(link(frame, `/s/${declaration.id}`), 303);
      }
      const { enterprise, number } = declaration.document;
      const proof = formatProof({ ...declaration, sha256: declaration.documentSha256 });
      const page = ReceiptPage({
        frame,
        id: declaration.id,
        number: number.canonical,
        enterprise: enterprise.name,
        publishedAt: declaration.publishedAt,
        sha256: declaration.documentSha256,
        logIndex,
        revision: declaration.revision,
        proof,
        proofAddress: new URL(link(frame, `/v/${proof}`), pages.settings.publicUrl).href,
        address: new URL(link(frame, `/s/${declaration.id}`), pages.settings.publicUrl).href,
      });
      return sendPrivatePage(reply, page);
    },
  );
}

function shownDraft({ id, revision, savedAt, content }: Draft): ShownDraft {
  const { fields } = formOf(content, ['standard']);
  const [number, name] = [fields['/standard/number'] ?? '', fields['/standard/name'] ?? ''];
  return { id, revision, savedAt: new Date(savedAt), number, name };
}

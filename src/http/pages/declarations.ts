import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CreditCodeMark } from '../../domain/enterprises/credit-code.ts';
import { may } from '../../domain/access/policy.ts';
import { parseGtin } from '../../domain/standards/gtin.ts';
import { readProof } from '../../services/declarations/read-proof.ts';
import {
  findBarcode,
  listCategories,
  type PublicDeclaration,
  readDeclaration,
  readEnterprise,
  readVersions,
} from '../../services/declarations/read-declaration.ts';
import { readListings } from '../../services/rankings/read-listings.ts';
import { readEnterpriseForerunners } from '../../services/forerunners/read-lists.ts';
import type { ShownDeclaration } from '../../views/components/declaration-rows.tsx';
import { BarcodePage } from '../../views/proofs/barcode-page.tsx';
import { ProofPage } from '../../views/proofs/proof-page.tsx';
import { DeclarationPage } from '../../views/declarations/declaration-page.tsx';
import { EnterprisePage } from '../../views/enterprises/enterprise-page.tsx';
import type { Http } from '../fastify.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { frameOf, type Pages, sendPage, sendPrivatePage } from './frame.ts';
import { shownDeclaration, shownFinding } from './shown.ts';

const ROWS = 100;

/** A declaration, and an enterprise with its declarations. */
export function declarationPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/s/:id', { schema: { params: z.object({ id: z.string().max(128) }) } }, async (request, reply) => {
    const [{ declaration, logIndex, findings, organisation, catalogued, today }, versions] = await Promise.all([
      readDeclaration(database, request.params.id),
      readVersions(database, request.params.id),
    ]);
    const categories = await listCategories(database, declaration.category);
    const listings = await readListings(database, declaration.id, declaration.category);
    const actions = actionsOf(request, declaration);
    const page = DeclarationPage({
      frame: frameOf(request, pages),
      declaration: { ...declaration, ...shownDeclaration(declaration) },
      category: categories.find(({ code }) => code === declaration.category) ?? null,
      creditCodeMark: (organisation?.creditCodeMark ?? 'unconfirmed') as CreditCodeMark | 'unconfirmed',
      invented: organisation?.invented ?? false,
      logIndex,
      findings: findings.map(shownFinding),
      versions,
      listings,
      catalogued,
      isDeregistered: organisation?.state === 'deregistered',
      today,
      actions,
    });
    return actions ? sendPrivatePage(reply, page) : sendPage(reply, page);
  });
  http.get('/b/:gtin', { schema: { params: z.object({ gtin: z.string().max(20) }) } }, async (request, reply) => {
    const declarations = await findBarcode(database, request.params.gtin);
    const gtin = parseGtin(request.params.gtin);
    const page = BarcodePage({
      frame: frameOf(request, pages),
      gtin: gtin.ok ? gtin.value : request.params.gtin,
      declarations: declarations.map(shownDeclaration),
    });
    return sendPage(reply, page, declarations.length === 0 ? 404 : 200);
  });
  http.get('/v/:code', { schema: { params: z.object({ code: z.string().max(160) }) } }, async (request, reply) =>
    sendProof(request, reply, request.params.code),
  );
  http.get(
    '/verify',
    { schema: { querystring: z.object({ code: z.string().max(160).optional() }) } },
    async (request, reply) => sendProof(request, reply, request.query.code ?? ''),
  );

  async function sendProof(request: FastifyRequest, reply: FastifyReply, typed: string): Promise<FastifyReply> {
    const proof = await readProof(database, typed);
    const shown =
      proof.kind === 'held'
        ? { ...proof, newest: { ...proof.newest, state: proof.newest.state as ShownDeclaration['state'] } }
        : proof;
    return sendPage(reply, ProofPage({ frame: frameOf(request, pages), typed, proof: shown }));
  }
  http.get(
    '/e/:creditCode',
    {
      schema: {
        params: z.object({ creditCode: z.string().max(18) }),
        querystring: z.object({ page: z.string().max(300).optional() }),
      },
    },
    async (request, reply) => {
      const after = readPageToken(request.query.page);
      const read = await readEnterprise(database, request.params.creditCode, after, ROWS);
      const last = read.declarations.at(-1);
      const { creditCode, creditCodeMark, name, invented, state } = read.organisation;
      const page = EnterprisePage({
        frame: frameOf(request, pages),
        enterprise: {
          creditCode,
          creditCodeMark: creditCodeMark as CreditCodeMark | 'unconfirmed',
          name,
          invented,
          isDeregistered: state === 'deregistered',
          former: read.former,
        },
        declarations: read.declarations.map(shownDeclaration),
        findings: read.findings.map(shownFinding),
        forerunners: await readEnterpriseForerunners(database, read.organisation.id),
        next: last && read.declarations.length === ROWS ? writePageToken(last.id) : null,
      });
      return sendPage(reply, page);
    },
  );
}

/** What the asker may do with a declaration that is in force, if it is of the own enterprise. */
function actionsOf({ actor }: FastifyRequest, declaration: PublicDeclaration) {
  const { organisationId, creditCode, state } = declaration;
  const isOwn = actor.kind === 'member' && actor.organisation.id === organisationId;
  if (!isOwn || state !== 'current' || !may(actor, 'draft.save').allowed) return null;
  const resource = { ownerId: organisationId, region: creditCode.slice(2, 8) };
  return { mayWithdraw: may(actor, 'declaration.withdraw', resource).allowed, idempotencyKey: randomUUID() };
}

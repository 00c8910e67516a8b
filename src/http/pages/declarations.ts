import { z } from 'zod';
import type { CreditCodeMark } from '../../domain/enterprises/credit-code.ts';
import { listCategories, readDeclaration, readEnterprise } from '../../services/declarations/read-declaration.ts';
import { DeclarationPage } from '../../views/declarations/declaration-page.tsx';
import { EnterprisePage } from '../../views/enterprises/enterprise-page.tsx';
import type { Http } from '../fastify.ts';
import { readPageToken, writePageToken } from '../page-token.ts';
import { frameOf, type Pages, sendPage } from './frame.ts';
import { shownDeclaration, shownFinding } from './shown.ts';

const ROWS = 100;

/** A declaration, and an enterprise with its declarations. */
export function declarationPages(http: Http, pages: Pages): void {
  const { database } = pages.settings;
  http.get('/s/:id', { schema: { params: z.object({ id: z.string().max(128) }) } }, async (request, reply) => {
    const { declaration, logIndex, findings, organisation } = await readDeclaration(database, request.params.id);
    const categories = await listCategories(database);
    const page = DeclarationPage({
      frame: frameOf(request, pages),
      declaration: { ...declaration, ...shownDeclaration(declaration) },
      category: categories.find(({ code }) => code === declaration.category) ?? null,
      creditCodeMark: (organisation?.creditCodeMark ?? 'unconfirmed') as CreditCodeMark | 'unconfirmed',
      invented: organisation?.invented ?? false,
      logIndex,
      findings: findings.map(shownFinding),
    });
    return sendPage(reply, page);
  });
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
      const { creditCode, creditCodeMark, name, invented } = read.organisation;
      const page = EnterprisePage({
        frame: frameOf(request, pages),
        enterprise: { creditCode, creditCodeMark: creditCodeMark as CreditCodeMark | 'unconfirmed', name, invented },
        declarations: read.declarations.map(shownDeclaration),
        findings: read.findings.map(shownFinding),
        next: last && read.declarations.length === ROWS ? writePageToken(last.id) : null,
      });
      return sendPage(reply, page);
    },
  );
}

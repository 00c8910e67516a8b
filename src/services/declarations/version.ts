import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import type { DeclarationEvent } from '../../domain/declarations/content.ts';
import { type DeclarationDocument, writeDocument } from '../../domain/declarations/document.ts';
import { writeLeaf } from '../../domain/log/leaf.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import type { DeclarationVersion } from '../../store/declaration-versions.ts';
import type { ServiceContext } from '../context.ts';
import { actorName } from '../../domain/access/actor.ts';
import { actingOrganisation } from '../context.ts';

/** Proves what was declared and when: the hash of the version's canonical bytes, which the public log also holds. */
export interface Receipt {
  readonly id: string;
  readonly revision: number;
  readonly number: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly document: string;
  readonly publishedAt: string;
}

/** What makes one accepted declaration a version: its place, the act, and who does it when. */
export interface VersionOf {
  readonly id: string;
  readonly revision: number;
  readonly event: DeclarationEvent;
  readonly act?: DeclarationDocument['act'];
  /** As the log writes it; `TIME_TO_COME` where the database writes it in. */
  readonly time: string;
  /** Of an authority's act: the declaration's holder, who stays its enterprise. */
  readonly holder?: Holder;
}

export interface Holder {
  readonly id: string;
  readonly creditCode: string;
  readonly name: string;
}

/** The rows and the receipt of one version; nothing is written here. */
export function makeVersion(
  context: ServiceContext,
  accepted: AcceptedDeclaration,
  of: VersionOf,
): { readonly version: Omit<DeclarationVersion, 'at'>; readonly receipt: Receipt } {
  const { organisation: acting, userId } = actingOrganisation(context);
  const holder = of.holder ?? acting;
  const { content, number } = accepted;
  const enterprise = { code: holder.creditCode, name: holder.name };
  const document: DeclarationDocument = {
    v: 1,
    id: of.id,
    revision: of.revision,
    event: of.event,
    enterprise,
    number: { canonical: number.canonical, compact: number.compact },
    content,
    ...(of.act ? { act: of.act } : {}),
  };
  const written = writeDocument(document);
  const leaf = writeLeaf({
    t: `declaration.${of.event}`,
    id: of.id,
    rev: of.revision,
    ent: holder.creditCode,
    doc: written.sha256,
    files: content.text ? [content.text.sha256] : [],
    at: of.time,
  });
  return {
    version: {
      id: of.id,
      revision: of.revision,
      event: of.event,
      organisationId: holder.id,
      creditCode: holder.creditCode,
      numberCompact: number.compact,
      level: number.level,
      category: content.category,
      subject: content.subject,
      barcodes: content.products.flatMap((product) => product.barcodes ?? []),
      searchText: searchText(accepted, enterprise),
      document: written.text,
      documentSha256: written.sha256,
      author: userId,
      signer: content.commitment?.signer ?? null,
      leaf,
      actor: actorName(context.actor),
      requestId: context.requestId,
      actingOrganisationId: acting.id,
    },
    receipt: {
      id: of.id,
      revision: of.revision,
      number: number.canonical,
      enterprise,
      document: written.sha256,
      publishedAt: of.time,
    },
  };
}

/** 公开编号: the enterprise's code and a number that the register gives once. */
export function declarationId(creditCode: string, number: number): string {
  return `${creditCode}.D${String(number).padStart(8, '0')}`;
}

/** What the search looks through: folded, and bounded so that the index stays small. */
function searchText(
  { content, number }: AcceptedDeclaration,
  enterprise: { readonly code: string; readonly name: string },
): string {
  const products = content.products.flatMap((product) => [
    product.name,
    product.genericName ?? '',
    product.brand ?? '',
    ...product.models.slice(0, 5),
  ]);
  return foldForSearch(
    [number.canonical, number.compact, content.standard.name, enterprise.name, enterprise.code, ...products].join(' '),
  ).slice(0, 500);
}

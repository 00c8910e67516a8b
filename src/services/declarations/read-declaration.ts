import { text } from '../../domain/fault.ts';
import { differencesOf } from '../../domain/declarations/difference.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { parseGtin } from '../../domain/standards/gtin.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import { type Database, publicRead } from '../../store/database.ts';
import {
  countPublic,
  findByBarcode,
  findDeclaration,
  findVersion,
  listCategories as categories,
  listDeclarations as list,
  listVersions,
  searchDeclarations,
  type PublicCounts,
  type StoredDeclaration,
} from '../../store/declarations.ts';
import { listFormerIdentities } from '../../store/enterprise-life.ts';
import { publishedFindings, publishedFindingsOf } from '../../store/findings.ts';
import { findLogEntry } from '../../store/log.ts';
import { findOrganisation, findOrganisationByCode } from '../../store/organisations.ts';
import { findRulesVersion, findStandards } from '../../store/standards.ts';
import { chineseDay } from './load-rules.ts';
import { findPublicOrganisation } from '../organisations/read-organisation.ts';
import { invalid, notFound } from '../refusal.ts';

export type PublicDeclaration = Omit<StoredDeclaration, 'document'> & { readonly document: DeclarationDocument };

function opened(stored: StoredDeclaration): PublicDeclaration {
  return { ...stored, document: JSON.parse(stored.document) as DeclarationDocument };
}

/** A declaration with its place in the log, its published findings, and what the catalogue says of an executed standard. */
export async function readDeclaration(database: Database, id: string) {
  const stored = await publicRead(database, (db) => findDeclaration(db, id));
  if (!stored) throw notFound(text('声明', 'declaration'), '#path/id', id);
  const document = JSON.parse(stored.document) as DeclarationDocument;
  const [logged, findings, organisation, standards] = await publicRead(database, (db) =>
    Promise.all([
      findLogEntry(db, `declaration.${document.event}`, id, stored.revision),
      publishedFindings(db, id),
      findOrganisation(db, stored.organisationId),
      findStandards(db, [document.number.compact]),
    ]),
  );
  const isOwn = document.number.canonical.startsWith('Q/');
  return {
    declaration: { ...stored, document },
    logIndex: logged?.idx ?? null,
    findings,
    organisation,
    /** Of an executed standard: its catalogue entry, or null where the catalogue lacks it; undefined for own standards. */
    catalogued: isOwn ? undefined : (standards.get(document.number.compact) ?? null),
    today: await registerDay(database),
  };
}

/** The exact bytes of one version, whose SHA-256 the receipt and the log hold. */
export async function readVersion(database: Database, id: string, revision: number) {
  const version = await publicRead(database, (db) => findVersion(db, id, revision));
  if (!version) throw notFound(text('声明版本', 'version of a declaration'), '#path/revision', `${id}/${revision}`);
  return version;
}

/** The calendar day of the register. */
async function registerDay(database: Database): Promise<string> {
  const { now } = await publicRead(database, findRulesVersion);
  return chineseDay(now);
}

/** Every version of a declaration with what changed in it, oldest first. */
export async function readVersions(database: Database, id: string) {
  const versions = await publicRead(database, (db) => listVersions(db, id));
  if (versions.length === 0) throw notFound(text('声明', 'declaration'), '#path/id', id);
  const documents = versions.map(({ document }) => JSON.parse(document) as DeclarationDocument);
  return versions.map((version, i) => {
    const [before, document] = [documents[i - 1], documents[i] as DeclarationDocument];
    return { ...version, document, differences: before ? differencesOf(before.content, document.content) : [] };
  });
}

/** Current declarations of a product by its barcode, as printed. */
export async function findBarcode(database: Database, typed: string): Promise<readonly PublicDeclaration[]> {
  const gtin = parseGtin(typed, '#path/gtin');
  if (!gtin.ok) throw invalid([gtin.problem]);
  return (await publicRead(database, (db) => findByBarcode(db, gtin.value))).map(opened);
}

export async function listDeclarations(
  database: Database,
  filter: { readonly category?: string; readonly enterprise?: string; readonly after?: string; readonly limit: number },
): Promise<readonly PublicDeclaration[]> {
  return publicRead(database, async (db) => {
    const { enterprise, ...rest } = filter;
    if (!enterprise) return (await list(db, rest)).map(opened);
    const organisation = await findOrganisationByCode(db, enterprise);
    return organisation ? (await list(db, { ...rest, organisationId: organisation.id })).map(opened) : [];
  });
}

export async function search(database: Database, query: string, limit: number): Promise<readonly PublicDeclaration[]> {
  const folded = foldForSearch(query);
  if (folded === '') return [];
  return (await publicRead(database, (db) => searchDeclarations(db, folded, limit))).map(opened);
}

/** An enterprise with its declarations and the findings published on them. */
export async function readEnterprise(database: Database, creditCode: string, after: string | undefined, limit: number) {
  const organisation = await findPublicOrganisation(database, creditCode);
  if (!organisation || organisation.kind !== 'enterprise') {
    throw notFound(text('企业', 'enterprise'), '#path/creditCode', creditCode);
  }
  const declarations = await publicRead(database, (db) =>
    list(db, { organisationId: organisation.id, limit, ...(after ? { after } : {}) }),
  );
  const [findings, former] = await publicRead(database, (db) =>
    Promise.all([publishedFindingsOf(db, organisation.id), listFormerIdentities(db, organisation.id)]),
  );
  return { organisation, declarations: declarations.map(opened), findings, former };
}

/** Product categories; with `query`, also the classes of GB/T 4754 whose name or code contains it. */
export function listCategories(database: Database, query?: string) {
  return publicRead(database, (db) => categories(db, query));
}

/** Counting four million rows takes a quarter of a second, so a count serves every reader of the next ten. */
const COUNTED_FOR_MS = 10_000;
const counted = new WeakMap<Database, { readonly until: number; readonly counts: Promise<PublicCounts> }>();

/** How much is public, as of at most ten seconds ago; the answer says when. */
export function publicCounts(database: Database): Promise<PublicCounts> {
  const known = counted.get(database);
  if (known && known.until > performance.now()) return known.counts;
  const counts = publicRead(database, (db) => countPublic(db));
  counted.set(database, { until: performance.now() + COUNTED_FOR_MS, counts });
  counts.catch(() => counted.delete(database));
  return counts;
}

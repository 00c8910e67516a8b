import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { NO_PREMISES, type Premises } from '../../domain/comparisons/premises.ts';
import { comparablePart, previewer, type SchemePreview } from '../../domain/schemes/preview.ts';
import { publicRead } from '../../store/database.ts';
import { listNewestDocuments } from '../../store/declaration-documents.ts';
import { mappingsOfRun } from '../comparisons/premises-of-run.ts';
import { actingOrganisation, authorise, type Database, type ServiceContext } from '../context.ts';
import { transact } from '../transact.ts';

/** Some 60 µs a declaration: a second and a quarter, in parts that hold nobody up. */
export const MOST_PREVIEWED = 20_000;
const AT_ONCE = 500;

export interface ReadPreview extends SchemePreview {
  /** More declarations are public than were looked at: these are the newest. */
  readonly bounded: boolean;
}

/** What the declarations of today would come to by a draft, with the readings of names of the own body. */
export async function previewDraft(context: ServiceContext, content: unknown): Promise<ReadPreview | null> {
  authorise(context, 'scheme-draft.read');
  const { organisation } = actingOrganisation(context);
  const category = categoryOf(content);
  const part = comparablePart(content);
  if (category === null || !part) return null;
  const mappings = await transact({ ...context, idempotency: null }, (tx) =>
    mappingsOfRun(tx, organisation.id, category),
  );
  return previewOf(context.database, category, part, { ...NO_PREMISES, mappings }, MOST_PREVIEWED);
}

/** The same of a version that is public already, for its page: without anybody's readings, and of fewer. */
export async function previewPublished(
  database: Database,
  document: string,
  most: number,
): Promise<ReadPreview | null> {
  const content: unknown = JSON.parse(document);
  const category = categoryOf(content);
  const part = comparablePart(content);
  return category !== null && part ? previewOf(database, category, part, NO_PREMISES, most) : null;
}

async function previewOf(
  database: Database,
  category: string,
  { scheme, whole }: NonNullable<ReturnType<typeof comparablePart>>,
  premises: Premises,
  most: number,
): Promise<ReadPreview> {
  const counting = previewer(scheme, whole, premises);
  for (let from = 0; from < most; from += AT_ONCE) {
    const documents = await publicRead(database, (db) => listNewestDocuments(db, category, from, AT_ONCE));
    for (const document of documents) counting.take(JSON.parse(document) as DeclarationDocument);
    if (documents.length < AT_ONCE) return { ...counting.preview(), bounded: false };
    await nextTurn();
  }
  const further = await publicRead(database, (db) => listNewestDocuments(db, category, most, 1));
  return { ...counting.preview(), bounded: further.length > 0 };
}

function categoryOf(content: unknown): string | null {
  const category = (content as { readonly category?: unknown } | null)?.category;
  return typeof category === 'string' ? category : null;
}

import { type Explanation, explain } from '../../domain/comparisons/explain.ts';
import { type NextGrade, nextGrade } from '../../domain/comparisons/next-grade.ts';
import { Premises } from '../../domain/comparisons/premises.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { text } from '../../domain/fault.ts';
import { type ListEntry } from '../../domain/rankings/entry.ts';
import type { RowChange } from '../../domain/rankings/row-change.ts';
import { findChangeOf } from '../../store/ranking-lists.ts';
import type { Database } from '../../store/database.ts';
import { notFound } from '../refusal.ts';
import { asPublic, type ReadEdition, readNamed, readRowOf } from './read-list.ts';

/** How a row of an edition came to be, down to the bytes that were declared. */
export interface Provenance {
  readonly entry: ListEntry;
  readonly document: DeclarationDocument;
  readonly explanation: Explanation;
  readonly next: NextGrade | null;
  /** What this edition says of the row's change, if it changed. */
  readonly change: RowChange | null;
}

/** Refused as not found where the declaration took no part in the comparison. */
export async function readProvenance(database: Database, read: ReadEdition, declaration: string): Promise<Provenance> {
  const reading = asPublic(database);
  const entry = await readRowOf(reading, read, declaration);
  const [document] = entry ? await readNamed(reading, [entry]) : [];
  if (!entry || !document)
    throw notFound(text('参与比对的声明', 'declaration that was compared'), '#path/declaration', declaration);
  const premises = Premises.parse(JSON.parse(read.edition.premises));
  const explanation = explain(read.scheme, premises, document);
  const line = await reading((db) => findChangeOf(db, read.edition.id, declaration));
  return {
    entry,
    document,
    explanation,
    next: nextGrade(read.scheme, explanation.result),
    change: line === null ? null : (JSON.parse(line) as RowChange),
  };
}

import { comparer } from '../../domain/comparisons/compare.ts';
import { type NextGrade, nextGrade } from '../../domain/comparisons/next-grade.ts';
import { NO_PREMISES, Premises } from '../../domain/comparisons/premises.ts';
import type { ComparisonResult } from '../../domain/comparisons/result.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { readableContent } from '../../domain/declarations/check-by.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { type ListHead, rankOf } from '../../domain/rankings/list.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { publicRead } from '../../store/database.ts';
import { findLatestEdition } from '../../store/ranking-lists.ts';
import { readRegister } from '../../store/register.ts';
import { findDocumentsInForce } from '../../store/schemes.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';

/** Where a declaration would stand by one scheme in force. */
export interface Standing {
  readonly scheme: Scheme;
  readonly result: ComparisonResult;
  readonly next: NextGrade | null;
  /** Among the rows of the newest edition of the list; null without a grade, or before the first edition. */
  readonly place: {
    readonly edition: number;
    readonly rank: number;
    readonly listed: number;
    readonly sameGrade: number;
  } | null;
}

/**
 * Where a declaration that is not published yet would stand, by every scheme in force for its category: its result, its
 * rank among the newest edition, and the nearest change that would move it a grade up. Stores nothing. Grades are discrete,
 * so the rank is one more than the rows of better grades, which the edition's head holds: no list is read.
 */
export async function previewStanding(
  context: ServiceContext,
  content: DeclarationContent,
): Promise<readonly Standing[]> {
  authorise(context, 'declaration.check');
  const { organisation } = actingOrganisation(context);
  const { database } = context;
  const { now } = await readRegister(database);
  const documents = await publicRead(database, (db) => findDocumentsInForce(db, content.category, dayInBeijing(now)));
  const document = {
    v: 1 as const,
    id: 'preview',
    revision: 1,
    event: 'published' as const,
    enterprise: { code: organisation.creditCode, name: organisation.name },
    number: { canonical: content.standard.number, compact: content.standard.number },
    content: readableContent(content),
  };
  const standings: Standing[] = [];
  for (const text of documents) {
    const scheme = Scheme.parse(JSON.parse(text));
    const edition = await publicRead(database, (db) => findLatestEdition(db, scheme.code));
    const head = edition ? (JSON.parse(edition.head) as ListHead) : null;
    // The body's readings of names as its newest edition used them; what else was frozen for it concerns its own rows.
    const { mappings, standards } = edition?.premises ? Premises.parse(JSON.parse(edition.premises)) : NO_PREMISES;
    const { compare } = comparer(scheme, { ...NO_PREMISES, mappings, standards });
    const { keys: _, cited: __, ...result } = compare(document);
    const rank = head && !result.excluded ? rankOf(head, result.grade) : null;
    standings.push({
      scheme,
      result,
      next: nextGrade(scheme, result),
      place:
        head && edition?.edition && rank !== null && result.grade !== null
          ? { edition: edition.edition, rank, listed: head.entries, sameGrade: head.grades[result.grade] }
          : null,
    });
  }
  return standings;
}

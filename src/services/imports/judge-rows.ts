import { canonicalJson, type CanonicalValue } from '../../domain/canonical.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import type { AcceptedDeclaration, CheckedDeclaration } from '../../domain/declarations/check-by.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { standing } from '../../domain/declarations/finding.ts';
import { answerFindings, type WaiverForAll } from '../../domain/imports/answer.ts';
import type { CellFault } from '../../domain/imports/sheet.ts';
import type { RowVerdict } from '../../domain/imports/states.ts';
import { parseStandardNumber, type StandardNumber } from '../../domain/standards/number.ts';
import { publicRead } from '../../store/database.ts';
import { findCurrentDocuments } from '../../store/declaration-documents.ts';
import type { ImportedRow } from '../../formats/read-declarations.ts';
import { actingOrganisation, type ServiceContext } from '../context.ts';
import { checkContent } from '../declarations/check-content.ts';
import { askRegister, registerFindings } from '../declarations/register-findings.ts';

/** What becomes of one row, and what is told of its cells. */
export interface JudgedRow {
  readonly row: number;
  readonly verdict: RowVerdict | 'bad';
  readonly accepted: AcceptedDeclaration | null;
  readonly number: StandardNumber | null;
  readonly contentSha256: string;
  readonly faults: readonly CellFault[];
}

/** Checks rows by every rule that publishing has, the register's knowledge included; answers what the sender answered. */
export async function judgeRows(
  context: ServiceContext,
  rows: readonly ImportedRow[],
  waiver: WaiverForAll | null,
): Promise<readonly JudgedRow[]> {
  const { organisation } = actingOrganisation(context);
  const checked = await Promise.all(rows.map((row) => checkRow(context, row, waiver)));
  const given = checked.flatMap((one) => (one ? [one] : []));
  const knows = await askRegister(context.database, organisation.id, given);
  const holders = await publicRead(context.database, (db) => findCurrentDocuments(db, [...knows.numbers.values()]));
  return rows.map((row, i): JudgedRow => {
    const one = checked[i];
    if (!row.content.ok || !one) return unreadable(row);
    const common = { row: row.row, number: one.number, contentSha256: hashOf(row.content.value) };
    const holder = holders.get(one.number?.level === 'enterprise' ? (knows.numbers.get(one.number.compact) ?? '') : '');
    if (holder && isSame(one, holder)) return { ...common, verdict: 'already', accepted: null, faults: row.remarks };
    const found = [...standing(one.checked.findings), ...registerFindings(one, knows)];
    const faults = [...found.map((finding) => row.place(finding)), ...row.remarks];
    const worst = faults.map(({ severity }) => severity);
    const isBad = worst.includes('refuse') || worst.includes('state');
    const verdict = isBad ? 'bad' : worst.includes('warn') ? 'warned' : 'good';
    return { ...common, verdict, accepted: verdict === 'good' ? one.checked.accepted : null, faults };
  });
}

interface Checked {
  readonly content: DeclarationContent;
  readonly number: StandardNumber | null;
  readonly checked: CheckedDeclaration;
}

async function checkRow(
  context: ServiceContext,
  { content, statement }: ImportedRow,
  waiver: WaiverForAll | null,
): Promise<Checked | null> {
  if (!content.ok) return null;
  const number = parseStandardNumber(content.value.standard.number);
  const checked = await checkContent(context.database, content.value);
  const answered = answerFindings(content.value, standing(checked.findings), statement, waiver);
  return {
    content: answered ?? content.value,
    number: number.ok ? number.value : null,
    checked: answered ? await checkContent(context.database, answered) : checked,
  };
}

function unreadable(row: ImportedRow): JudgedRow {
  const problems = row.content.ok ? [] : row.content.problem;
  const faults = [...problems.map((fault) => row.place(fault)), ...row.remarks];
  return { row: row.row, verdict: 'bad', accepted: null, number: null, contentSha256: '', faults };
}

/** What is declared, without the answers to findings, which a file and a form give in different ways. */
function declared(given: DeclarationContent): string {
  const { statements: _statements, waivers: _waivers, ...content } = given;
  return canonicalJson(content satisfies object as unknown as CanonicalValue);
}

function hashOf(content: DeclarationContent): string {
  return sha256Hex(declared(content));
}

/** Whether the number's present declaration says the same. A declaration holds numbers and units in their one form. */
function isSame({ content, checked }: Checked, document: string): boolean {
  const stands = declared((JSON.parse(document) as DeclarationDocument).content);
  return [content, ...(checked.accepted ? [checked.accepted.content] : [])].some((one) => declared(one) === stands);
}

import { sha256Hex } from '../../domain/bytes.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import { checkReport, type ReportFacts } from '../../domain/forerunners/input.ts';
import { readForerunnerList } from '../../domain/forerunners/list-text.ts';
import { MOST_REPORT_BYTES, MOST_REPORTS, REPORT_TYPES } from '../../domain/forerunners/vocabulary.ts';
import { sniffEvidence } from '../../formats/sniff-evidence.ts';
import type { Transaction } from '../../store/database.ts';
import { findForerunnerEdition } from '../../store/forerunner-editions.ts';
import { insertReport } from '../../store/forerunner-papers.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { candidateOf, type HeldRound, loadRound, refuseOutOfTurn, unknownCandidate } from './load-round.ts';

/** 检测报告: its facts and hash are public at once, its bytes are for the parties. A later one takes its place. */
export async function sendReport(
  context: ServiceContext,
  id: string,
  declaration: string,
  facts: ReportFacts,
  bytes: Uint8Array,
) {
  return transact(context, async (tx) => {
    const held = await loadRound(tx, id);
    const candidate = candidateOf(held, declaration);
    authorise(context, 'forerunner.send-report', candidate ? { ownerId: candidate.organisationId } : {});
    if (!held || !candidate) throw unknownCandidate(declaration);
    const { organisation } = actingOrganisation(context);
    refuseOutOfTurn('report', held);
    // What was checked is what is listed.
    if (candidate.state === 'complete') throw checkedBefore();
    const n = (candidate.report?.n ?? 0) + 1;
    const sha256 = sha256Hex(bytes);
    const type = sniffEvidence(bytes);
    const earlier = await listedWith(tx.db, held, declaration);
    const faults = [...checkFile(bytes, type, n), ...checkReport(facts, sha256, earlier, held.today)];
    if (faults.length > 0 || type === null) throw invalid(faults);
    const { number, laboratory, mark, markNumber, reportedOn } = facts;
    const said = { number, laboratory, mark, markNumber, reportedOn, type, sha256 };
    const of = { roundId: id, declarationId: declaration, n, organisationId: organisation.id };
    await insertReport(tx, { ...of, ...said }, bytes);
    await audit(tx, context, 'forerunner.send-report', `${id}/${declaration}`, { n, sha256 });
    return { round: id, declaration, n, sha256 };
  });
}

/** Of a renewal: the hash of the report with which the entry was listed. */
async function listedWith(db: Transaction['db'], { round }: HeldRound, declaration: string): Promise<string | null> {
  if (round.kind !== 'renewal') return null;
  const edition = await findForerunnerEdition(db, round.listCode, 'latest');
  const { entries } = edition ? readForerunnerList(edition.document) : { entries: [] };
  return entries.find((entry) => entry.declaration === declaration)?.report.sha256 ?? null;
}

function checkFile(bytes: Uint8Array, type: string | null, n: number): readonly Fault[] {
  if (n > MOST_REPORTS) {
    const expected = text(`至多上传 ${MOST_REPORTS} 次`, `sent at most ${MOST_REPORTS} times`);
    return [fault('/report', 'forerunner.report-count', n, expected, text('请联系评估机构', 'ask the body'))];
  }
  if (bytes.length === 0 || bytes.length > MOST_REPORT_BYTES) {
    const expected = text('1 B–10 MiB', '1 B to 10 MiB');
    return [fault('/report', 'evidence.size', bytes.length, expected, text('请压缩后再上传', 'make it smaller'))];
  }
  if (type) return [];
  const expected = text(REPORT_TYPES.join('、'), REPORT_TYPES.join(', '));
  return [
    fault('/report', 'evidence.type', null, expected, text('请另存为 PDF 或图片', 'save it as PDF or a picture')),
  ];
}

function checkedBefore() {
  return conflict(
    text('该候选的核查已经确认', 'the checks of this candidate are confirmed already'),
    '#path/declaration',
    null,
    text('核查尚未确认的候选', 'a candidate whose checks are not confirmed'),
    text('请联系评估机构', 'ask the body'),
  );
}

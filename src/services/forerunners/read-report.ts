import { text } from '../../domain/fault.ts';
import { listReports } from '../../store/forerunner-rounds.ts';
import { readReport as read } from '../../store/forerunner-papers.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

/** The report of a candidate, for its enterprise, the body of the round, the coordinating body and regulators. */
export async function readReport(context: ServiceContext, id: string, declaration: string) {
  authorise(context, 'forerunner.read-report');
  return transact({ ...context, idempotency: null }, async (tx) => {
    const report = (await listReports(tx.db, [id])).find((one) => one.declarationId === declaration);
    const content = report ? await read(tx.db, id, declaration, report.n) : null;
    if (!report || !content) throw notFound(text('检测报告', 'test report'), '#path/declaration', declaration);
    return { type: report.type, sha256: report.sha256, content };
  });
}

import { arrangementDocument, type CalendarYear, checkArrangement } from '../../domain/calendar/arrangement.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { insertYear, listYears } from '../../store/calendar.ts';
import { lockName } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';

/** The coordinating body publishes a year's arrangement; every deadline that lies in it is counted anew from then on. */
export async function publishYear(context: ServiceContext, year: number, input: CalendarYear) {
  authorise(context, 'calendar.publish');
  const { organisation, userId } = actingOrganisation(context);
  const faults = checkArrangement(year, input);
  if (faults.length > 0) throw invalid(faults);
  return transact(context, async (tx) => {
    await lockName(tx, `calendar ${year}`);
    const revision = (await listYears(tx.db)).filter((one) => one.year === year).length + 1;
    const document = arrangementDocument(year, input);
    const doc = sha256Hex(document);
    await insertYear(tx, {
      year,
      revision,
      document,
      documentSha256: doc,
      organisationId: organisation.id,
      publishedBy: userId,
      publishedAt: tx.now,
    });
    await addToLog(tx, { t: 'calendar.published', id: String(year), rev: revision, doc, at: logTime(tx.now) });
    await audit(tx, context, 'calendar.publish', String(year), { revision, source: input.source });
    return { year, revision, sha256: doc };
  });
}

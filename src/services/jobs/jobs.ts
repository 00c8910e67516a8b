import { text } from '../../domain/fault.ts';
import { publicRead } from '../../store/database.ts';
import { listUnfinishedJobs, reviveJob } from '../../store/outbox.ts';
import { audit } from '../audit.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

/** Jobs that are not done, for the operator. */
export async function listJobs(context: ServiceContext) {
  authorise(context, 'job.read');
  return publicRead(context.database, (db) => listUnfinishedJobs(db));
}

/** Gives a job that was given up its tries back. */
export async function retryJob(context: ServiceContext, key: string): Promise<{ readonly jobKey: string }> {
  authorise(context, 'job.retry');
  return transact(context, async (tx) => {
    if (!(await reviveJob(tx, key))) throw notFound(text('已放弃的任务', 'job that was given up'), '#path/key', key);
    await audit(tx, context, 'job.retry', key);
    return { jobKey: key };
  });
}

import { text } from '../fault.ts';
import { type Check, notProvable } from './check.ts';
import type { PublishedFiles } from './names.ts';
import { readPublished } from './published.ts';
import { redrawRead } from './redraw.ts';
import { checkEntropy } from './verify-entropy.ts';
import { checkForms, checkFrameCount, checkHashes, checkNames, checkResult, checkTake } from './verify-files.ts';

/**
 * Checks everything that the published files of a draw let one check (rd1 §1.3–1.9), without trusting who published them.
 * The draw stands if no check failed; what stays `not-provable` has to be looked up where its note says.
 */
export function verifyDraw(files: PublishedFiles): readonly Check[] {
  const read = readPublished(files);
  const redrawn = redrawRead(files, read);
  const result = redrawn.ok ? redrawn.value : undefined;
  return [
    ...checkForms(files, read),
    ...checkHashes(files, read),
    checkFrameCount(read),
    checkNames(read),
    ...checkEntropy(files, read),
    checkTake(read, result),
    checkResult(files, result),
    ...outsideTheFiles(files),
  ];
}

export function isRefused(checks: readonly Check[]): boolean {
  return checks.some(({ status }) => status === 'failed');
}

/** What only the log, or a file that is not published, can show. */
function outsideTheFiles(files: PublishedFiles): readonly Check[] {
  const log = notProvable(
    'log',
    text('计划在熵产生之前已写入日志', 'the plan was logged before the entropy existed'),
    text('请核对日志中计划的收据', 'check the plan’s receipt in the log'),
  );
  if (!files.has('exclude.tsv') && !files.has('recuse.tsv')) return [log];
  const late = notProvable(
    'late-changes',
    text(
      '剔除和退出名单即日志所载，证据属实',
      'exclude and recuse lists are those of the log, and their evidence holds',
    ),
    text(
      '请核对日志 draw.result 中两份文件的哈希，并查阅证据',
      'compare their hashes in the log’s draw.result, and see the evidence',
    ),
  );
  return [log, late];
}

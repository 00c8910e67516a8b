import type { Check, CheckStatus } from '../domain/spot-checks/check.ts';
import { isRefused, verifyDraw } from '../domain/spot-checks/verify.ts';
import { describeFault, type Io, orUsage, readDirectoryArgument } from './command.ts';
import { readDraw } from './read-draw.ts';

export const help = `用法：lingpao verify-draw DIR
检查一次抽取的公开文件：格式、顺序、哈希、熵、承诺、信标签名，并重算结果。
✓ 通过  ✗ 不通过  ? 仅凭这些文件无法证明
退出码：0 没有不通过的项；1 有不通过的项；2 用法有误或文件无法读取。

Usage: lingpao verify-draw DIR
Checks the published files of a draw: form, order, hashes, entropy, commitments, beacon, and runs it again.
✓ passed  ✗ failed  ? these files alone cannot prove it
Exit code: 0 nothing failed; 1 something failed; 2 wrong usage or an unreadable file.
`;

const MARKS: Readonly<Record<CheckStatus, string>> = { passed: '✓', failed: '✗', 'not-provable': '?' };

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const directory = readDirectoryArgument(args);
    if (directory === undefined) {
      io.stdout(help);
      return 0;
    }
    const checks = verifyDraw(await readDraw(directory));
    io.stdout(checks.map(describeCheck).join(''));
    io.stdout(summary(checks));
    return isRefused(checks) ? 1 : 0;
  });
}

function describeCheck({ status, title, note, faults }: Check): string {
  const zh = note ? `${title.zh}（${note.zh}）` : title.zh;
  const en = note ? `${title.en} (${note.en})` : title.en;
  return `${MARKS[status]} ${zh} / ${en}\n${faults.map(describeFault).join('\n')}`;
}

function summary(checks: readonly Check[]): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  const [passed, failed, open] = [count('passed'), count('failed'), count('not-provable')];
  return `通过 ${passed}，不通过 ${failed}，无法证明 ${open} / ${passed} passed, ${failed} failed, ${open} not provable\n`;
}

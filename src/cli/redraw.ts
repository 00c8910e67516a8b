import { redraw } from '../domain/spot-checks/redraw.ts';
import { describeFault, type Io, orUsage, readDirectoryArgument } from './command.ts';
import { readDraw } from './read-draw.ts';

export const help = `用法：lingpao redraw DIR
由公开文件重新抽取，把 result.tsv 的内容逐字节写到标准输出。
DIR 含 plan.json、frame.tsv、roster.tsv、avoid.tsv、seed.txt，可另含 exclude.tsv、recuse.tsv。
退出码：0 已重算；1 文件有误；2 用法有误或文件无法读取。

Usage: lingpao redraw DIR
Runs a draw again from its published files and writes result.tsv, byte for byte, to standard output.
DIR holds plan.json, frame.tsv, roster.tsv, avoid.tsv, seed.txt and, if published, exclude.tsv, recuse.tsv.
Exit code: 0 redrawn; 1 a file is at fault; 2 wrong usage or an unreadable file.
`;

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const directory = readDirectoryArgument(args);
    if (directory === undefined) {
      io.stdout(help);
      return 0;
    }
    const redrawn = redraw(await readDraw(directory));
    if (redrawn.ok) {
      io.stdout(redrawn.value.result);
      return 0;
    }
    io.stderr('不能重算：文件有误 / cannot redraw: the files are at fault\n');
    for (const fault of redrawn.problem) io.stderr(`${describeFault(fault)}\n`);
    return 1;
  });
}

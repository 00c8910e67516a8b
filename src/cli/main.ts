import * as backup from './backup.ts';
import * as check from './check.ts';
import type { Io } from './command.ts';
import * as compare from './compare.ts';
import * as redraw from './redraw.ts';
import * as restore from './restore.ts';
import * as verifyDraw from './verify-draw.ts';
import * as verifyList from './verify-list.ts';

interface Command {
  readonly help: string;
  run(args: string[], io: Io): Promise<number>;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['redraw', redraw],
  ['verify-draw', verifyDraw],
  ['verify-list', verifyList],
  ['check', check],
  ['compare', compare],
  ['backup', backup],
  ['restore', restore],
]);

const HELP = `用法 Usage: lingpao <command> [--help]

  redraw DIR                                     由公开文件重新抽取  run a draw again from its published files
  verify-draw DIR                                核验一次抽取        check everything about a draw
  verify-list FILE|URL                           复算一期榜单        recompute an edition from its published inputs
  check FILE --rules PACK                        离线校验声明        check declarations offline, by the register's rules
  compare --scheme FILE --declarations FILE      离线比对            compare offline, by the worker's rules
  backup FILE                                    备份整个登记库      back the whole register up
  restore FILE                                   恢复到空数据库      restore into an empty database
`;

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  const io: Io = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  };
  if (name === '--help' || name === '-h') {
    io.stdout(HELP);
    return 0;
  }
  const command = COMMANDS.get(name ?? '');
  if (command) return command.run(rest, io);
  io.stderr(
    name === undefined ? `缺少命令 / a command is missing\n${HELP}` : `没有命令 ${name} / no command ${name}\n${HELP}`,
  );
  return 2;
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 70;
  },
);

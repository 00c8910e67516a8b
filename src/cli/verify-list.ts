import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type KitCheck, KitError, type KitVerdict, verifyKit } from '../domain/rankings/kit.ts';
import { type Io, orUsage, parseOrRefuse, UsageError } from './command.ts';
import { progressBar } from './progress.ts';

export const help = `用法：lingpao verify-list FILE|URL
由公开的输入重新计算一期榜单，逐字节与发布的榜单比较，指出第一处不同。FILE 是榜单页上的“复算包”（.jsonl，可 .gz），
离线进行；URL 是复算包的地址，或榜单页、接口中该期的地址。
✓ 一致  ✗ 不一致。榜单的 SHA-256 是否就是公开日志所记的，请用日志核对。
退出码：0 全部一致；1 有不一致；2 用法有误、文件无法读取或不是复算包。

Usage: lingpao verify-list FILE|URL
Recomputes an edition of a ranking list from its published inputs, compares it byte by byte with what was published, and
names the first difference. FILE is the recomputation kit of the list's page (.jsonl, or .gz), offline; URL is that of the
kit, or of the edition as a page or in the API.
✓ equal  ✗ different. Whether the list's SHA-256 is the one in the public log, the log says.
Exit code: 0 all equal; 1 something differs; 2 wrong usage, an unreadable file, or no kit.
`;

const NAMES: Readonly<Record<KitCheck['name'], string>> = {
  engine: '比对规则版本 the engine',
  list: '榜单的 SHA-256 of the list',
  scheme: '评估方案 the scheme',
  premises: '比对条件 the premises',
  previous: '上一期 the edition before',
  inputs: '参与比对的声明 the declarations',
  recomputed: '复算结果 the recomputed list',
};

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const source = readSource(args);
    if (source === null) {
      io.stdout(help);
      return 0;
    }
    const verdict = await verify(source);
    io.stdout(describe(verdict));
    return verdict.checks.every(({ holds }) => holds) ? 0 : 1;
  });
}

function readSource(args: string[]): string | null {
  const { values, positionals } = parseOrRefuse({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return null;
  const [source, ...more] = positionals;
  if (source === undefined) throw new UsageError('缺少 FILE 或 URL / FILE or URL is missing');
  if (more.length > 0) throw new UsageError(`多余的参数 / too many arguments: ${more.join(' ')}`);
  return source;
}

async function verify(source: string): Promise<KitVerdict> {
  const bar = progressBar();
  const kit = verifyKit();
  let number = 0;
  try {
    const { stream, bytes } = /^https?:/u.test(source) ? await download(source) : await openFile(source);
    let read = 0;
    stream.on('data', (part: Buffer) => (read += part.length));
    const lines = createInterface({
      input: source.endsWith('.gz') ? stream.pipe(createGunzip()) : stream,
      crlfDelay: Number.POSITIVE_INFINITY,
    });
    for await (const line of lines) {
      number++;
      if (line === '') continue;
      kit.take(line, number);
      bar.show(bytes ? read / bytes : 0, `复算 recomputing ${number}`);
    }
    return kit.finish();
  } catch (error) {
    if (error instanceof KitError) throw new UsageError(`不是完整的复算包 / no whole kit: ${source}: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`无法读取 / cannot read: ${source} (${code})`);
  } finally {
    bar.clear();
  }
}

async function openFile(file: string): Promise<{ readonly stream: Readable; readonly bytes: number }> {
  const { size } = await stat(file);
  return { stream: createReadStream(file), bytes: size };
}

async function download(address: string): Promise<{ readonly stream: Readable; readonly bytes: number | null }> {
  const url = kitAddress(address);
  const response = await fetch(url).catch((error: Error) => {
    throw new UsageError(`无法连接 / cannot connect: ${url}: ${error.message}`);
  });
  if (!response.ok || !response.body) throw new UsageError(`无法取得 / cannot get: ${url} (${response.status})`);
  return { stream: Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), bytes: null };
}

/** The kit of what people copy from the address bar: a board's page, or the edition in the API. */
export function kitAddress(address: string): string {
  const url = new URL(address);
  const named = /^(?:\/en)?\/(?:boards|api\/v1\/ranking-lists)\/(?<list>[^/]+)\/(?<edition>\d+)\/?$/u.exec(
    url.pathname,
  );
  if (!named?.groups) return address;
  return new URL(`/api/v1/ranking-lists/${named.groups.list}/${named.groups.edition}/kit`, url).href;
}

function describe({ list, edition, head, compared, checks, difference }: KitVerdict): string {
  const lines = checks.map(({ name, holds, found, expected }) =>
    holds ? `✓ ${NAMES[name]}` : `✗ ${NAMES[name]}\n    发现 found: ${found}\n    应为 expected: ${expected}`,
  );
  const shown = (line: string | null) => (line === null ? '（无 nothing）' : line.slice(0, 300));
  const differs = difference
    ? [
        `第一处不同在第 ${difference.line} 行 / the first difference is in line ${difference.line}:`,
        `    发布的 published: ${shown(difference.published)}`,
        `    复算的 recomputed: ${shown(difference.recomputed)}`,
      ]
    : [];
  const sums = `${list} 第 ${edition} 期 / edition ${edition}: ${compared} 项参与比对 compared, ${head.entries} 上榜 listed, ${head.excluded} 未上榜 left out`;
  return [...lines, ...differs, sums, ''].join('\n');
}

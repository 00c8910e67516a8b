import { Worker } from 'node:worker_threads';
import { type Fault, fault, type Text, text } from '../../domain/fault.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { PdfProblem } from './forbidden.ts';
import type { PdfAnswer } from './worker.ts';

export interface PdfFacts {
  readonly pages: number;
  /** Whether there is text to search and copy; a scan has none. */
  readonly hasTextLayer: boolean;
}

/** 20 MiB with 500 pages take some 2 s; what takes longer is made to. */
const MOST_MS = 20_000;
const MOST_HEAP_MB = 384;
/** Files looked at at once in this process; the others wait. */
const AT_ONCE = 2;

/**
 * Looks at a PDF in a thread of its own, with a limit of time and memory: whatever a file does there, the process goes on.
 * Faults: no PDF, cut off, encrypted, with scripts or files inside, or of no readable structure.
 */
export async function checkPdf(bytes: Uint8Array): Promise<Result<PdfFacts, Fault>> {
  const problem = outside(bytes);
  if (problem) return err(faultOf(problem));
  const answer = await inTurn(() => ask(bytes));
  return 'problem' in answer ? err(faultOf(answer.problem)) : ok(answer);
}

/** What shows without opening it: the header at the very start, and the end within the last kilobyte. */
function outside(bytes: Uint8Array): PdfProblem | null {
  const ascii = (part: Uint8Array) => Buffer.from(part).toString('latin1');
  if (!/^%PDF-[12]\.\d/u.test(ascii(bytes.subarray(0, 16)))) return 'magic';
  return ascii(bytes.subarray(-1024)).includes('%%EOF') ? null : 'incomplete';
}

function ask(bytes: Uint8Array): Promise<PdfAnswer> {
  // Beside this file in the sources, and in the one program that the sources are built into.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './pdf-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    // Nothing of the environment, where secrets may be, is for a thread that reads a stranger's file.
    env: {},
    stdout: true,
    stderr: true,
  });
  return new Promise<PdfAnswer>((resolve) => {
    const timer = setTimeout(() => resolve({ problem: 'too-costly' }), MOST_MS);
    worker.once('message', (answer: PdfAnswer) => resolve(answer));
    worker.once('error', () => resolve({ problem: 'too-costly' }));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ problem: 'too-costly' });
    });
  }).finally(() => worker.terminate());
}

let looking = 0;
const waiting: (() => void)[] = [];

async function inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  if (looking >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  looking++;
  try {
    return await act();
  } finally {
    looking--;
    waiting.shift()?.();
  }
}

const EXPECTED: Readonly<Record<PdfProblem, Text>> = {
  magic: text('PDF 文件（以 %PDF- 开头）', 'a PDF file, which begins with %PDF-'),
  incomplete: text('完整的 PDF（以 %%EOF 结尾）', 'a whole PDF, which ends with %%EOF'),
  encrypted: text('未加密的 PDF', 'a PDF that is not encrypted'),
  javascript: text('不含 JavaScript 的 PDF', 'a PDF without JavaScript'),
  launch: text('不启动程序的 PDF', 'a PDF that launches nothing'),
  'embedded-file': text('不含附件和多媒体的 PDF', 'a PDF without embedded files and media'),
  structure: text('结构可读的 PDF', 'a PDF whose structure can be read'),
  'too-costly': text('20 秒内可以读完的 PDF', 'a PDF that can be read within 20 seconds'),
};

function faultOf(problem: PdfProblem): Fault {
  const remedy =
    problem === 'encrypted'
      ? text('请去掉密码和权限限制后重新导出', 'export it without password and restrictions')
      : text('请从原文重新导出（或打印）为 PDF', 'export or print the original to PDF again');
  return fault('', `text.${problem}`, null, EXPECTED[problem], remedy);
}

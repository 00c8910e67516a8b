import { type Fault, fault, type Text, text } from '../domain/fault.ts';

/** A file that cannot be read at all, or not to its end: nothing of it is taken over. */
export class FileRefusal extends Error {
  override name = 'FileRefusal';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ code, at }) => `${code} ${at}`.trim()).join(', '));
    this.faults = faults;
  }
}

export const LINES = text('行（含空行）', 'lines, empty ones included');

export function refuseFile(code: string, at: string, found: unknown, expected: Text, remedy: Text): FileRefusal {
  return new FileRefusal([fault(at, code, found, expected, remedy)]);
}

export function tooMany(code: string, at: string, found: string, most: number, what: Text): FileRefusal {
  const count = most.toLocaleString('en-US');
  return refuseFile(
    code,
    at,
    found,
    text(`至多 ${count} ${what.zh}`, `at most ${count} ${what.en}`),
    text('请拆分或精简文件后重新上传', 'split or shorten the file and send it again'),
  );
}

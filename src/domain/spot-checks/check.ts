import { type Fault, type Text, text } from '../fault.ts';

export const CHECK_STATUSES = ['passed', 'failed', 'not-provable'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** One question put to the published files and its answer. `not-provable` is what these files alone cannot settle. */
export interface Check {
  readonly name: string;
  readonly title: Text;
  readonly status: CheckStatus;
  readonly faults: readonly Fault[];
  readonly note?: Text;
}

/** Passed if nothing is wrong; a note tells what a reader should know in either case. */
export function judged(name: string, title: Text, faults: readonly Fault[], note?: Text): Check {
  return { name, title, status: faults.length > 0 ? 'failed' : 'passed', faults, ...(note ? { note } : {}) };
}

export function notProvable(name: string, title: Text, note: Text): Check {
  return { name, title, status: 'not-provable', faults: [], note };
}

/** A check whose files are missing or malformed; the fault stands with the form of that file. */
export function unread(name: string, title: Text): Check {
  return notProvable(
    name,
    title,
    text('所需文件缺失或格式有误，未检查', 'not checked: a file it needs is missing or malformed'),
  );
}

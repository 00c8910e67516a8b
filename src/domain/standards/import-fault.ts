import { type Fault, fault, type Text, text } from '../fault.ts';

/** Faults listed of one file; reading ends there, as more would not be read by anyone. */
export const MOST_FAULTS = 500;

/** A rule that an entry of a catalogue or limits file breaks. */
export function entryFault(at: string, code: string, found: unknown, expected: Text, remedy: Text): Fault {
  return fault(at, `catalogue.${code}`, found, expected, remedy);
}

export const CORRECT_ENTRY = text(
  '请在文件中改正该条后重新导入；整个文件未导入',
  'correct it in the file and import again; nothing of the file was imported',
);

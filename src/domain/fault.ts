/** A sentence in the two languages of the register; Chinese first. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/**
 * What a check's finding asks for. `refuse`: nothing but a correction mends it. `state`: lawful, but must be stated in public
 * (明示). `warn`: to be corrected, or left as it is by a named person with a reason, in public.
 */
export const SEVERITIES = ['refuse', 'state', 'warn'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * One thing wrong with what was given: where it stands, what was found, what was expected, how to mend it.
 * `at` is an RFC 6901 pointer into the body that was sent, or `file:line` for files.
 */
export interface Fault {
  readonly at: string;
  readonly code: string;
  readonly found: string | null;
  readonly expected: Text;
  readonly remedy: Text;
  /** Of what a check of a declaration finds; without it, a fault is one to correct. */
  readonly severity?: Severity;
  /** Of such a finding: what it is about, in words that stay the same when rows move. */
  readonly about?: string;
}

/** What was found, cut to a length that a person reads; an absent value stays null. */
export function asFound(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

export function fault(at: string, code: string, found: unknown, expected: Text, remedy: Text): Fault {
  return { at, code, found: asFound(found), expected, remedy };
}

export function text(zh: string, en: string): Text {
  return { zh, en };
}

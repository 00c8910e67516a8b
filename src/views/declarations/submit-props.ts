import type { Commitment } from '../../domain/declarations/commitment.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Finding } from '../../domain/declarations/finding.ts';
import type { Fault } from '../../domain/fault.ts';
import { fieldOf } from './form-faults.ts';
import { LISTS, type Row } from './form-fields.ts';
import { type DraftProps, taskAddress } from './form-props.ts';
import type { ShownStanding } from './standing-preview.tsx';
import { taskOf } from './task-states.ts';

export interface SubmitProps extends DraftProps {
  /** What would be declared, as far as it is written. */
  readonly content: DeclarationContent;
  /** Name and code of the category; null before one is chosen. */
  readonly category: string | null;
  readonly isTextWithheld: boolean;
  readonly isChange: boolean;
  readonly commitment: Commitment;
  /** What the register says of it now: faults of shape, or findings, answered ones too. */
  readonly found: readonly (Fault & Partial<Pick<Finding, 'severity' | 'answered'>>)[];
  /** Where it would stand by the schemes in force; null while it has no readable shape. */
  readonly standings: readonly ShownStanding[] | null;
  readonly mayPublish: boolean;
  /** The roles that may. */
  readonly publishers: string;
}
export type Found = SubmitProps['found'][number];
export type AnswerList = 'statements' | 'waivers';

/** Where a fault is mended: an input of this page, or of a task, which then shows it. */
export function mendAddress({ frame, draft }: Pick<DraftProps, 'frame' | 'draft'>, at: string): string {
  const task = taskOf(at);
  return `${task === 'submit' ? '' : `${taskAddress(frame, draft.id, task)}?check`}#${fieldOf(at)}`;
}

/** The inputs that answer findings: first the answers that the draft holds, in its order, then what is not answered yet. */
export function answersOf(
  { form, found }: Pick<SubmitProps, 'form' | 'found'>,
  list: AnswerList,
): readonly { readonly at: string; readonly row: Row; readonly finding: Found | null }[] {
  const severity = list === 'statements' ? 'state' : 'warn';
  const open = new Map(
    found.filter((one) => one.severity === severity).map((one): [string, Found] => [keyOf(one.code, one.about), one]),
  );
  const held = (form.rows[list] ?? []).map((row) => {
    const key = keyOf(row['code'] ?? '', row['about']);
    const finding = open.get(key) ?? null;
    open.delete(key);
    return { row, finding };
  });
  const missing = [...open.values()].map((finding) => ({
    row: { code: finding.code, about: finding.about ?? '', reason: '', person: '' } as Row,
    finding,
  }));
  return [...held, ...missing].map((one, i) => ({ ...one, at: `${LISTS[list].at}/${i}` }));
}

function keyOf(code: string, about: string | undefined): string {
  return `${code} ${about ?? ''}`;
}

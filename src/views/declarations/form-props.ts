import { type Frame, link } from '../frame.ts';
import type { FieldMessage } from './form-faults.ts';
import type { DeclarationForm, RowList, Task } from './form-fields.ts';

/** What every page of a draft is given. */
export interface DraftProps {
  readonly frame: Frame;
  readonly draft: { readonly id: string; readonly revision: number };
  /** Names what the draft held of this part when the page was made: while it holds the same, no save is a conflict. */
  readonly base: string;
  readonly form: DeclarationForm;
  readonly messages: readonly FieldMessage[];
  /** What was just done. */
  readonly notice: string | null;
  /** Makes a repeated submission harmless; new for each rendering. */
  readonly idempotencyKey: string;
}

/** What the page of a task that is typed is given. */
export interface FormProps extends DraftProps {
  readonly task: Task;
  /** Gets one more empty row. */
  readonly opened: RowList | null;
}

/** Where a task is done, and its form sent; without a task, the list of tasks. */
export function taskAddress(frame: Pick<Frame, 'lang'>, draftId: string, task?: Task): string {
  return link(frame, `/desk/decl/${draftId}${task ? `/${task}` : ''}`);
}

/** One value of the form. */
export function typedIn({ form }: Pick<DraftProps, 'form'>, name: string): string {
  return form.fields[name] ?? '';
}

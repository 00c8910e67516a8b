import type { Commitment } from '../../domain/declarations/commitment.ts';
import { type Frame, link } from '../frame.ts';
import type { ShownCategory } from '../search/search-page.tsx';
import type { FieldMessage } from './form-faults.ts';
import type { DeclarationForm, RowList } from './form-fields.ts';

export interface FormProps {
  readonly frame: Frame;
  readonly form: DeclarationForm;
  readonly categories: readonly ShownCategory[];
  readonly messages: readonly FieldMessage[];
  /** Of the draft that is being written; null for a declaration that was never saved. */
  readonly draft: { readonly id: string; readonly revision: number } | null;
  /** Makes a repeated submission harmless; new for each rendering. */
  readonly idempotencyKey: string;
  readonly commitment: Commitment;
  /** What was just done: checked or saved. */
  readonly notice: string | null;
  /** Gets one more empty row. */
  readonly opened: RowList | null;
}

/** Where the form is sent; rows are added and removed at the same address, with the place to come back to. */
export function formAddress({ frame, draft }: Pick<FormProps, 'frame' | 'draft'>): string {
  return link(frame, draft ? `/desk/decl/${draft.id}` : '/desk/decl/new');
}

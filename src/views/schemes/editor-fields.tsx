import type { VNode } from 'preact';
import type { Loose } from '../../domain/schemes/cells.ts';
import type { Column } from '../../domain/schemes/columns.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Field, SelectField, TextField } from '../components/field.tsx';
import { type Frame, words } from '../frame.ts';
import { fieldValue } from './editor-form.ts';

interface Props {
  readonly frame: Frame;
  readonly at: string;
  readonly columns: readonly Column[];
  readonly object: Loose;
  readonly messages: readonly SummaryLine[];
}

/** One field for each column of an object; the same columns that its sheet of a workbook has. */
export function ColumnFields({ frame, at, columns, object, messages }: Props): VNode {
  return (
    <div class="fields">
      {columns.map((column) => (
        <ColumnField frame={frame} at={at} column={column} value={fieldValue(column, object)} messages={messages} />
      ))}
    </div>
  );
}

function ColumnField({
  frame,
  at,
  column,
  value,
  messages,
}: Omit<Props, 'columns' | 'object'> & { readonly column: Column; readonly value: string }): VNode {
  const props = {
    name: `${at}/${column.path}`,
    label: `${words(frame, column.label)}${column.required ? ' ★' : ''}`,
    value,
    messages,
    ...(column.hint ? { hint: words(frame, column.hint) } : {}),
  };
  if (column.choices) {
    const options = column.choices.map((one) => [String(one.value), words(frame, one.label)] as const);
    // What was typed elsewhere and is no choice stays what it is until somebody chooses.
    const all =
      value === '' || options.some(([known]) => known === value) ? options : [...options, [value, value] as const];
    return <SelectField {...props} options={all} choose={frame.t.schemeEditor.choose} />;
  }
  if (!column.long) return <TextField {...props} maxLength={2000} />;
  return (
    <Field
      {...props}
      control={(described) => (
        <textarea {...described} rows={3} maxLength={2000}>
          {value}
        </textarea>
      )}
    />
  );
}

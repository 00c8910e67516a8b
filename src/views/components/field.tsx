import type { ComponentChildren, InputHTMLAttributes, VNode } from 'preact';
import type { SummaryLine } from './error-summary.tsx';

export interface FieldProps {
  /** Name and id of the input: the pointer that faults name. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly messages: readonly SummaryLine[];
  readonly hint?: string;
  readonly required?: string;
  /** The messages stand above the row that the field is in, where there is room for them. */
  readonly inRow?: boolean;
}

interface Described {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

/** Label, hint and messages around one control. */
export function Field(props: FieldProps & { readonly control: (described: Described) => ComponentChildren }): VNode {
  const { name, label, hint, required, messages, inRow, control } = props;
  const own = messages.filter(({ field }) => field === name);
  const ids = [hint ? `${name}-hint` : '', own.length > 0 ? `${name}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={own.length > 0 ? 'field invalid' : 'field'}>
      <label for={name}>
        {label} {required ? <small class="required">{required}</small> : null}
      </label>
      {hint ? (
        <p id={`${name}-hint`} class="hint">
          {hint}
        </p>
      ) : null}
      {own.length > 0 && !inRow ? <FieldError name={name} messages={own} /> : null}
      {control({
        id: name,
        name,
        'aria-describedby': ids === '' ? undefined : ids,
        'aria-invalid': own.length > 0 ? 'true' : undefined,
      })}
    </div>
  );
}

function FieldError({ name, messages }: { readonly name: string; readonly messages: readonly SummaryLine[] }): VNode {
  return (
    <p id={`${name}-error`} class="field-error">
      {messages.map(({ message }) => message).join(' ')}
    </p>
  );
}

/** The messages of all fields of a row, across its whole width. */
export function RowErrors({
  row,
  messages,
}: {
  readonly row: string;
  readonly messages: readonly SummaryLine[];
}): VNode {
  const fields = [...new Set(messages.flatMap(({ field }) => (field.startsWith(`${row}/`) ? [field] : [])))];
  return (
    <div class="row-errors" data-row-errors>
      {fields.map((name) => (
        <FieldError name={name} messages={messages.filter(({ field }) => field === name)} />
      ))}
    </div>
  );
}

export function TextField(
  props: FieldProps & {
    readonly type?: 'text' | 'date' | 'password';
    readonly maxLength?: number;
    readonly list?: string;
    readonly autocomplete?: 'off' | 'username' | 'current-password';
  },
): VNode {
  const { value, type = 'text', maxLength, list, autocomplete = 'off' } = props;
  return (
    <Field
      {...props}
      control={(described) => {
        // Preact types the attributes of each kind of input apart; this one is any of three.
        const attributes = { ...described, type, value, maxLength, list, autocomplete } as InputHTMLAttributes;
        return <input {...attributes} />;
      }}
    />
  );
}

export function SelectField(
  props: FieldProps & {
    readonly options: readonly (readonly [value: string, text: string])[];
    /** Shown while nothing is chosen. */
    readonly choose?: string;
  },
): VNode {
  const { value, options, choose } = props;
  return (
    <Field
      {...props}
      control={(described) => (
        <select {...described}>
          {choose ? (
            <option value="" selected={value === ''}>
              {choose}
            </option>
          ) : null}
          {options.map(([option, text]) => (
            <option value={option} selected={option === value}>
              {text}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function TextAreaField(props: FieldProps & { readonly rows: number; readonly maxLength?: number }): VNode {
  const { value, rows, maxLength } = props;
  return (
    <Field
      {...props}
      control={(described) => (
        <textarea {...described} rows={rows} maxLength={maxLength}>
          {value}
        </textarea>
      )}
    />
  );
}

/** One thing to agree to; sent as "yes". */
export function TickField({ name, label, value, messages }: FieldProps): VNode {
  const own = messages.filter(({ field }) => field === name);
  return (
    <div class={own.length > 0 ? 'field invalid' : 'field'}>
      {own.length > 0 ? <FieldError name={name} messages={own} /> : null}
      <label class="tick" for={name}>
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          checked={value === 'yes'}
          aria-describedby={own.length > 0 ? `${name}-error` : undefined}
          aria-invalid={own.length > 0 ? 'true' : undefined}
        />{' '}
        {label}
      </label>
    </div>
  );
}

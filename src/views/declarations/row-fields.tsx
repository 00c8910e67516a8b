import type { VNode } from 'preact';
import { INDICATOR_KINDS } from '../../domain/declarations/content.ts';
import { COMPARATORS } from '../../domain/indicators/requirement.ts';
import { ADOPTION_RELATIONS } from '../../domain/standards/catalogue.ts';
import { Field, RowErrors, SelectField, TextField } from '../components/field.tsx';
import type { Frame } from '../frame.ts';
import type { FieldMessage } from './form-faults.ts';
import { LISTS, type Row, type TypedList } from './form-fields.ts';
import { formLabels } from './form-labels.ts';

interface Props {
  readonly frame: Frame;
  readonly list: TypedList;
  /** Where rows are added and removed, with the place to come back to. */
  readonly address: string;
  readonly row: Row;
  readonly at: number;
  readonly messages: readonly FieldMessage[];
}

/** What a column is beside a line of text. */
interface Column {
  readonly maxLength?: number;
  readonly list?: 'units';
  readonly hint?: string;
  readonly required?: boolean;
  /** One entry on each line. */
  readonly lines?: boolean;
  readonly options?: readonly (readonly [value: string, text: string])[];
}

/** One row of a list: its columns, what is wrong in it, and the button that takes it away. */
export function RowFields(props: Props): VNode {
  const { frame, list, row, at, messages, address } = props;
  const t = frame.t.form;
  const { at: pointer, columns } = LISTS[list];
  const place = `${pointer}/${at}`;
  const labels = formLabels(frame.t);
  return (
    <div class="row" data-row>
      <RowErrors row={place} messages={messages} />
      {columns.map((column) => (
        <Cell
          name={`${place}/${column}`}
          label={labels[`${list}/${column}`] ?? column}
          value={row[column] ?? ''}
          column={columnsOf(frame)[`${list}/${column}`] ?? {}}
          required={t.required}
          messages={messages}
        />
      ))}
      {row['rest'] ? <input type="hidden" name={`${place}/rest`} value={row['rest']} /> : null}
      <button
        class="plain remove"
        name="action"
        value={`remove-${list}-${at}`}
        formAction={address}
        data-remove
        aria-label={t.removeOf(labels[pointer] ?? list, at + 1)}
      >
        {t.remove}
      </button>
    </div>
  );
}

function Cell({
  column,
  required,
  ...given
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly column: Column;
  readonly required: string;
  readonly messages: readonly FieldMessage[];
}): VNode {
  const { options, lines, hint, list, maxLength } = column;
  const common = {
    ...given,
    inRow: true,
    ...(hint ? { hint } : {}),
    ...(column.required ? { required } : {}),
  };
  if (options) return <SelectField {...common} value={given.value || (options[0]?.[0] ?? '')} options={options} />;
  if (!lines) return <TextField {...common} {...(maxLength ? { maxLength } : {})} {...(list ? { list } : {})} />;
  return (
    <Field
      {...common}
      control={(described) => (
        <textarea {...described} rows={3}>
          {given.value}
        </textarea>
      )}
    />
  );
}

const NAME = { maxLength: 200 };
const UNIT = { maxLength: 40, list: 'units' } as const;

function columnsOf({ t }: Frame): Readonly<Record<string, Column>> {
  const { relations, kinds, comparators, modelsHint, barcodesHint } = t.form;
  return {
    'adopts/number': { maxLength: 100 },
    'adopts/relation': { options: ADOPTION_RELATIONS.map((relation) => [relation, relations[relation]]) },
    'jointWith/enterprise': NAME,
    'jointWith/number': { maxLength: 100 },
    'products/name': { ...NAME, required: true },
    'products/genericName': NAME,
    'products/brand': { maxLength: 100 },
    'products/specification': NAME,
    'products/models': { lines: true, hint: modelsHint, required: true },
    'products/barcodes': { lines: true, hint: barcodesHint },
    'parameters/name': { maxLength: 60 },
    'parameters/value': { maxLength: 60 },
    'parameters/unit': UNIT,
    'indicators/name': { maxLength: 100 },
    'indicators/kind': { options: [...INDICATOR_KINDS].reverse().map((kind) => [kind, kinds[kind]]) },
    'indicators/comparator': { options: COMPARATORS.map((comparator) => [comparator, comparators[comparator]]) },
    'indicators/value': NAME,
    'indicators/second': { maxLength: 40 },
    'indicators/unit': UNIT,
    'indicators/testMethod': NAME,
    'indicators/note': { maxLength: 300 },
    'indicators/raw': { maxLength: 300 },
  };
}

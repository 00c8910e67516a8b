import type { VNode } from 'preact';
import { INDICATOR_KINDS } from '../../domain/declarations/content.ts';
import { COMPARATORS } from '../../domain/indicators/requirement.ts';
import { Field, RowErrors, SelectField, TextField } from '../components/field.tsx';
import type { Frame } from '../frame.ts';
import type { FieldMessage } from './form-faults.ts';
import type { IndicatorRow, ParameterRow, ProductRow, RowList } from './form-fields.ts';

export interface RowProps<Row> {
  readonly frame: Frame;
  /** Where the form is sent. */
  readonly address: string;
  readonly row: Row;
  readonly at: number;
  readonly messages: readonly FieldMessage[];
}

export function ProductFields({ frame, address, row, at, messages }: RowProps<ProductRow>): VNode {
  const t = frame.t.form;
  const name = (field: string) => `/products/${at}/${field}`;
  return (
    <div class="row" data-row>
      <RowErrors row={`/products/${at}`} messages={messages} />
      <TextField
        name={name('name')}
        label={t.productName}
        value={row.name}
        maxLength={200}
        required={t.required}
        inRow
        messages={messages}
      />
      <TextField name={name('brand')} label={t.brand} value={row.brand} maxLength={100} inRow messages={messages} />
      <Field
        name={name('models')}
        label={t.models}
        value={row.models}
        hint={t.modelsHint}
        required={t.required}
        inRow
        messages={messages}
        control={(described) => (
          <textarea {...described} rows={3}>
            {row.models}
          </textarea>
        )}
      />
      <Remove frame={frame} address={address} list="products" at={at} what={t.products} />
    </div>
  );
}

export function ParameterFields({ frame, address, row, at, messages }: RowProps<ParameterRow>): VNode {
  const t = frame.t.form;
  const name = (field: string) => `/parameters/${at}/${field}`;
  return (
    <div class="row" data-row>
      <RowErrors row={`/parameters/${at}`} messages={messages} />
      <TextField
        name={name('name')}
        label={t.parameterName}
        value={row.name}
        maxLength={60}
        inRow
        messages={messages}
      />
      <TextField
        name={name('value')}
        label={t.parameterValue}
        value={row.value}
        maxLength={60}
        inRow
        messages={messages}
      />
      <TextField
        name={name('unit')}
        label={t.unit}
        value={row.unit}
        maxLength={40}
        list="units"
        inRow
        messages={messages}
      />
      <Remove frame={frame} address={address} list="parameters" at={at} what={t.parameters} />
    </div>
  );
}

export function IndicatorFields({ frame, address, row, at, messages }: RowProps<IndicatorRow>): VNode {
  const t = frame.t.form;
  const name = (field: string) => `/indicators/${at}/${field}`;
  return (
    <div class="row" data-row>
      <RowErrors row={`/indicators/${at}`} messages={messages} />
      <TextField
        name={name('name')}
        label={t.indicatorName}
        value={row.name}
        maxLength={100}
        inRow
        messages={messages}
      />
      <SelectField
        name={name('kind')}
        label={t.kind}
        value={row.kind}
        options={INDICATOR_KINDS.map((kind) => [kind, t.kinds[kind]])}
        inRow
        messages={messages}
      />
      <SelectField
        name={name('comparator')}
        label={t.comparator}
        value={row.comparator}
        options={COMPARATORS.map((comparator) => [comparator, t.comparators[comparator]])}
        inRow
        messages={messages}
      />
      <TextField name={name('value')} label={t.value} value={row.value} maxLength={200} inRow messages={messages} />
      <TextField name={name('second')} label={t.second} value={row.second} maxLength={40} inRow messages={messages} />
      <TextField
        name={name('unit')}
        label={t.unit}
        value={row.unit}
        maxLength={40}
        list="units"
        inRow
        messages={messages}
      />
      <TextField
        name={name('testMethod')}
        label={t.testMethod}
        value={row.testMethod}
        maxLength={200}
        inRow
        messages={messages}
      />
      <Remove frame={frame} address={address} list="indicators" at={at} what={t.indicators} />
    </div>
  );
}

function Remove({
  frame,
  address,
  list,
  at,
  what,
}: {
  readonly frame: Frame;
  readonly address: string;
  readonly list: RowList;
  readonly at: number;
  readonly what: string;
}): VNode {
  const t = frame.t.form;
  return (
    <button
      class="plain remove"
      name="action"
      value={`remove-${list}-${at}`}
      formAction={`${address}#/${list}`}
      data-remove
      aria-label={t.removeOf(what, at + 1)}
    >
      {t.remove}
    </button>
  );
}

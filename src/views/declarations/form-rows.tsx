import type { ComponentChildren, VNode } from 'preact';
import { INDICATOR_KINDS } from '../../domain/declarations/content.ts';
import { COMPARATORS } from '../../domain/indicators/requirement.ts';
import { Field, RowErrors, SelectField, TextField } from '../components/field.tsx';
import type { Frame } from '../frame.ts';
import type { FieldMessage } from './form-faults.ts';
import type { FormProps } from './form-page.tsx';
import type { IndicatorRow, ParameterRow, ProductRow, RowList } from './form-fields.ts';

const NO_PRODUCT: ProductRow = { name: '', brand: '', models: '' };
const NO_PARAMETER: ParameterRow = { name: '', value: '', unit: '' };
const NO_INDICATOR: IndicatorRow = {
  name: '',
  kind: 'performance',
  comparator: '≥',
  value: '',
  second: '',
  unit: '',
  testMethod: '',
};

interface RowProps<Row> {
  readonly frame: Frame;
  readonly row: Row;
  readonly at: number;
  readonly messages: readonly FieldMessage[];
}

export function ProductRows(props: FormProps): VNode {
  const t = props.frame.t.form;
  const rows = shownRows(props, 'products', NO_PRODUCT, 1);
  return (
    <RowsOf {...props} list="products" legend={t.products} add={t.addProduct}>
      {rows.map((row, at) => (
        <ProductFields frame={props.frame} row={row} at={at} messages={props.messages} />
      ))}
    </RowsOf>
  );
}

export function ParameterRows(props: FormProps): VNode {
  const t = props.frame.t.form;
  const rows = shownRows(props, 'parameters', NO_PARAMETER, 0);
  return (
    <RowsOf {...props} list="parameters" legend={t.parameters} hint={t.parametersHint} add={t.addParameter}>
      {rows.map((row, at) => (
        <ParameterFields frame={props.frame} row={row} at={at} messages={props.messages} />
      ))}
    </RowsOf>
  );
}

export function IndicatorRows(props: FormProps): VNode {
  const t = props.frame.t.form;
  const rows = shownRows(props, 'indicators', NO_INDICATOR, 2);
  return (
    <RowsOf {...props} list="indicators" legend={t.indicators} hint={t.indicatorsHint} add={t.addIndicator}>
      {rows.map((row, at) => (
        <IndicatorFields frame={props.frame} row={row} at={at} messages={props.messages} />
      ))}
    </RowsOf>
  );
}

/** The rows that were typed, at least `least`, and one more where a row was asked for. */
function shownRows<Row>({ form, opened }: FormProps, list: RowList, empty: Row, least: number): readonly Row[] {
  const given = form[list] as readonly Row[];
  const wanted = Math.max(least, given.length + (opened === list ? 1 : 0));
  return [...given, ...Array<Row>(wanted - given.length).fill(empty)];
}

/** A fieldset of rows; its template is what the browser copies to add one without a reload. */
function RowsOf(
  props: FormProps & {
    readonly list: RowList;
    readonly legend: string;
    readonly hint?: string;
    readonly add: string;
    readonly children: ComponentChildren;
  },
): VNode {
  const { frame, list, legend, hint, add, children, messages } = props;
  const own = messages.filter(({ field }) => field === `/${list}`);
  return (
    <fieldset id={`/${list}`} class={`rows rows-${list}`} tabIndex={-1} data-list={list}>
      <legend>{legend}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      {own.map(({ message }) => (
        <p class="field-error">{message}</p>
      ))}
      <div data-rows={list}>{children}</div>
      <template data-template={list}>{emptyRow(frame, list)}</template>
      <button name="action" value={`add-${list}`} data-add={list}>
        {add}
      </button>
      <span class="visually-hidden" role="status" data-said={list} />
    </fieldset>
  );
}

function emptyRow(frame: Frame, list: RowList): VNode {
  const common = { frame, at: 0, messages: [] };
  switch (list) {
    case 'products':
      return <ProductFields {...common} row={NO_PRODUCT} />;
    case 'parameters':
      return <ParameterFields {...common} row={NO_PARAMETER} />;
    case 'indicators':
      return <IndicatorFields {...common} row={NO_INDICATOR} />;
  }
}

function ProductFields({ frame, row, at, messages }: RowProps<ProductRow>): VNode {
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
      <Remove frame={frame} list="products" at={at} what={t.products} />
    </div>
  );
}

function ParameterFields({ frame, row, at, messages }: RowProps<ParameterRow>): VNode {
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
      <Remove frame={frame} list="parameters" at={at} what={t.parameters} />
    </div>
  );
}

function IndicatorFields({ frame, row, at, messages }: RowProps<IndicatorRow>): VNode {
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
      <Remove frame={frame} list="indicators" at={at} what={t.indicators} />
    </div>
  );
}

function Remove({
  frame,
  list,
  at,
  what,
}: {
  readonly frame: Frame;
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
      data-remove
      aria-label={t.removeOf(what, at + 1)}
    >
      {t.remove}
    </button>
  );
}

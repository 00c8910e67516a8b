import type { ComponentChildren, VNode } from 'preact';
import type { IndicatorRow, ParameterRow, ProductRow, RowList } from './form-fields.ts';
import { formAddress, type FormProps } from './form-props.ts';
import { IndicatorFields, ParameterFields, ProductFields, type RowProps } from './row-fields.tsx';

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

export function ProductRows(props: FormProps): VNode {
  const t = props.frame.t.form;
  const rows = shownRows(props, 'products', NO_PRODUCT, 1);
  return (
    <RowsOf {...props} list="products" legend={t.products} add={t.addProduct}>
      {rows.map((row, at) => (
        <ProductFields {...rowProps(props)} row={row} at={at} />
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
        <ParameterFields {...rowProps(props)} row={row} at={at} />
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
        <IndicatorFields {...rowProps(props)} row={row} at={at} />
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
  const { list, legend, hint, add, children, messages } = props;
  const own = messages.filter(({ field }) => field === `/${list}`);
  return (
    <fieldset id={`/${list}`} class={`rows rows-${list}`} tabIndex={-1} data-list={list}>
      <legend>{legend}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      {own.map(({ message }) => (
        <p class="field-error">{message}</p>
      ))}
      <div data-rows={list}>{children}</div>
      <template data-template={list}>{emptyRow(props, list)}</template>
      <button name="action" value={`add-${list}`} formAction={`${formAddress(props)}#/${list}`} data-add={list}>
        {add}
      </button>
      <span class="visually-hidden" role="status" data-said={list} />
    </fieldset>
  );
}

function rowProps(props: FormProps): Pick<RowProps<never>, 'frame' | 'address' | 'messages'> {
  return { frame: props.frame, address: formAddress(props), messages: props.messages };
}

function emptyRow(props: FormProps, list: RowList): VNode {
  const common = { ...rowProps(props), at: 0, messages: [] };
  switch (list) {
    case 'products':
      return <ProductFields {...common} row={NO_PRODUCT} />;
    case 'parameters':
      return <ParameterFields {...common} row={NO_PARAMETER} />;
    case 'indicators':
      return <IndicatorFields {...common} row={NO_INDICATOR} />;
  }
}

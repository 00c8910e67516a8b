import type { VNode } from 'preact';
import { LISTS, type Row, type TypedList } from './form-fields.ts';
import { type FormProps, taskAddress } from './form-props.ts';
import { RowFields } from './row-fields.tsx';

/** A fieldset of rows; its template is what the browser copies to add one without a reload. */
export function Rows(props: FormProps & { readonly list: TypedList; readonly least?: number }): VNode {
  const { frame, list, messages, least = 0 } = props;
  const { at, columns } = LISTS[list];
  const address = `${taskAddress(frame, props.draft.id, props.task)}#${at}`;
  const { legend, hint, add } = wordsOf(props)[list];
  const own = messages.filter(({ field }) => field === at);
  const common = { frame, list, address };
  return (
    <fieldset
      id={at}
      class={`rows rows-${list}`}
      tabIndex={-1}
      data-list={list}
      data-at={at}
      data-columns={columns.join(' ')}
    >
      <legend>{legend}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      {own.map(({ message }) => (
        <p class="field-error">{message}</p>
      ))}
      <div data-rows={list}>
        {shownRows(props, least).map((row, i) => (
          <RowFields {...common} row={row} at={i} messages={messages} />
        ))}
      </div>
      <template data-template={list}>
        <RowFields {...common} row={{}} at={0} messages={[]} />
      </template>
      <button name="action" value={`add-${list}`} formAction={address} data-add={list}>
        {add}
      </button>
      <span class="visually-hidden" role="status" data-said={list} />
    </fieldset>
  );
}

/** The rows that were typed, at least `least`, and one more where a row was asked for. */
function shownRows({ form, opened, list }: FormProps & { readonly list: TypedList }, least: number): readonly Row[] {
  const given = form.rows[list] ?? [];
  const wanted = Math.max(least, given.length + (opened === list ? 1 : 0));
  return [...given, ...Array.from({ length: wanted - given.length }, (): Row => ({}))];
}

function wordsOf({
  frame,
}: FormProps): Readonly<Record<TypedList, { readonly legend: string; readonly hint?: string; readonly add: string }>> {
  const t = frame.t.form;
  return {
    adopts: { legend: t.adopts, add: t.addAdopts },
    jointWith: { legend: t.jointWith, add: t.addJointWith },
    products: { legend: t.products, add: t.addProduct },
    parameters: { legend: t.parameters, hint: t.parametersHint, add: t.addParameter },
    indicators: { legend: t.indicators, hint: t.indicatorsHint, add: t.addIndicator },
  };
}

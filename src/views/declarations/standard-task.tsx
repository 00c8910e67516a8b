import type { VNode } from 'preact';
import { Field, TextField } from '../components/field.tsx';
import { type FormProps, typedIn } from './form-props.ts';
import { Rows } from './form-rows.tsx';
import { TaskPage } from './task-page.tsx';

const MORE = [
  '/standard/drafters',
  '/standard/references',
  '/migratedFrom/platform',
  '/migratedFrom/id',
  '/migratedFrom/publishedOn',
  '/migratedFrom/address',
];

/** Task 1: the standard by number, name and dates; of a change also why. */
export function StandardTask(props: FormProps & { readonly isChange: boolean }): VNode {
  const { frame, messages, form, opened } = props;
  const t = frame.t.form;
  const line = lineOf(props);
  const isMoreOpen =
    MORE.some((name) => typedIn(props, name) !== '') ||
    (['adopts', 'jointWith'] as const).some((list) => list === opened || (form.rows[list] ?? []).length > 0) ||
    messages.some(({ field }) => MORE.includes(field) || /^\/standard\/(?:adopts|jointWith)/u.test(field));
  return (
    <TaskPage {...props}>
      {props.isChange
        ? line('/draft/change/reason', t.changeReason, { hint: t.changeReasonHint, maxLength: 500 })
        : null}
      <fieldset id="/standard" tabIndex={-1}>
        <legend>{t.standard}</legend>
        <div class="fields">
          {line('/standard/number', t.number, { hint: t.numberHint, maxLength: 100, required: t.required })}
          {line('/standard/name', t.name, { hint: t.nameHint, maxLength: 200, required: t.required })}
          {line('/standard/issuedOn', t.issuedOn, { hint: t.dateHint, type: 'date' })}
          {line('/standard/effectiveOn', t.effectiveOn, { hint: t.dateHint, type: 'date', required: t.required })}
          <Lines {...props} name="/standard/replaces" label={t.replaces} hint={t.replacesHint} />
        </div>
      </fieldset>
      <details class="more" open={isMoreOpen}>
        <summary>{t.more}</summary>
        {line('/standard/drafters', t.drafters, { hint: t.draftersHint, maxLength: 300 })}
        <Lines {...props} name="/standard/references" label={t.references} hint={t.referencesHint} />
        <Rows {...props} list="adopts" />
        <Rows {...props} list="jointWith" />
        <fieldset id="/migratedFrom" tabIndex={-1}>
          <legend>{t.migratedFrom}</legend>
          <div class="fields">
            {line('/migratedFrom/platform', t.platform, { maxLength: 100 })}
            {line('/migratedFrom/id', t.migratedId, { maxLength: 200 })}
            {line('/migratedFrom/publishedOn', t.migratedOn, { type: 'date' })}
            {line('/migratedFrom/address', t.migratedAddress, { maxLength: 500 })}
          </div>
        </fieldset>
      </details>
    </TaskPage>
  );
}

type Given = Partial<Pick<Parameters<typeof TextField>[0], 'hint' | 'maxLength' | 'required' | 'type'>>;

function lineOf(props: FormProps) {
  return (name: string, label: string, given: Given): VNode => (
    <TextField name={name} label={label} value={typedIn(props, name)} messages={props.messages} {...given} />
  );
}

/** A box of lines, one entry on each. */
function Lines({
  name,
  label,
  hint,
  ...props
}: FormProps & { readonly name: string; readonly label: string; readonly hint: string }): VNode {
  const value = typedIn(props, name);
  return (
    <Field
      name={name}
      label={label}
      hint={hint}
      value={value}
      messages={props.messages}
      control={(described) => (
        <textarea {...described} rows={2}>
          {value}
        </textarea>
      )}
    />
  );
}

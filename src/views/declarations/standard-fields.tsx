import type { VNode } from 'preact';
import { SUBJECTS } from '../../domain/declarations/content.ts';
import { SelectField, TextField } from '../components/field.tsx';
import type { FormProps } from './form-props.ts';

export function StandardFields({ frame, form, categories, messages }: FormProps): VNode {
  const t = frame.t.form;
  const { required } = t;
  return (
    <fieldset id="/standard" tabIndex={-1}>
      <legend>{t.standard}</legend>
      <div class="fields">
        <TextField
          name="/standard/number"
          label={t.number}
          hint={t.numberHint}
          value={form.number}
          maxLength={100}
          required={required}
          messages={messages}
        />
        <TextField
          name="/standard/name"
          label={t.name}
          value={form.name}
          maxLength={200}
          required={required}
          messages={messages}
        />
        <SelectField
          name="/subject"
          label={t.subject}
          value={form.subject}
          required={required}
          messages={messages}
          options={SUBJECTS.map((subject) => [subject, t.subjects[subject]])}
        />
        <SelectField
          name="/category"
          label={t.category}
          value={form.category}
          required={required}
          messages={messages}
          choose={t.choose}
          options={categories.map(({ code, nameZh, nameEn }) => [
            code,
            frame.lang === 'zh' ? nameZh : (nameEn ?? nameZh),
          ])}
        />
        <TextField
          name="/standard/issuedOn"
          label={t.issuedOn}
          type="date"
          value={form.issuedOn}
          hint={t.dateHint}
          messages={messages}
        />
        <TextField
          name="/standard/effectiveOn"
          label={t.effectiveOn}
          type="date"
          value={form.effectiveOn}
          hint={t.dateHint}
          required={required}
          messages={messages}
        />
      </div>
    </fieldset>
  );
}

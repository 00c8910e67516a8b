import type { VNode } from 'preact';
import { SUBJECTS } from '../../domain/declarations/content.ts';
import { SelectField, TextField } from '../components/field.tsx';
import { formatCount } from '../format.ts';
import type { ShownCategory } from '../search/search-page.tsx';
import { type FormProps, typedIn } from './form-props.ts';
import { Rows } from './form-rows.tsx';
import { TaskPage } from './task-page.tsx';
import { Units } from './units.tsx';

interface Props extends FormProps {
  /** Product categories, what was searched for, and the one that the draft names. */
  readonly categories: readonly ShownCategory[];
  readonly searched: { readonly typed: string; readonly found: number } | null;
}

/** Task 2: what is declared, in which category, by which models. */
export function ProductsTask(props: Props): VNode {
  const { frame, categories, searched, messages } = props;
  const t = frame.t.form;
  return (
    <TaskPage {...props}>
      <fieldset>
        <legend>{t.category}</legend>
        <div class="fields">
          <SelectField
            name="/subject"
            label={t.subject}
            value={typedIn(props, '/subject')}
            required={t.required}
            messages={messages}
            options={SUBJECTS.map((subject) => [subject, t.subjects[subject]])}
          />
          <SelectField
            name="/category"
            label={t.category}
            value={typedIn(props, '/category')}
            hint={t.categoryHint}
            required={t.required}
            messages={messages}
            choose={t.choose}
            options={categories.map(({ code, nameZh, nameEn }) => [
              code,
              `${frame.lang === 'zh' ? nameZh : (nameEn ?? nameZh)} ${code}`,
            ])}
          />
        </div>
        <div class="search-row">
          <TextField
            name="find"
            label={t.categorySearch}
            value={searched?.typed ?? ''}
            maxLength={60}
            messages={messages}
          />
          <button name="action" value="find" formAction="#/category">
            {t.search}
          </button>
        </div>
        {searched ? (
          <p class="notice" role="status">
            {t.categoryFound(formatCount(searched.found), searched.typed)}
          </p>
        ) : null}
      </fieldset>
      <Rows {...props} list="products" least={1} />
      <Rows {...props} list="parameters" />
      <Units />
    </TaskPage>
  );
}

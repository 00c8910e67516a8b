import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import { type Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { type DeclarationForm, fieldsOf, type Task } from './form-fields.ts';
import { formLabels } from './form-labels.ts';
import { taskAddress } from './form-props.ts';

interface Props {
  readonly frame: Frame;
  readonly draftId: string;
  readonly task: Task;
  readonly mine: { readonly form: DeclarationForm; readonly revision: number };
  readonly theirs: { readonly form: DeclarationForm; readonly revision: number };
  readonly idempotencyKey: string;
}

/** Both versions of a task that two people changed, side by side where they differ; nothing typed is lost. */
export function ConflictPage({ frame, draftId, task, mine, theirs, idempotencyKey }: Props): VNode {
  const t = frame.t.conflict;
  const address = taskAddress(frame, draftId, task);
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead(mine.revision, theirs.revision)}</p>
      <Scroll label={t.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.field}</th>
              <th scope="col">{t.mine}</th>
              <th scope="col">{t.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {differences(mine.form, theirs.form).map(({ field, own, other }) => (
              <tr>
                <th scope="row">{labelOf(frame, field)}</th>
                <td class="typed">{own || t.empty}</td>
                <td class="typed">{other || t.empty}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <form method="post" action={address} class="actions">
        {fieldsOf(mine.form).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="key" value={idempotencyKey} />
        <input type="hidden" name="revision" value={theirs.revision} />
        <button class="primary" name="action" value="save">
          {t.keepMine}
        </button>
        <a class="button" href={address}>
          {t.takeTheirs}
        </a>
      </form>
    </Layout>
  );
}

export function differences(mine: DeclarationForm, theirs: DeclarationForm) {
  const own = new Map(fieldsOf(mine));
  const other = new Map(fieldsOf(theirs));
  return [...new Set([...own.keys(), ...other.keys()])]
    .filter((field) => !field.endsWith('/rest'))
    .map((field) => ({ field, own: own.get(field) ?? '', other: other.get(field) ?? '' }))
    .filter((one) => one.own !== one.other);
}

function labelOf(frame: Frame, field: string): string {
  const labels = formLabels(frame.t);
  const [, at, list, row, name] = /^(.*\/(\w+))\/(\d+)\/(\w+)$/u.exec(field) ?? [];
  if (!at || !row) return labels[field] ?? field;
  return `${labels[at] ?? list} ${Number(row) + 1} · ${labels[`${list}/${name}`] ?? name}`;
}

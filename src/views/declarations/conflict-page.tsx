import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { type DeclarationForm, fieldsOf } from './form-fields.ts';
import { formLabels } from './form-labels.ts';

interface Props {
  readonly frame: Frame;
  readonly draftId: string;
  readonly mine: { readonly form: DeclarationForm; readonly revision: number };
  readonly theirs: { readonly form: DeclarationForm; readonly revision: number };
  readonly idempotencyKey: string;
}

/** Both versions of a draft that two people changed, side by side where they differ; nothing typed is lost. */
export function ConflictPage({ frame, draftId, mine, theirs, idempotencyKey }: Props): VNode {
  const t = frame.t.conflict;
  const address = link(frame, `/desk/decl/${draftId}`);
  const differing = differences(mine.form, theirs.form);
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead(mine.revision, theirs.revision)}</p>
      {differing.length === 0 ? (
        <p>{t.same}</p>
      ) : (
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
              {differing.map(({ field, own, other }) => (
                <tr>
                  <th scope="row">{labelOf(frame, field)}</th>
                  <td class="typed">{own || t.empty}</td>
                  <td class="typed">{other || t.empty}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
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

function differences(mine: DeclarationForm, theirs: DeclarationForm) {
  const own = new Map(fieldsOf(mine));
  const other = new Map(fieldsOf(theirs));
  return [...new Set([...own.keys(), ...other.keys()])]
    .map((field) => ({ field, own: own.get(field) ?? '', other: other.get(field) ?? '' }))
    .filter((one) => one.own !== one.other);
}

function labelOf(frame: Frame, field: string): string {
  const labels = formLabels(frame.t);
  const [, list, row, name] = /^\/(\w+)\/(\d+)\/(\w+)$/u.exec(field) ?? [];
  if (!list || !row) return labels[field] ?? field;
  return `${labels[`/${list}`] ?? list} ${Number(row) + 1} · ${labels[`${list}/${name}`] ?? name}`;
}

import type { VNode } from 'preact';
import type { MappingSuggestion } from '../../domain/comparisons/suggest.ts';
import type { UnmatchedName } from '../../domain/comparisons/unmatched.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Scroll } from '../components/facts.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

export interface ShownMapping {
  readonly id: string;
  readonly name: string;
  readonly asName: string | null;
  readonly reason: string;
  readonly declarations: number;
  readonly by: string;
  readonly mappedAt: Date;
  readonly undoneAt: Date | null;
  readonly undoReason: string | null;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly scheme: Scheme;
  readonly run: string | null;
  readonly names: readonly (UnmatchedName & { readonly suggestions: readonly MappingSuggestion[] })[];
  readonly history: readonly ShownMapping[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** The queue of declared names that the scheme does not know, with suggestions; and everything decided before. */
export function MappingPage(props: Props): VNode {
  const { frame, scheme, run, names } = props;
  const t = frame.t.mapping;
  return (
    <DeskLayout {...props} title={`${t.title} · ${words(frame, scheme.title)}`} current="/desk/runs">
      <p>{t.lead}</p>
      <p class="hint">{run === null ? t.noRun : t.from(run)}</p>
      {names.length === 0 ? <p>{t.empty}</p> : <Queue {...props} />}
      <History {...props} />
    </DeskLayout>
  );
}

function Queue({ frame, scheme, names, typed, messages }: Props): VNode {
  const t = frame.t.mapping;
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  return (
    <form method="post" action={link(frame, `/desk/mapping/${scheme.code}/${scheme.version}`)}>
      <Scroll label={t.name}>
        <table class="cards" role="table">
          <thead>
            <tr role="row">
              {[t.name, t.declarations, t.lacking, t.units, t.example, t.as].map((head) => (
                <th role="columnheader" scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((one, i) => (
              <tr role="row">
                <th role="rowheader" scope="row">
                  <label>
                    <input
                      type="checkbox"
                      name={`name-${i}`}
                      value={one.name}
                      checked={typed[`name-${i}`] === one.name}
                      aria-label={t.select(one.name)}
                    />
                    {` ${one.name}`}
                  </label>
                  <input type="hidden" name={`count-${i}`} value={String(one.declarations)} />
                </th>
                <td role="cell" data-label={t.declarations} class="number">
                  {formatCount(one.declarations)}
                </td>
                <td role="cell" data-label={t.lacking} class="number">
                  {formatCount(one.lacking)}
                </td>
                <td role="cell" data-label={t.units}>
                  {one.units.join(frame.t.site.comma)}
                </td>
                <td role="cell" data-label={t.example}>
                  <a href={link(frame, `/s/${one.example.declaration}`)}>{one.example.raw}</a>
                </td>
                <td role="cell" data-label={t.as}>
                  {one.suggestions.map(({ as, score }) => (
                    <small class="under">{`${as} · ${t.suggested(score)}`}</small>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <div class="stacked card">
        <SelectField
          {...given('as')}
          label={t.as}
          options={[
            ['', t.choose],
            ...scheme.indicators.map(({ name }) => [name.zh, words(frame, name)] as const),
            ...scheme.indicators.flatMap(({ pair }) => (pair?.of ?? []).flat().map((name) => [name, name] as const)),
            ['-', t.none],
          ]}
        />
        <TextField {...given('reason')} label={t.reason} maxLength={500} />
        <button class="primary">{t.decide}</button>
      </div>
    </form>
  );
}

function History({ frame, scheme, history }: Props): VNode {
  const t = frame.t.mapping;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      {history.length === 0 ? <p>{t.noHistory}</p> : null}
      <ul class="object-list">
        {history.map((one) => (
          <li>
            <span>{`${one.name} → ${one.asName ?? t.none}`}</span>
            <p class="under">
              {`${one.reason} · ${t.declarations} ${formatCount(one.declarations)} · ${one.by} · ${formatMinute(one.mappedAt)}`}
            </p>
            {one.undoneAt ? (
              <p class="under">{t.undoneAt(formatMinute(one.undoneAt), one.undoReason ?? '')}</p>
            ) : (
              <form method="post" action={link(frame, `/desk/mapping/${scheme.code}/${scheme.version}/undo`)}>
                <input type="hidden" name="mapping" value={one.id} />
                <label for={`undo-${one.id}`}>{t.undoReason}</label>
                <input id={`undo-${one.id}`} name="reason" maxLength={500} required />
                <button>{t.undo}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

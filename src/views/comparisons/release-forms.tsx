import type { VNode } from 'preact';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import { TextField, TickField } from '../components/field.tsx';
import { Chinese } from '../components/names.tsx';
import { formatUnit } from '../format.ts';
import { type Frame, inBrackets, link, words } from '../frame.ts';
import type { ResultProps } from './result-props.ts';

/** The two acts of a release: the first person's checks, then the second person's. */
export function ReleaseForms(props: ResultProps): VNode {
  const { frame, at, run, sample, isPrepared, typed, messages } = props;
  const t = frame.t.runDesk;
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  if (at.role === 'drafter') return <p class="hint">{t.needMember}</p>;
  return (
    <>
      <section aria-labelledby="checklist">
        <h2 id="checklist">{t.checklist}</h2>
        {isPrepared ? <p>{t.preparedAlready}</p> : null}
        <form class="stacked card" method="post" action={link(frame, `/desk/runs/${run}/preparation`)}>
          <h3>{t.sample}</h3>
          <p class="hint">{t.sampleHint}</p>
          {sample.map((entry, i) => (
            <SampleRow {...props} entry={entry} i={i} />
          ))}
          <TickField {...given('cutOffChecked')} label={t.cutOffChecked} />
          <TickField {...given('objectionsChecked')} label={t.objectionsChecked} />
          <p class="hint">
            {`${t.conflicts}${frame.t.site.colon}`}
            <a href={link(frame, '/desk/conflicts')}>{frame.t.conflicts.title}</a>
          </p>
          <TextField {...given('note')} label={t.note} maxLength={1000} />
          <button class="primary">{t.prepare}</button>
        </form>
      </section>
      {isPrepared ? (
        <section aria-labelledby="release">
          <h2 id="release">{t.release}</h2>
          <form class="stacked card" method="post" action={link(frame, `/desk/runs/${run}/publication`)}>
            <p>{t.releaseHint}</p>
            <button class="primary">{t.releaseButton}</button>
          </form>
        </section>
      ) : null}
    </>
  );
}

function SampleRow({
  frame,
  scheme,
  entry,
  i,
  typed,
}: ResultProps & { readonly entry: ListEntry; readonly i: number }): VNode {
  const t = frame.t.runDesk;
  const chosen = typed[`agrees-${i}`];
  return (
    <fieldset>
      <legend>
        <Chinese frame={frame}>{`${entry.enterprise.name} · ${entry.number} · ${entry.model}`}</Chinese>
      </legend>
      <p>
        <a href={link(frame, `/s/${entry.declaration}`)}>{frame.t.lists.source.declaration}</a>
      </p>
      <ul>{entry.indicators.map((result, k) => sampleLine(frame, scheme.indicators[k], result.raw, result.value))}</ul>
      <input type="hidden" name={`declaration-${i}`} value={entry.declaration} />
      {(['agrees', 'differs'] as const).map((verdict) => (
        <label class="choice">
          <input type="radio" name={`agrees-${i}`} value={verdict} checked={chosen === verdict} />
          {` ${t[verdict]}`}
        </label>
      ))}
    </fieldset>
  );
}

function sampleLine(
  frame: Frame,
  indicator: ResultProps['scheme']['indicators'][number] | undefined,
  raw: string | null,
  value: string | null,
): VNode | null {
  if (!indicator) return null;
  const name = inBrackets(frame, words(frame, indicator.name), formatUnit(indicator.unit));
  return (
    <li>{`${name}${frame.t.site.colon}${raw ?? frame.t.board.notDeclared} → ${value ?? frame.t.lists.source.notDeclared}`}</li>
  );
}

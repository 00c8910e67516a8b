import type { VNode } from 'preact';
import type { ForerunnerEntry } from '../../domain/forerunners/list.ts';
import type { EntryMark } from '../../domain/forerunners/marks.ts';
import { CONFIRMATION_DAYS, GIVEN_CAUSES } from '../../domain/forerunners/vocabulary.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { SelectField, TextAreaField, TextField } from '../components/field.tsx';
import { Chinese } from '../components/names.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatCount } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Marks } from './forerunner-list-page.tsx';
import { clockInWords, RoundTag, type ShownCandidate, type ShownRound } from './round-parts.tsx';

export interface AtForerunners {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

interface ShownListed {
  readonly list: string;
  readonly entry: ForerunnerEntry;
  readonly marks: readonly EntryMark[];
}

interface Props extends AtForerunners {
  readonly rounds: readonly (ShownRound & { readonly own: readonly ShownCandidate[] })[];
  readonly openable: readonly { readonly list: string; readonly edition: number; readonly gradeOne: number }[];
  readonly entries: readonly ShownListed[];
}

/** Rounds of, with and for the own organisation; of a body also what it may open, take off and renew. */
export function ForerunnersDeskPage(props: Props): VNode {
  const { frame, at, rounds } = props;
  const t = frame.t.forerunnerDesk;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/forerunners">
      <p>{leadFor(frame, at)}</p>
      {rounds.length === 0 ? <p>{t.none}</p> : null}
      <ul class="object-list">
        {rounds.map((round) => (
          <li>
            <a class="code" href={link(frame, `/desk/forerunners/${round.id}`)}>
              {round.id}
            </a>{' '}
            <RoundTag frame={frame} state={round.state} /> {waitsFor(at, round) ? <strong>{t.waits}</strong> : null}
            <p class="under">
              {[
                frame.t.forerunners.boardEdition(round.list, String(round.board.edition)),
                clockInWords(frame, round.clock),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {round.own.map(({ declaration, number, state }) => (
              <p class="under">
                <a href={link(frame, `/desk/forerunners/${round.id}/${declaration}`)}>
                  <Chinese frame={frame}>{number}</Chinese>
                </a>
                {` · ${frame.t.forerunnerRound.candidateStates[state]}`}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {at.kind === 'assessment-body' ? <OpenForm {...props} /> : null}
      {props.entries.length > 0 ? <Entries {...props} /> : null}
    </DeskLayout>
  );
}

function leadFor({ t }: Frame, { kind }: AtDesk): string {
  switch (kind) {
    case 'assessment-body':
      return t.forerunnerDesk.leadBody;
    case 'enterprise':
      return t.forerunnerDesk.leadEnterprise;
    case 'coordinating-body':
      return t.forerunnerDesk.leadCoordinating;
    case 'regulator':
    case 'operator':
      return t.forerunnerDesk.leadRegulator;
  }
}

/** Whether it is this organisation's turn. */
function waitsFor({ kind }: AtDesk, { state, own }: Props['rounds'][number]): boolean {
  if (kind === 'enterprise') return state === 'confirming' && own.some((one) => one.state === 'waits-for-enterprise');
  if (kind === 'assessment-body') return state === 'checking';
  return kind === 'coordinating-body' && (state === 'shortlisted' || state === 'objections-over');
}

function OpenForm({ frame, typed, messages, openable }: Props): VNode {
  const t = frame.t.forerunnerDesk;
  const given = (name: string, otherwise = '') => ({ name, value: typed[name] ?? otherwise, messages });
  return (
    <section class="card" aria-labelledby="open-round">
      <h2 id="open-round">{t.open}</h2>
      {openable.length === 0 ? (
        <p>{t.noneOpenable}</p>
      ) : (
        <form class="stacked" method="post" action={link(frame, '/desk/forerunners')}>
          <SelectField
            {...given('board')}
            label={frame.t.forerunners.board}
            hint={t.openHint}
            options={openable.map(({ list, edition, gradeOne }) => [
              `${list}/${edition}`,
              t.openable(list, String(edition), formatCount(gradeOne)),
            ])}
          />
          <TextField {...given('confirmationDays', String(CONFIRMATION_DAYS))} label={t.days} maxLength={2} />
          <button class="primary">{t.open}</button>
        </form>
      )}
    </section>
  );
}

/** Entries of the body's lists: those proposed for removal say why, and each can be taken off or renewed. */
function Entries({ frame, typed, messages, entries }: Props): VNode {
  const [t, said] = [frame.t.forerunnerDesk, frame.t.forerunners];
  const lists = [...new Set(entries.map(({ list }) => list))];
  const marked = entries.filter(({ marks }) => marks.some(({ proposes }) => proposes !== null));
  const proposed = marked[0]?.marks.find(({ proposes }) => proposes !== null);
  const given = (name: string, otherwise = '') => ({ name, value: typed[name] ?? otherwise, messages });
  const options = entries.map(
    ({ list, entry }) => [`${list}/${entry.declaration}`, `${list} ${entry.enterprise.name} ${entry.number}`] as const,
  );
  const first = marked[0];
  return (
    <section aria-labelledby="listed">
      <h2 id="listed">{t.entries}</h2>
      <ul class="plain-list">
        {entries.map(({ list, entry, marks }) => (
          <li>
            <a href={link(frame, `/forerunners/${list}`)}>{list}</a>{' '}
            <Chinese frame={frame}>{`${entry.enterprise.name} ${entry.number}`}</Chinese>
            {` · ${said.validUntil} ${entry.validUntil} `}
            <Marks frame={frame} entry={{ marks }} />
            {marks.some(({ proposes }) => proposes !== null) ? <strong>{` ${t.proposed}`}</strong> : null}
          </li>
        ))}
      </ul>
      <form class="stacked card" method="post" action={link(frame, '/desk/forerunners/removals')}>
        <h3>{t.remove}</h3>
        <SelectField
          {...given('entry', first ? `${first.list}/${first.entry.declaration}` : '')}
          label={said.entries}
          options={options}
        />
        <SelectField
          {...given('cause', proposed?.proposes ?? '')}
          label={said.cause}
          options={GIVEN_CAUSES.map((cause) => [cause, said.causes[cause]])}
        />
        <TextField {...given('evidence', proposed?.about ?? '')} label={t.evidence} maxLength={300} />
        <TextAreaField {...given('note')} label={t.note} rows={3} maxLength={1000} />
        <button>{t.remove}</button>
      </form>
      {lists.map((list) => (
        <form class="card" method="post" action={link(frame, '/desk/forerunners/renewals')}>
          <h3>{`${t.renew} ${list}`}</h3>
          <input type="hidden" name="list" value={list} />
          {entries
            .filter((one) => one.list === list)
            .map(({ entry }) => (
              <p>
                <label class="tick">
                  <input type="checkbox" name={`renew-${entry.declaration}`} value="yes" />{' '}
                  <Chinese frame={frame}>{`${entry.enterprise.name} ${entry.number}`}</Chinese>
                </label>
              </p>
            ))}
          <button>{`${t.renew} ${list}`}</button>
        </form>
      ))}
    </section>
  );
}

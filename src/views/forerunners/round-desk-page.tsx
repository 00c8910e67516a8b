import type { VNode } from 'preact';
import { TextAreaField } from '../components/field.tsx';
import { Chinese } from '../components/names.tsx';
import { DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';
import type { AtForerunners } from './desk-page.tsx';
import { Candidates, RoundFacts, type ShownCandidate, type ShownRound } from './round-parts.tsx';

interface DeskCandidate extends ShownCandidate {
  readonly own: boolean;
  readonly checks: { readonly confirmed: boolean } | null;
}

interface Props extends AtForerunners {
  readonly round: ShownRound & { readonly leads: boolean; readonly candidates: readonly DeskCandidate[] };
}

/** One round at the desk: its facts, the way to each candidate's papers, and the acts that have their turn. */
export function RoundDeskPage(props: Props): VNode {
  const { frame, at, round } = props;
  const [t, said] = [frame.t.forerunnerDesk, frame.t.forerunnerRound];
  const shown = at.kind === 'enterprise' ? round.candidates.filter(({ own }) => own) : round.candidates;
  return (
    <DeskLayout {...props} title={said.title(round.id)} current="/desk/forerunners">
      <p>
        <a href={link(frame, '/desk/forerunners')}>{t.back}</a>{' '}
        <a href={link(frame, `/forerunner-rounds/${round.id}`)}>{t.public}</a>
      </p>
      <RoundFacts frame={frame} round={round} />
      <section aria-labelledby="papers">
        <h2 id="papers">{said.candidates}</h2>
        <ul class="plain-list">
          {shown.map(({ declaration, enterprise, number, state, checks }) => (
            <li>
              <a href={link(frame, `/desk/forerunners/${round.id}/${declaration}`)}>
                <Chinese frame={frame}>{`${enterprise.name} ${number}`}</Chinese>
              </a>
              {` · ${said.candidateStates[state]}${checks && !checks.confirmed ? ` · ${t.entered}` : ''}`}
            </li>
          ))}
        </ul>
        <Candidates frame={frame} round={round} candidates={shown} />
      </section>
      {at.role === 'drafter' ? null : <Acts {...props} />}
    </DeskLayout>
  );
}

function Acts(props: Props): VNode | null {
  const { frame, at, round } = props;
  const t = frame.t.forerunnerDesk;
  const { state } = round;
  const isOpen = state === 'confirming' || state === 'checking';
  const unconfirmed = round.candidates.some(({ checks }) => checks !== null && !checks.confirmed);
  if (at.kind === 'assessment-body' && round.leads) {
    return (
      <>
        {isOpen && unconfirmed ? (
          <Act frame={frame} round={round} act="confirm-checks" label={t.confirmChecks} hint={t.confirmChecksHint} />
        ) : null}
        {state === 'checking' ? (
          <Act frame={frame} round={round} act="short-list" label={t.shortList} hint={t.shortListHint} />
        ) : null}
      </>
    );
  }
  if (at.kind !== 'coordinating-body') return null;
  return (
    <>
      {state === 'shortlisted' ? (
        <Act frame={frame} round={round} act="open-objections" label={t.openObjections} />
      ) : null}
      {state === 'objections-over' ? (
        <Act frame={frame} round={round} act="publish" label={t.publish} hint={t.publishHint} />
      ) : null}
      {state === 'published' || state === 'ended' ? null : <EndForm {...props} />}
    </>
  );
}

function Act({
  frame,
  round,
  act,
  label,
  hint,
}: {
  readonly frame: Frame;
  readonly round: { readonly id: string };
  readonly act: string;
  readonly label: string;
  readonly hint?: string;
}): VNode {
  return (
    <form class="card" method="post" action={link(frame, `/desk/forerunners/${round.id}`)}>
      {hint ? <p class="hint">{hint}</p> : null}
      <button class="primary" name="act" value={act}>
        {label}
      </button>
    </form>
  );
}

function EndForm({ frame, round, typed, messages }: Props): VNode {
  const t = frame.t.forerunnerDesk;
  return (
    <form class="stacked card" method="post" action={link(frame, `/desk/forerunners/${round.id}`)}>
      <TextAreaField
        name="reason"
        value={typed['reason'] ?? ''}
        messages={messages}
        label={t.endReason}
        rows={3}
        maxLength={1000}
      />
      <button name="act" value="end">
        {t.end}
      </button>
    </form>
  );
}

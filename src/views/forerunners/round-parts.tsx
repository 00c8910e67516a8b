import type { VNode } from 'preact';
import type { CandidateState } from '../../domain/forerunners/candidate.ts';
import type { Because } from '../../domain/forerunners/checks.ts';
import type { RoundClock } from '../../domain/forerunners/round.ts';
import type { Provision, RoundKind, RoundState } from '../../domain/forerunners/vocabulary.ts';
import { Facts, Hash, StateTag } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, inBrackets, link, withQuery } from '../frame.ts';
import { DisputeFlag } from '../objections/dispute-flag.tsx';
import { becauseInWords, ForerunnerName, Rows } from './parts.tsx';

export interface ShownCandidate {
  readonly declaration: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly number: string;
  readonly subject: 'product' | 'service';
  readonly product: string;
  readonly declaredModels: readonly string[];
  readonly board: number;
  readonly confirmation: { readonly provision: Provision; readonly models: readonly string[] } | null;
  readonly report: {
    readonly number: string;
    readonly laboratory: string;
    readonly mark: string;
    readonly reportedOn: string;
    readonly sha256: string;
  } | null;
  readonly state: CandidateState;
  readonly shortlisted: boolean | null;
  readonly because: readonly Because[];
  readonly disputes: readonly string[];
}

export interface ShownRound {
  readonly id: string;
  readonly list: string;
  readonly kind: RoundKind;
  readonly state: RoundState;
  readonly clock: RoundClock | null;
  readonly board: { readonly edition: number };
  readonly scheme: { readonly version: number };
  readonly body: { readonly creditCode: string; readonly name: string };
  readonly openedAt: string;
  readonly confirmUntil: string;
  readonly shortlistedAt: string | null;
  readonly objectionsOpenedAt: string | null;
  readonly objectionsUntil: string | null;
  readonly publishedAt: string | null;
  readonly edition: number | null;
  readonly ended: { readonly at: string; readonly reason: string } | null;
  readonly sha256: string;
  readonly shortlistSha256: string | null;
}

const LIKE: Readonly<Record<RoundState, string>> = {
  confirming: 'running',
  checking: 'running',
  shortlisted: 'running',
  objection: 'running',
  'objections-over': 'running',
  published: 'finished',
  ended: 'withdrawn',
};

export function RoundTag({ frame, state }: { readonly frame: Frame; readonly state: RoundState }): VNode {
  return <StateTag state={LIKE[state]} text={frame.t.forerunnerRound.states[state]} />;
}

/** 企业确认还剩 3 个工作日; empty when no clock runs. */
export function clockInWords(frame: Frame, clock: RoundClock | null): string {
  const t = frame.t.forerunnerRound;
  return clock ? t.due(t.clocks[clock.step], formatCount(clock.left), clock.day) : '';
}

/** Where a round comes from, and the day of each step that was taken. */
export function RoundFacts({ frame, round }: { readonly frame: Frame; readonly round: ShownRound }): VNode {
  const [t, said] = [frame.t.forerunnerRound, frame.t.forerunners];
  const day = (at: string | null) => (at === null ? '' : formatDate(new Date(at)));
  const board = `/boards/${round.list}/${round.board.edition}`;
  return (
    <>
      <p>
        <RoundTag frame={frame} state={round.state} /> {clockInWords(frame, round.clock)}
      </p>
      {round.edition === null ? null : (
        <p>
          <a href={link(frame, `/forerunners/${round.list}/${round.edition}`)}>{t.published(String(round.edition))}</a>
        </p>
      )}
      <Facts
        facts={[
          [t.kind, t.kinds[round.kind]],
          [said.board, <a href={link(frame, board)}>{said.boardEdition(round.list, String(round.board.edition))}</a>],
          [
            said.scheme,
            <a href={link(frame, `/schemes/${round.list}/${round.scheme.version}`)}>
              {`${round.list} v${round.scheme.version}`}
            </a>,
          ],
          [
            said.body,
            <OrganisationName frame={frame} name={round.body.name} href={`/bodies/${round.body.creditCode}`} />,
          ],
          [t.step.opened, day(round.openedAt)],
          [t.step.confirm, round.confirmUntil],
          ...(round.shortlistedAt ? [[t.step.shortlist, day(round.shortlistedAt)] as const] : []),
          ...(round.objectionsOpenedAt
            ? [[t.step.objection, `${day(round.objectionsOpenedAt)} – ${round.objectionsUntil}`] as const]
            : []),
          ...(round.publishedAt ? [[t.step.publish, day(round.publishedAt)] as const] : []),
          ...(round.ended
            ? [
                [
                  t.step.end,
                  <Chinese frame={frame}>{inBrackets(frame, day(round.ended.at), round.ended.reason)}</Chinese>,
                ] as const,
              ]
            : []),
          [t.document, <Hash value={round.sha256} />],
          ...(round.shortlistSha256 ? [[t.shortlist, <Hash value={round.shortlistSha256} />] as const] : []),
        ]}
      />
    </>
  );
}

/** Every candidate, with what it gave, what is missing, and while objections are taken the way to one. */
export function Candidates({
  frame,
  round,
  candidates,
}: {
  readonly frame: Frame;
  readonly round: Pick<ShownRound, 'id' | 'list' | 'state'>;
  readonly candidates: readonly ShownCandidate[];
}): VNode {
  const [t, said] = [frame.t.forerunnerRound, frame.t.forerunners];
  return (
    <Rows caption={t.candidates} heads={[said.enterprise, said.product, t.commitment, said.report, said.state]}>
      {candidates.map((one) => (
        <tr role="row" id={one.declaration}>
          <ForerunnerName frame={frame} of={one} />
          <td role="cell" data-label={said.product}>
            <Chinese frame={frame}>{one.product}</Chinese>
            <small class="under">
              <a href={link(frame, `/boards/${round.list}/${one.board}/entry/${one.declaration}`)}>{said.rowSource}</a>
            </small>
          </td>
          <td role="cell" data-label={t.commitment}>
            {one.confirmation ? t.given : t.missing}
            {one.confirmation ? (
              <small class="under">
                <Chinese frame={frame}>
                  {[t.provisions[one.confirmation.provision], one.confirmation.models.join(frame.t.site.comma)].join(
                    ' · ',
                  )}
                </Chinese>
              </small>
            ) : null}
          </td>
          <td role="cell" data-label={said.report}>
            {one.report ? (
              <Chinese frame={frame}>
                {t.reportLine(one.report.number, one.report.laboratory, one.report.mark, one.report.reportedOn)}
              </Chinese>
            ) : (
              t.missing
            )}
          </td>
          <td role="cell" data-label={said.state}>
            <Standing frame={frame} candidate={one} />
            <DisputeFlag frame={frame} numbers={one.disputes} />
            {round.state === 'objection' && one.shortlisted ? (
              <a
                class="no-print"
                aria-label={`${t.object} ${one.number}`}
                href={link(
                  frame,
                  withQuery('/objections/new', { object: `forerunner/${round.id}/1/${one.declaration}` }),
                )}
              >
                {t.object}
              </a>
            ) : null}
          </td>
        </tr>
      ))}
    </Rows>
  );
}

function Standing({
  frame,
  candidate: { shortlisted, state, because },
}: {
  readonly frame: Frame;
  readonly candidate: ShownCandidate;
}): VNode {
  const t = frame.t.forerunnerRound;
  if (shortlisted === null) return <>{t.candidateStates[state]}</>;
  if (shortlisted) return <StateTag state="finished" text={t.listed} />;
  return (
    <>
      <StateTag state="withdrawn" text={t.leftOut} />
      <small class="under">{becauseInWords(frame, because)}</small>
    </>
  );
}

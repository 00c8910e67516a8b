import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Scroll, StateTag } from '../components/facts.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

export interface ShownRun {
  readonly id: string;
  readonly schemeCode: string;
  readonly schemeVersion: number | null;
  readonly kind: 'regular' | 'correction' | 'trial';
  readonly logSize: number;
  readonly state: 'requested' | 'running' | 'finished' | 'failed';
  readonly requestedAt: Date;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly schemes: readonly { readonly code: string; readonly version: number; readonly title: Text }[];
  readonly drafts: readonly { readonly id: string; readonly title: string }[];
  readonly runs: readonly ShownRun[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** The comparisons of a body, and the forms that ask for one. */
export function RunsPage(props: Props): VNode {
  const { frame, at, schemes, drafts, runs, typed, messages } = props;
  const t = frame.t.runDesk;
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  return (
    <DeskLayout {...props} title={t.title} current="/desk/runs">
      <p>{t.lead}</p>
      {at.role === 'drafter' ? (
        <p class="hint">{t.needMember}</p>
      ) : schemes.length === 0 ? (
        <p class="notice">{t.noScheme}</p>
      ) : (
        <form class="stacked card" method="post" action={link(frame, '/desk/runs')}>
          <h2>{t.ask}</h2>
          <SelectField
            {...given('scheme')}
            label={t.scheme}
            options={schemes.map(({ code, version, title }) => [
              `${code}/${version}`,
              `${words(frame, title)} · ${code} v${version}`,
            ])}
          />
          <SelectField
            {...given('kind')}
            label={t.kind}
            options={(['regular', 'correction', 'trial'] as const).map((kind) => [kind, t.kinds[kind]])}
          />
          <TextField {...given('reason')} label={t.reason} hint={t.reasonHint} maxLength={500} />
          <TextField {...given('logSize')} label={t.logSize} hint={t.logSizeHint} maxLength={15} />
          <button class="primary">{t.button}</button>
        </form>
      )}
      {at.role !== 'drafter' && drafts.length > 0 ? (
        <form class="stacked card" method="post" action={link(frame, '/desk/runs/trials')}>
          <h2>{t.draftTitle}</h2>
          <SelectField {...given('draft')} label={t.draft} options={drafts.map(({ id, title }) => [id, title])} />
          <button>{t.trial}</button>
        </form>
      ) : null}
      <h2>{t.runs}</h2>
      {runs.length === 0 ? <p>{t.none}</p> : <Runs frame={frame} runs={runs} />}
    </DeskLayout>
  );
}

function Runs({ frame, runs }: { readonly frame: Frame; readonly runs: readonly ShownRun[] }): VNode {
  const t = frame.t.runDesk;
  return (
    <Scroll label={t.runs}>
      <table class="cards" role="table">
        <thead>
          <tr role="row">
            {[t.run, t.scheme, t.kind, frame.t.run.cutOff, t.state].map((head) => (
              <th role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr role="row">
              <th role="rowheader" scope="row">
                <a href={link(frame, `/desk/runs/${run.id}`)}>{formatMinute(run.requestedAt)}</a>
              </th>
              <td role="cell" data-label={t.scheme}>
                {run.schemeVersion === null ? run.schemeCode : `${run.schemeCode} v${run.schemeVersion}`}
              </td>
              <td role="cell" data-label={t.kind}>
                {t.kinds[run.kind]}
              </td>
              <td role="cell" data-label={frame.t.run.cutOff} class="number">
                {formatCount(run.logSize)}
              </td>
              <td role="cell" data-label={t.state}>
                <StateTag state={run.state} text={frame.t.run.states[run.state]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

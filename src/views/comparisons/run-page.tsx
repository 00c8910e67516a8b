import type { VNode } from 'preact';
import { Facts, StateTag } from '../components/facts.tsx';
import { formatCount, formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly run: {
    readonly id: string;
    readonly schemeCode: string;
    readonly schemeVersion: number | null;
    readonly logSize: number;
    readonly state: 'requested' | 'running' | 'finished' | 'failed';
    readonly done: number;
    readonly total: number;
    readonly requestedAt: Date;
    readonly startedAt: Date | null;
    readonly finishedAt: Date | null;
    readonly failure: string | null;
  };
}

/** How far a comparison is; read again every five seconds while it moves. */
export function RunPage({ frame, run }: Props): VNode {
  const t = frame.t.run;
  const isMoving = run.state === 'requested' || run.state === 'running';
  const optional = (term: string, at: Date | null) => (at ? [[term, formatTime(at)] as const] : []);
  const scheme = link(frame, `/schemes/${run.schemeCode}/${run.schemeVersion}`);
  return (
    <Layout frame={frame} title={`${t.title} ${run.id}`} section="boards" {...(isMoving ? { refresh: 5 } : {})}>
      <p class="kicker code">{run.id}</p>
      <h1>{t.title}</h1>
      <p class="lead">
        <StateTag state={run.state} text={t.states[run.state]} />{' '}
        {run.total > 0 ? t.done(formatCount(run.done), formatCount(run.total)) : null}
      </p>
      {isMoving ? (
        <progress aria-label={t.states[run.state]} {...(run.total > 0 ? { value: run.done, max: run.total } : {})} />
      ) : null}
      <p class="hint">{isMoving ? t.refresh : run.state === 'finished' ? t.finished : t.failure}</p>
      <Facts
        facts={[
          [t.scheme, <a href={scheme}>{`${run.schemeCode} v${run.schemeVersion}`}</a>],
          [t.cutOff, frame.t.boards.logSize(formatCount(run.logSize))],
          [t.requestedAt, formatTime(run.requestedAt)],
          ...optional(t.startedAt, run.startedAt),
          ...optional(t.finishedAt, run.finishedAt),
          ...(run.failure ? [[t.reason, run.failure] as const] : []),
        ]}
      />
      {run.state === 'finished' ? (
        <p>
          <a href={`/api/v1/comparison-runs/${run.id}/inputs`}>{t.inputs}</a>
        </p>
      ) : null}
    </Layout>
  );
}

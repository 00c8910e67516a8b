import type { VNode } from 'preact';
import type { DrawState } from '../../domain/spot-checks/vocabulary.ts';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatCount } from '../format.ts';
import { link, withQuery } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { DrawFiles } from './draw-files.tsx';
import type { DrawProps } from './draw-props.ts';
import { DrawnTable } from './drawn-table.tsx';
import { PlanFacts } from './plan-facts.tsx';

export function DrawPage(props: DrawProps): VNode {
  const { frame, id, title, state, plan, regulator, voidReason, voidBefore } = props;
  const t = frame.t.draw;
  const states = frame.t.draws.states;
  return (
    <Layout frame={frame} title={title} section="draws" islands={props.verifier ? ['verify-draw'] : []}>
      <article class="draw">
        <p class="kicker code">{id}</p>
        <h1>
          <Chinese frame={frame}>{title}</Chinese>
        </h1>
        <p class="lead">
          <OrganisationName frame={frame} name={regulator.name} invented={regulator.invented} />
          {`${t.sentence(formatCount(plan.frameCount))} `}
          {props.drawn > 0 ? t.drawnSentence(formatCount(props.drawn)) : t.progress(states[state])}
        </p>
        {voidReason === null ? null : (
          <p class="notice">
            <strong>{`${t.voidReason}${frame.t.site.colon}`}</strong>
            <Chinese frame={frame}>{voidReason}</Chinese>
          </p>
        )}
        {voidBefore > 0 ? <p class="notice">{t.voidBefore(voidBefore)}</p> : null}
        <Steps {...props} />
        <PlanFacts {...props} />
        <section aria-labelledby="result">
          <h2 id="result">{t.result}</h2>
          {props.drawn > 0 ? <DrawnTable {...props} /> : <p>{t.noResult}</p>}
        </section>
        <DrawFiles {...props} />
        <p>
          <a href={link(frame, withQuery('/objections/new', { object: `draw/${id}` }))}>{frame.t.objections.bring}</a>
        </p>
      </article>
    </Layout>
  );
}

/** The first three are done by the plan itself: it fixes frame, parameters and commitments at once. */
const STEPS_DONE: Readonly<Record<DrawState, number>> = {
  frozen: 1,
  committed: 3,
  seeded: 4,
  drawn: 5,
  closed: 6,
  void: 0,
};

function Steps({ frame, state, hasFindings, logged }: DrawProps): VNode {
  const t = frame.t.draw;
  const reached = logged.result !== null ? 5 : logged.seed !== null ? 4 : 3;
  const done = state === 'void' ? reached : hasFindings ? 6 : STEPS_DONE[state];
  return (
    <ol class="steps" aria-label={t.stepsLabel}>
      {t.steps.map((step, i) => (
        <li class={i < done ? 'done' : 'waiting'} aria-current={i === done && state !== 'void' ? 'step' : undefined}>
          {step}
          <small>{i < done ? t.done : state === 'void' ? t.voided : t.waiting}</small>
        </li>
      ))}
    </ol>
  );
}

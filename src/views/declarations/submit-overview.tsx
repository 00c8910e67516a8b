import type { ComponentChildren, VNode } from 'preact';
import { Facts } from '../components/facts.tsx';
import { IndicatorTable, ParameterTable, ProductTable } from './declared-tables.tsx';
import type { Task } from './form-fields.ts';
import { taskAddress } from './form-props.ts';
import { standardFacts } from './standard-facts.tsx';
import type { SubmitProps } from './submit-props.ts';

/** Everything that will be public, on one page, each part with the way to change it. */
export function SubmitOverview(props: SubmitProps): VNode {
  const { frame, content, category, isTextWithheld } = props;
  const t = frame.t.submit;
  const { standard, products, parameters, indicators, text } = content;
  const nothing = <p class="muted">{t.nothing}</p>;
  const { commitment: _later, text: _below, ...declared } = content;
  return (
    <>
      <Part {...props} task="standard">
        <Facts
          facts={[
            [frame.t.form.number, standard.number || t.nothing],
            [frame.t.form.name, standard.name || t.nothing],
            ...standardFacts(frame, {
              ...declared,
              standard: { ...standard, effectiveOn: standard.effectiveOn || t.nothing },
            }).filter(([term]) => term !== frame.t.marks.text),
          ]}
        />
      </Part>
      <Part {...props} task="products">
        <Facts facts={[[frame.t.form.category, category ?? t.nothing]]} />
        {products.length > 0 ? <ProductTable frame={frame} products={products} /> : nothing}
        {parameters.length > 0 ? <ParameterTable frame={frame} parameters={parameters} /> : null}
      </Part>
      <Part {...props} task="indicators">
        {indicators.length > 0 ? <IndicatorTable frame={frame} indicators={indicators} /> : nothing}
      </Part>
      <Part {...props} task="text">
        <p>{text ? text.name : isTextWithheld ? t.textWithheld : t.textNone}</p>
      </Part>
    </>
  );
}

function Part({
  frame,
  draft,
  task,
  children,
}: SubmitProps & { readonly task: Task; readonly children: ComponentChildren }): VNode {
  const t = frame.t.submit;
  const name = frame.t.tasks.names[task];
  return (
    <section class="card" aria-labelledby={`part-${task}`}>
      <div class="part-head">
        <h2 id={`part-${task}`}>{name}</h2>
        <a href={taskAddress(frame, draft.id, task)} aria-label={t.changeOf(name)}>
          {t.change}
        </a>
      </div>
      {children}
    </section>
  );
}

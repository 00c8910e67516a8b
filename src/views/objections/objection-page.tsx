import type { VNode } from 'preact';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { Facts, Hash } from '../components/facts.tsx';
import { TextField } from '../components/field.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatMinute } from '../format.ts';
import { type Frame, inBrackets, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { CaseFile, dueWords, ObjectionTag, ObjectLink } from './objection-parts.tsx';
import type { ShownCaseFile, ShownObjection } from './shown.ts';

interface Props {
  readonly frame: Frame;
  readonly objection: ShownObjection;
  /** Opened with the code of who submitted it. */
  readonly file: ShownCaseFile | null;
  readonly messages: readonly SummaryLine[];
}

/** One objection as everyone may know it; who submitted it opens the rest with the code. */
export function ObjectionPage(props: Props): VNode {
  const { frame, objection, file, messages } = props;
  const [t, said] = [frame.t.objections, frame.t.objectionCase];
  const { number } = objection;
  return (
    <Layout frame={frame} title={`${t.title} ${number}`} hasErrors={messages.length > 0}>
      <h1>
        {t.title} <span class="code">{number}</span>
      </h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <ObjectionFacts frame={frame} objection={objection} />
      {file ? (
        <CaseFile frame={frame} number={number} file={file} withLinks={false} />
      ) : (
        <section class="card" aria-labelledby="open">
          <h2 id="open">{said.open}</h2>
          <p>{said.openLead}</p>
          <form class="stacked" method="post" action={link(frame, `/objections/${number}`)}>
            <TextField
              name="secret"
              label={frame.t.objectionForm.secret}
              value=""
              maxLength={100}
              messages={messages}
            />
            <button class="primary">{said.open}</button>
          </form>
        </section>
      )}
    </Layout>
  );
}

/** Facts, timeline and decision: the public part, which the desk shows too. */
export function ObjectionFacts({ frame, objection }: Pick<Props, 'frame' | 'objection'>): VNode {
  const t = frame.t.objections;
  const { decision, clock, handler, inCharge } = objection;
  return (
    <>
      <Facts
        facts={[
          [t.object, <ObjectLink frame={frame} object={objection.object} />],
          [t.kind, t.kinds[objection.kind]],
          [t.state, <ObjectionTag frame={frame} state={objection.state} />],
          [
            t.handler,
            <>
              <OrganisationName frame={frame} name={handler.name} />
              {inCharge === 'handler' ? null : inBrackets(frame, '', t.coordinating)}
            </>,
          ],
          ...(clock ? [[t.steps[clock.step], dueWords(frame, clock)] as const] : []),
        ]}
      />
      <section aria-labelledby="timeline">
        <h2 id="timeline">{t.timeline}</h2>
        <ol class="plain-list">
          {timelineOf(frame, objection).map(([what, at, more]) => (
            <li>
              <time>{formatMinute(new Date(at))}</time> {what} {more ? <Chinese frame={frame}>{more}</Chinese> : null}
            </li>
          ))}
        </ol>
      </section>
      {decision ? (
        <section aria-labelledby="decision">
          <h2 id="decision">{`${t.decision}${frame.t.site.colon}${t.decisions[decision.decision]}`}</h2>
          <Facts
            facts={[
              [t.reasons, <Chinese frame={frame}>{decision.reasons}</Chinese>],
              [t.effect, t.effects[decision.effect]],
              [t.hash, <Hash value={decision.sha256} />],
            ]}
          />
        </section>
      ) : null}
    </>
  );
}

function timelineOf({ t }: Frame, objection: ShownObjection) {
  const said = t.objections;
  const { executed, notAccepted, decision } = objection;
  const carriedOut = executed?.list
    ? said.executedBy(executed.list, String(executed.edition))
    : (executed?.remark ?? '');
  const steps: readonly (readonly [string, string | null | undefined, string])[] = [
    [said.submittedOn, objection.submittedAt, ''],
    [said.notAcceptedOn, notAccepted?.at, notAccepted?.reason ?? ''],
    [said.acceptedOn, objection.acceptedAt, ''],
    [said.answeredOn, objection.answeredAt, ''],
    [said.reviewedOn, objection.reviewedAt, ''],
    [said.decidedOn, decision?.at, decision ? said.decisions[decision.decision] : ''],
    [said.executedOn, executed?.at, carriedOut],
  ];
  return steps.flatMap(([what, at, more]) => (at ? [[what, at, more] as const] : []));
}

import type { VNode } from 'preact';
import type { ObjectionAct } from '../../domain/objections/state.ts';
import { OBJECTION_DECISIONS, OBJECTION_EFFECTS } from '../../domain/objections/vocabulary.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { SelectField, TextAreaField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';
import { ObjectionFacts } from './objection-page.tsx';
import { CaseFile, dueWords, ObjectionTag, ObjectLink } from './objection-parts.tsx';
import type { ShownCase, ShownCaseFile } from './shown.ts';

interface AtPage {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** Objections of, about and for the own organisation, each with its clock and whether it waits for something here. */
export function ObjectionsDeskPage(props: AtPage & { readonly objections: readonly ShownCase[] }): VNode {
  const { frame, objections } = props;
  const [t, said] = [frame.t.objectionCase, frame.t.objections];
  return (
    <DeskLayout {...props} title={said.title} current="/desk/objections">
      <p>{t.lead}</p>
      {objections.length === 0 ? <p>{t.none}</p> : null}
      <ul class="object-list">
        {objections.map((one) => (
          <li>
            <a class="code" href={link(frame, `/desk/objections/${one.number}`)}>
              {one.number}
            </a>{' '}
            <ObjectionTag frame={frame} state={one.state} /> {one.acts.length > 0 ? <strong>{t.waits}</strong> : null}
            <p class="under">
              {said.kinds[one.kind]} · <ObjectLink frame={frame} object={one.object} />
              {one.clock ? ` · ${said.steps[one.clock.step]} ${dueWords(frame, one.clock)}` : null}
            </p>
          </li>
        ))}
      </ul>
    </DeskLayout>
  );
}

/** One case at the desk: the public part, what was said, and the form of whatever has its turn. */
export function ObjectionDeskPage(
  props: AtPage & { readonly objection: ShownCase; readonly file: ShownCaseFile | null },
): VNode {
  const { frame, at, objection, file } = props;
  const t = frame.t.objectionCase;
  const { number } = objection;
  return (
    <DeskLayout {...props} title={`${frame.t.objections.title} ${number}`} current="/desk/objections">
      <p>
        <a href={link(frame, '/desk/objections')}>{t.back}</a>
      </p>
      <ObjectionFacts frame={frame} objection={objection} />
      {file ? <CaseFile frame={frame} number={number} file={file} withLinks /> : null}
      {at.role === 'drafter' ? null : objection.acts.map((act) => <ActForm {...props} act={act} />)}
    </DeskLayout>
  );
}

function ActForm(props: AtPage & { readonly objection: ShownCase; readonly act: ObjectionAct }): VNode {
  const { frame, typed, messages, objection, act } = props;
  const [t, said] = [frame.t.objectionCase, frame.t.objections];
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  const decisions = OBJECTION_DECISIONS.map((one) => [one, said.decisions[one]] as const);
  const FIELDS: Readonly<Record<ObjectionAct, VNode>> = {
    accept: <TextAreaField {...given('reason')} label={t.acceptReason} rows={3} maxLength={1000} />,
    answer: <TextAreaField {...given('answer')} label={t.answerText} rows={8} maxLength={4000} />,
    review: (
      <>
        <SelectField {...given('recommendation')} label={t.recommendation} options={decisions} />
        <TextAreaField {...given('reasons')} label={t.reviewReasons} rows={6} maxLength={4000} />
      </>
    ),
    decide: (
      <>
        <SelectField {...given('decision')} label={said.decision} options={decisions} />
        <SelectField
          {...given('effect')}
          label={said.effect}
          options={OBJECTION_EFFECTS.map((one) => [one, said.effects[one]])}
        />
        <TextAreaField {...given('reasons')} label={t.decideReasons} rows={6} maxLength={4000} />
      </>
    ),
    execute: <TextAreaField {...given('remark')} label={t.remark} rows={3} maxLength={1000} />,
  };
  const BUTTONS: Readonly<Record<Exclude<ObjectionAct, 'accept'>, string>> = {
    answer: t.answerButton,
    review: t.reviewButton,
    decide: t.decideButton,
    execute: t.executeButton,
  };
  return (
    <section class="card" aria-labelledby={`act-${act}`}>
      <h2 id={`act-${act}`}>{t.handle}</h2>
      <form class="stacked" method="post" action={link(frame, `/desk/objections/${objection.number}`)}>
        {FIELDS[act]}
        {act === 'accept' ? (
          <p class="actions">
            <button class="primary" name="act" value="accept">
              {t.accept}
            </button>
            <button name="act" value="refuse">
              {t.refuse}
            </button>
          </p>
        ) : (
          <button class="primary" name="act" value={act}>
            {BUTTONS[act]}
          </button>
        )}
      </form>
    </section>
  );
}

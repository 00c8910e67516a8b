import type { VNode } from 'preact';
import type { CountedDay } from '../../domain/calendar/calendar.ts';
import { EVIDENCE_TYPES, MOST_STATEMENT_CHARACTERS, OBJECTION_KINDS } from '../../domain/objections/vocabulary.ts';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { Field, SelectField, TextAreaField, TextField } from '../components/field.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { dayWords, ObjectLink } from './objection-parts.tsx';

interface Props {
  readonly frame: Frame;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly idempotencyKey: string;
}

/** The form that anyone may send; the object comes with the link that led here. */
export function ObjectionFormPage({ frame, typed, messages, idempotencyKey }: Props): VNode {
  const [t, said] = [frame.t.objectionForm, frame.t.objections];
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  const object = typed['object'] ?? '';
  return (
    <Layout frame={frame} title={t.title} hasErrors={messages.length > 0}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <form class="stacked" method="post" action={link(frame, '/objections/new')} enctype="multipart/form-data">
        <input type="hidden" name="key" value={idempotencyKey} />
        {object ? (
          <p>
            <ObjectLink frame={frame} object={object} />
          </p>
        ) : null}
        <TextField {...given('object')} label={said.object} hint={t.objectHint} maxLength={200} />
        <SelectField
          {...given('kind')}
          label={said.kind}
          options={OBJECTION_KINDS.map((kind) => [kind, said.kinds[kind]])}
        />
        <TextAreaField
          {...given('statement')}
          label={t.statement}
          hint={t.statementHint}
          rows={8}
          maxLength={MOST_STATEMENT_CHARACTERS}
        />
        <Field
          {...given('evidence')}
          label={t.evidence}
          hint={t.evidenceHint}
          control={(described) => <input {...described} type="file" multiple accept={EVIDENCE_TYPES.join(',')} />}
        />
        <TextField {...given('contact')} label={t.contact} hint={t.contactHint} maxLength={200} />
        <button class="primary">{t.button}</button>
      </form>
    </Layout>
  );
}

/** The receipt: the code is shown on this page and never again. */
export function SubmittedPage(props: {
  readonly frame: Frame;
  readonly number: string;
  readonly secret: string | null;
  readonly acceptBy: CountedDay;
}): VNode {
  const { frame, number, secret, acceptBy } = props;
  const t = frame.t.objectionForm;
  return (
    <Layout frame={frame} title={t.doneTitle}>
      <h1>{t.doneTitle}</h1>
      <p class="lead">{secret ? t.keep : t.again}</p>
      <Facts
        facts={[
          [frame.t.objections.number, <span class="code">{number}</span>],
          ...(secret ? [[t.secret, <code class="code">{secret}</code>] as const] : []),
          [t.acceptBy, dayWords(frame, acceptBy)],
        ]}
      />
      <p>
        <a href={link(frame, `/objections/${number}`)}>{t.view}</a>
      </p>
    </Layout>
  );
}

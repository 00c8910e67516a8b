import type { VNode } from 'preact';
import { KIND_TEXT } from '../../domain/access/policy.ts';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { Field, SelectField, TextField } from '../components/field.tsx';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

const KINDS = ['enterprise', 'assessment-body', 'regulator', 'coordinating-body'] as const;
const METHODS = ['licence', 'letter', 'domain'] as const;

interface Props {
  readonly frame: Frame;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
}

/** The first step of every organisation: who it is, and what proves that the applicant controls it. */
export function JoinPage({ frame, typed, messages }: Props): VNode {
  const t = frame.t.join;
  const { required } = frame.t.form;
  const text = (name: string, label: string, more: { hint?: string; maxLength?: number; optional?: boolean } = {}) => (
    <TextField
      name={name}
      label={label}
      value={typed[name] ?? ''}
      maxLength={more.maxLength ?? 200}
      messages={messages}
      {...(more.hint ? { hint: more.hint } : {})}
      {...(more.optional ? {} : { required })}
    />
  );
  return (
    <Layout frame={frame} title={t.title} hasErrors={messages.length > 0}>
      <h1>{t.title}</h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <p>{t.lead}</p>
      <form class="stacked" method="post" action={link(frame, '/join')} enctype="multipart/form-data">
        <SelectField
          name="kind"
          label={t.kind}
          value={typed['kind'] ?? 'enterprise'}
          messages={messages}
          options={KINDS.map((kind) => [kind, words(frame, KIND_TEXT[kind])])}
        />
        {text('creditCode', t.creditCode, { maxLength: 60 })}
        {text('name', t.name, { hint: t.nameHint })}
        {text('region', t.region, { maxLength: 6, optional: true })}
        <SelectField
          name="method"
          label={t.method}
          value={typed['method'] ?? 'licence'}
          messages={messages}
          options={METHODS.map((method) => [method, t.methods[method]])}
        />
        {text('statement', t.statement, { hint: t.statementHint, maxLength: 1000 })}
        <fieldset>
          <legend>{t.admin}</legend>
          {text('displayName', t.displayName, { maxLength: 100 })}
          {text('loginName', t.loginName, { hint: t.loginHint, maxLength: 100 })}
          <TextField
            name="password"
            type="password"
            label={t.password}
            hint={t.passwordHint}
            value=""
            maxLength={512}
            required={required}
            messages={messages}
          />
        </fieldset>
        <Field
          name="evidence"
          label={t.evidence}
          hint={t.evidenceHint}
          value=""
          required={required}
          messages={messages}
          control={(described) => <input {...described} type="file" />}
        />
        <button class="primary">{t.button}</button>
      </form>
    </Layout>
  );
}

export function JoinedPage({
  frame,
  name,
  codeRegular,
}: {
  readonly frame: Frame;
  readonly name: string;
  readonly codeRegular: boolean;
}): VNode {
  const t = frame.t.join;
  return (
    <Layout frame={frame} title={t.doneTitle}>
      <h1>{t.doneTitle}</h1>
      <p class="lead" role="status">
        {t.done(name)}
      </p>
      {codeRegular ? null : <p>{t.unconfirmed}</p>}
      <p>
        <a class="button" href={link(frame, '/login')}>
          {t.logIn}
        </a>
      </p>
    </Layout>
  );
}

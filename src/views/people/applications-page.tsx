import type { VNode } from 'preact';
import { KIND_TEXT } from '../../domain/access/policy.ts';
import type { OrganisationKind } from '../../domain/access/actor.ts';
import { Facts, Hash } from '../components/facts.tsx';
import type { SummaryLine } from '../components/error-summary.tsx';
import { TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

export interface ShownApplication {
  readonly creditCode: string;
  readonly creditCodeMark: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly proof: { readonly method: string; readonly evidenceSha256: string; readonly statement: string };
  readonly appliedAt: string;
}

/** What the operator confirms: identity, by the proof; no content of anything declared. */
export function ApplicationsPage(props: {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly applications: readonly ShownApplication[];
  readonly messages: readonly SummaryLine[];
}): VNode {
  const { frame, applications, messages } = props;
  const t = frame.t.applications;
  const methods: Readonly<Record<string, string>> = frame.t.join.methods;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/applications">
      {applications.length === 0 ? <p>{t.none}</p> : null}
      {applications.map(({ creditCode, creditCodeMark, name, kind, proof, appliedAt }) => (
        <section class="card" aria-labelledby={`of-${creditCode}`}>
          <h2 id={`of-${creditCode}`}>
            {name} <small class="code">{creditCode}</small>
          </h2>
          <Facts
            facts={[
              [frame.t.join.kind, words(frame, KIND_TEXT[kind])],
              [frame.t.join.method, methods[proof.method] ?? proof.method],
              [frame.t.join.statement, proof.statement],
              [t.evidence, <Hash value={proof.evidenceSha256} />],
              [t.appliedAt, formatMinute(new Date(appliedAt))],
            ]}
          />
          <form method="post" action={link(frame, `/desk/applications/${creditCode}`)}>
            <TextField name={`reason-${creditCode}`} label={t.reason} value="" maxLength={1000} messages={messages} />
            {creditCodeMark === 'unconfirmed' ? (
              <p class="tick">
                <input type="checkbox" id={`code-${creditCode}`} name="confirmCreditCode" value="yes" />{' '}
                <label for={`code-${creditCode}`}>{t.confirmCode}</label>
              </p>
            ) : null}
            <p class="actions">
              <button class="primary" name="decision" value="confirm">
                {t.confirm}
              </button>
              <button name="decision" value="refuse">
                {t.refuse}
              </button>
            </p>
          </form>
        </section>
      ))}
    </DeskLayout>
  );
}

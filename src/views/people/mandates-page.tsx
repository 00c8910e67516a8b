import type { VNode } from 'preact';
import { Scroll } from '../components/facts.tsx';
import type { SummaryLine } from '../components/error-summary.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';

interface Identity {
  readonly creditCode: string;
  readonly name: string;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly mandates: readonly {
    readonly id: string;
    readonly scope: 'draft' | 'publish';
    readonly validFrom: string;
    readonly validTo: string;
    readonly revokedAt: string | null;
    readonly principal: Identity;
    readonly agent: Identity;
  }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** Who acts for the enterprise, and for whom it acts. */
export function MandatesPage(props: Props): VNode {
  const { frame, at, mandates } = props;
  const t = frame.t.mandates;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/mandates">
      <p>{t.lead}</p>
      {mandates.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <Scroll label={t.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.agent}</th>
                <th scope="col">{t.principal}</th>
                <th scope="col">{t.scope}</th>
                <th scope="col">{t.from}</th>
                <th scope="col">{t.to}</th>
                <th scope="col">{frame.t.draws.state}</th>
              </tr>
            </thead>
            <tbody>
              {mandates.map(({ id, scope, validFrom, validTo, revokedAt, principal, agent }) => (
                <tr>
                  <th scope="row">{agent.name}</th>
                  <td>{principal.name}</td>
                  <td>{t.scopes[scope]}</td>
                  <td>{validFrom}</td>
                  <td>{validTo}</td>
                  <td>
                    {revokedAt ? t.revoked : null}
                    {!revokedAt && principal.creditCode === at.creditCode && at.role === 'admin' ? (
                      <form class="inline" method="post" action={link(frame, `/desk/mandates/${id}`)}>
                        <button class="plain" aria-label={t.revokeOf(agent.name)}>
                          {t.revoke}
                        </button>
                      </form>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {at.role === 'admin' ? <NewMandate {...props} /> : null}
    </DeskLayout>
  );
}

function NewMandate({ frame, typed, messages }: Props): VNode {
  const t = frame.t.mandates;
  const value = (name: string) => typed[name] ?? '';
  return (
    <section class="card" aria-labelledby="give">
      <h2 id="give">{t.give}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/mandates')}>
        <TextField name="agent" label={t.agentCode} value={value('agent')} maxLength={40} messages={messages} />
        <SelectField
          name="scope"
          label={t.scope}
          value={value('scope') || 'draft'}
          messages={messages}
          options={(['draft', 'publish'] as const).map((scope) => [scope, t.scopes[scope]])}
        />
        <TextField name="validFrom" type="date" label={t.from} value={value('validFrom')} messages={messages} />
        <TextField name="validTo" type="date" label={t.to} value={value('validTo')} messages={messages} />
        <TextField
          name="evidenceSha256"
          label={t.evidence}
          hint={t.evidenceHint}
          value={value('evidenceSha256')}
          maxLength={64}
          messages={messages}
        />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}

import type { VNode } from 'preact';
import { ROLE_TEXT } from '../../domain/access/policy.ts';
import { Scroll } from '../components/facts.tsx';
import type { SummaryLine } from '../components/error-summary.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly lastFour: string;
    readonly role: 'publisher' | 'drafter';
    readonly expiresAt: Date;
    readonly revokedAt: Date | null;
  }[];
  /** The key just made, or null when its answer was repeated. */
  readonly made: { readonly key: string | null } | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
  readonly idempotencyKey: string;
}

/** Keys of the organisation; a key's text is on this page once, in the answer that made it. */
export function KeysPage(props: Props): VNode {
  const { frame, keys, made } = props;
  const t = frame.t.keys;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/keys">
      <p>{t.lead}</p>
      {made ? (
        <p class="notice" role="status">
          {made.key === null ? t.shown : t.once} {made.key === null ? null : <code class="hash">{made.key}</code>}
        </p>
      ) : null}
      {keys.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <Scroll label={t.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{frame.t.members.role}</th>
                <th scope="col">{t.ends}</th>
                <th scope="col">{t.until}</th>
                <th scope="col">{frame.t.draws.state}</th>
              </tr>
            </thead>
            <tbody>
              {keys.map(({ id, name, lastFour, role, expiresAt, revokedAt }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td>{words(frame, ROLE_TEXT[role])}</td>
                  <td class="code">{lastFour}</td>
                  <td>{formatDate(expiresAt)}</td>
                  <td>
                    {revokedAt ? (
                      t.revoked
                    ) : (
                      <form class="inline" method="post" action={link(frame, `/desk/keys/${id}`)}>
                        {t.live}{' '}
                        <button class="plain" aria-label={t.revokeOf(name)}>
                          {t.revoke}
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <NewKey {...props} />
    </DeskLayout>
  );
}

function NewKey({ frame, typed, messages, idempotencyKey }: Props): VNode {
  const t = frame.t.keys;
  return (
    <section class="card" aria-labelledby="create">
      <h2 id="create">{t.create}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/keys')}>
        <input type="hidden" name="key" value={idempotencyKey} />
        <TextField name="name" label={t.name} value={typed['name'] ?? ''} maxLength={100} messages={messages} />
        <SelectField
          name="role"
          label={frame.t.members.role}
          value={typed['role'] ?? 'publisher'}
          messages={messages}
          options={(['publisher', 'drafter'] as const).map((role) => [role, words(frame, ROLE_TEXT[role])])}
        />
        <TextField name="days" label={t.days} value={typed['days'] ?? '90'} maxLength={3} messages={messages} />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}

import type { VNode } from 'preact';
import { MEMBER_ROLES, type MemberRole } from '../../domain/access/actor.ts';
import { ROLE_TEXT } from '../../domain/access/policy.ts';
import { Scroll } from '../components/facts.tsx';
import type { SummaryLine } from '../components/error-summary.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link, words } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly members: readonly {
    readonly userId: string;
    readonly loginName: string;
    readonly displayName: string;
    readonly role: string;
  }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** People of the organisation: who may draft, who may publish, who keeps the others. */
export function MembersPage(props: Props): VNode {
  const { frame, members } = props;
  const t = frame.t.members;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/members">
      <p>{t.lead}</p>
      <Scroll label={t.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.name}</th>
              <th scope="col">{t.loginName}</th>
              <th scope="col">{t.role}</th>
              <th scope="col">
                <span class="visually-hidden">{t.remove}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map(({ userId, loginName, displayName, role }) => (
              <tr>
                <th scope="row">{displayName}</th>
                <td>{loginName}</td>
                <td>
                  <form class="inline" method="post" action={link(frame, `/desk/members/${userId}`)}>
                    <select name="role" aria-label={t.roleOf(displayName)}>
                      {roleOptions(frame).map(([value, text]) => (
                        <option value={value} selected={value === role}>
                          {text}
                        </option>
                      ))}
                    </select>{' '}
                    <button name="action" value="role">
                      {t.change}
                    </button>
                  </form>
                </td>
                <td>
                  <form class="inline" method="post" action={link(frame, `/desk/members/${userId}`)}>
                    <button class="plain" name="action" value="remove" aria-label={t.removeOf(displayName)}>
                      {t.remove}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <AddPerson {...props} />
    </DeskLayout>
  );
}

function AddPerson({ frame, typed, messages }: Props): VNode {
  const t = frame.t.members;
  const text = (name: string, label: string) => (
    <TextField name={name} label={label} value={typed[name] ?? ''} maxLength={100} messages={messages} />
  );
  return (
    <section class="card" aria-labelledby="add">
      <h2 id="add">{t.add}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/members')}>
        {text('displayName', t.name)}
        {text('loginName', t.loginName)}
        <TextField name="password" type="password" label={t.password} value="" maxLength={512} messages={messages} />
        <SelectField
          name="role"
          label={t.role}
          value={typed['role'] ?? 'drafter'}
          messages={messages}
          options={roleOptions(frame)}
        />
        <button class="primary">{t.addButton}</button>
      </form>
    </section>
  );
}

function roleOptions(frame: Frame): readonly (readonly [MemberRole, string])[] {
  return MEMBER_ROLES.map((role) => [role, words(frame, ROLE_TEXT[role])]);
}

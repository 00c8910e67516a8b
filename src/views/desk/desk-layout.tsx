import type { ComponentChildren, VNode } from 'preact';
import type { MemberRole, OrganisationKind } from '../../domain/access/actor.ts';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

/** Who is at the desk: the menu shows what they may do. */
export interface AtDesk {
  readonly kind: OrganisationKind;
  readonly role: MemberRole;
  readonly creditCode: string;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly title: string;
  /** Path of the page in the menu. */
  readonly current: string;
  readonly messages?: readonly SummaryLine[];
  readonly notice?: string | null;
  readonly children: ComponentChildren;
}

/** A page of the workbench: menu, heading, what was wrong or done, then its own part. */
export function DeskLayout({ frame, at, title, current, messages = [], notice, children }: Props): VNode {
  return (
    <Layout frame={frame} title={title} section="desk" hasErrors={messages.length > 0}>
      <div class="desk">
        <DeskMenu frame={frame} at={at} current={current} />
        <div class="desk-main">
          <h1>{title}</h1>
          <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
          {notice ? (
            <p class="notice" role="status">
              {notice}
            </p>
          ) : null}
          {children}
        </div>
      </div>
    </Layout>
  );
}

export function DeskMenu({ frame, at, current }: Pick<Props, 'frame' | 'at' | 'current'>): VNode {
  const { t } = frame;
  return (
    <nav class="desk-menu" aria-label={t.desk.menu}>
      <ul>
        {entriesOf(frame, at).map(([path, text]) => (
          <li>
            <a href={link(frame, path)} aria-current={path === current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
        <li>
          <a href="/api/docs">{t.desk.apiDocument}</a>
        </li>
      </ul>
      <form method="post" action={link(frame, '/logout')}>
        <button class="plain">{t.login.logOut}</button>
      </form>
    </nav>
  );
}

function entriesOf(
  { t }: Frame,
  { kind, role, creditCode }: AtDesk,
): readonly (readonly [path: string, text: string])[] {
  const isAdmin = role === 'admin';
  const isEnterprise = kind === 'enterprise';
  return [
    ['/desk', t.desk.overview],
    ...(isEnterprise
      ? ([
          ['/desk/decl/new', t.desk.newDeclaration],
          ['/desk/imports', t.imports.title],
        ] as const)
      : []),
    ...(kind === 'operator'
      ? ([
          ['/desk/applications', t.applications.title],
          ['/desk/changes', t.changes.title],
        ] as const)
      : []),
    ...(kind === 'coordinating-body' || kind === 'regulator' || kind === 'assessment-body'
      ? ([['/desk/bodies', t.bodyDesk.title]] as const)
      : []),
    ...(kind === 'operator'
      ? []
      : ([
          ['/desk/objections', t.objections.title],
          ['/desk/forerunners', t.forerunnerDesk.title],
        ] as const)),
    ...(kind === 'assessment-body' ? ([['/desk/conflicts', t.conflicts.title]] as const) : []),
    ...(kind === 'assessment-body'
      ? ([
          ['/desk/schemes', t.schemeDesk.title],
          ['/desk/runs', t.runDesk.title],
        ] as const)
      : []),
    ...(kind === 'coordinating-body' ? ([['/desk/catalogue', t.snapshots.title]] as const) : []),
    ...(isAdmin
      ? ([
          ['/desk/members', t.members.title],
          ['/desk/keys', t.keys.title],
        ] as const)
      : []),
    ...(isEnterprise
      ? ([
          ['/desk/mandates', t.mandates.title],
          ['/desk/changes', t.changes.title],
          [`/e/${creditCode}`, t.desk.publicPage],
        ] as const)
      : []),
  ];
}

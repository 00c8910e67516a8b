import type { VNode } from 'preact';
import type { MemberRole, OrganisationKind } from '../../domain/access/actor.ts';
import { KIND_TEXT, ROLE_TEXT } from '../../domain/access/policy.ts';
import { DeclarationRows, type ShownDeclaration } from '../components/declaration-rows.tsx';
import { Facts } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { DeskMenu } from './desk-layout.tsx';

export interface ShownDraft {
  readonly id: string;
  readonly revision: number;
  readonly savedAt: Date;
  readonly number: string;
  readonly name: string;
}

interface Props {
  readonly frame: Frame;
  readonly displayName: string;
  readonly role: MemberRole;
  readonly organisation: {
    readonly name: string;
    readonly creditCode: string;
    readonly kind: OrganisationKind;
    readonly invented: boolean;
  };
  readonly declarations: readonly ShownDeclaration[];
  readonly drafts: readonly ShownDraft[];
  readonly accreditations: readonly {
    readonly categoryPrefix: string;
    readonly validFrom: string;
    readonly validTo: string;
  }[];
}

export function DeskPage(props: Props): VNode {
  const { frame, organisation } = props;
  const t = frame.t.desk;
  return (
    <Layout frame={frame} title={t.title} section="desk">
      <div class="desk">
        <DeskMenu frame={frame} at={{ ...organisation, role: props.role }} current="/desk" />
        <div class="desk-main">
          <h1>
            <OrganisationName frame={frame} name={organisation.name} invented={organisation.invented} />
            <small class="code">{organisation.creditCode}</small>
          </h1>
          <Facts
            strip
            facts={[
              [t.kind, words(frame, KIND_TEXT[organisation.kind])],
              [frame.t.login.name, props.displayName],
              [t.role, words(frame, ROLE_TEXT[props.role])],
            ]}
          />
          {organisation.kind === 'enterprise' ? <OwnDeclarations {...props} /> : <OtherActs {...props} />}
        </div>
      </div>
    </Layout>
  );
}

function OwnDeclarations({ frame, organisation, declarations, drafts }: Props): VNode {
  const t = frame.t.desk;
  return (
    <>
      <section class="card" aria-labelledby="drafts">
        <h2 id="drafts">{t.drafts}</h2>
        {drafts.length === 0 ? <p>{t.noDrafts}</p> : <Drafts frame={frame} drafts={drafts} />}
        <p>
          <a class="button primary" href={link(frame, '/desk/decl/new')}>
            {t.newDeclaration}
          </a>
        </p>
      </section>
      <section class="card" aria-labelledby="own">
        <h2 id="own">{t.declarations}</h2>
        {declarations.length === 0 ? (
          <p>{t.noDeclarations}</p>
        ) : (
          <DeclarationRows frame={frame} caption={t.declarations} declarations={declarations} withEnterprise={false} />
        )}
        <p>
          <a href={link(frame, `/e/${organisation.creditCode}`)}>{t.more}</a>
        </p>
      </section>
    </>
  );
}

function Drafts({ frame, drafts }: { readonly frame: Frame; readonly drafts: readonly ShownDraft[] }): VNode {
  const t = frame.t.desk;
  return (
    <ul class="object-list">
      {drafts.map((draft) => (
        <li>
          <a href={link(frame, `/desk/decl/${draft.id}`)}>{`${draft.number} ${draft.name}`.trim() || t.untitled}</a>
          <p class="under">{`${t.revision(draft.revision)} · ${t.savedAt} ${formatMinute(draft.savedAt)}`}</p>
        </li>
      ))}
    </ul>
  );
}

/** Bodies, regulators and the operator: their acts have no forms yet, and the page says where they are done. */
function OtherActs({ frame, organisation, accreditations }: Props): VNode {
  const t = frame.t.desk;
  return (
    <>
      {organisation.kind === 'assessment-body' ? (
        <section class="card" aria-labelledby="accreditations">
          <h2 id="accreditations">{t.accreditations}</h2>
          {accreditations.length === 0 ? (
            <p>{t.noAccreditations}</p>
          ) : (
            <ul>
              {accreditations.map((scope) => (
                <li>{`${scope.categoryPrefix}… ${scope.validFrom} ${frame.t.scheme.to} ${scope.validTo}`}</li>
              ))}
            </ul>
          )}
        </section>
      ) : null}
      <p>
        {t.api} <a href="/api/docs">{t.apiDocument}</a>
      </p>
    </>
  );
}

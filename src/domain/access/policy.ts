import { covers, type ScopeHistory } from '../bodies/scope.ts';
import { type Text, text } from '../fault.ts';
import type { Actor, MemberRole, OrganisationKind } from './actor.ts';

/** What a condition of the policy may need to know of the thing acted upon; an act gives what its row asks for. */
export interface Resource {
  /** Organisation that the thing belongs to. */
  readonly ownerId?: string;
  readonly category?: string;
  /** Approved accreditations of the acting body, with what was decided about them since. */
  readonly accreditations?: readonly ScopeHistory[];
  /** Today in the register, YYYY-MM-DD. */
  readonly today?: string;
  /** Administrative division of the thing, digits of GB/T 2260. */
  readonly region?: string;
  /** The person who did the first of two acts that need two persons. */
  readonly firstPersonId?: string;
}

interface Rule {
  /** Empty: anyone, without logging in. */
  readonly kinds: readonly OrganisationKind[];
  readonly roles: readonly MemberRole[];
  readonly keys: boolean;
  readonly conditions: readonly (keyof typeof CONDITIONS)[];
}

type Named = Extract<Actor, { kind: 'member' | 'key' }>;

const CONDITIONS = {
  own: {
    says: text('属于本组织', 'it belongs to the own organisation'),
    holds: (actor: Named, resource: Resource) => resource.ownerId === actor.organisation.id,
  },
  accredited: {
    says: text('今天在该类别的认可范围内', 'accredited for the category today'),
    holds: (_: Named, { accreditations = [], category = '', today = '' }: Resource) =>
      accreditations.some((scope) => covers(scope, category, today)),
  },
  inRegion: {
    says: text('在本机关的行政区划内', 'within the region granted to the regulator'),
    holds: (actor: Named, { region = '' }: Resource) => region.startsWith(actor.organisation.regionGrant ?? '-'),
  },
  province: {
    says: text('省级以上标准化行政主管部门', 'an authority of province level or above'),
    holds: (actor: Named) => (actor.organisation.regionGrant ?? '------').length <= 2,
  },
  national: {
    says: text('国家级监管机关', 'a regulator with a national grant'),
    holds: (actor: Named) => actor.organisation.regionGrant === '',
  },
  secondPerson: {
    says: text('由另一个人办理', 'done by another person than the first act'),
    holds: (actor: Named, resource: Resource) => actor.userId !== resource.firstPersonId,
  },
} as const;

const PUBLISHERS = ['admin', 'publisher'] as const;
const ALL_ROLES = ['admin', 'publisher', 'drafter'] as const;
const EVERY_KIND = ['enterprise', 'assessment-body', 'coordinating-body', 'regulator', 'operator'] as const;

/** Whose lists, schemes and draws are objected to, and who decides in their place. */
const OBJECTION_JUDGES = ['assessment-body', 'coordinating-body', 'regulator'] as const;
const OBJECTION_SIDES = ['enterprise', ...OBJECTION_JUDGES] as const;

/** Who reads the papers of candidates; row security says of which. */
const FORERUNNER_PARTIES = ['enterprise', 'assessment-body', 'coordinating-body', 'regulator'] as const;

const rule = (
  kinds: readonly OrganisationKind[],
  roles: readonly MemberRole[],
  conditions: readonly (keyof typeof CONDITIONS)[] = [],
  keys = false,
): Rule => ({ kinds, roles, keys, conditions });

/** The one table of who may write what. Code, the API document (x-authz) and the tests read it. */
export const POLICY = {
  'organisation.apply': rule([], []),
  'session.open': rule([], []),
  'session.close': rule([], []),
  'operator.found': rule([], []),
  'organisation.decide': rule(['operator'], ['admin', 'publisher']),
  'organisation.list-applications': rule(['operator'], ALL_ROLES),
  'member.add': rule(EVERY_KIND, ['admin']),
  'member.list': rule(EVERY_KIND, ['admin']),
  'member.change-role': rule(EVERY_KIND, ['admin']),
  'member.remove': rule(EVERY_KIND, ['admin']),
  'api-key.create': rule(EVERY_KIND, ['admin']),
  'api-key.list': rule(EVERY_KIND, ['admin']),
  'api-key.revoke': rule(EVERY_KIND, ['admin']),
  'mandate.grant': rule(['enterprise'], ['admin']),
  'mandate.list': rule(['enterprise'], ALL_ROLES),
  'mandate.revoke': rule(['enterprise'], ['admin']),
  'enterprise-change.request': rule(['enterprise'], ['admin']),
  'enterprise-change.list': rule(['enterprise', 'operator'], ALL_ROLES),
  'enterprise-change.accept': rule(['enterprise'], ['admin'], ['own']),
  'enterprise-change.decide': rule(['operator'], PUBLISHERS),
  'draft.save': rule(['enterprise'], ALL_ROLES, [], true),
  'draft.read': rule(['enterprise'], ALL_ROLES, [], true),
  'draft.discard': rule(['enterprise'], ALL_ROLES, [], true),
  'declaration.check': rule(['enterprise'], ALL_ROLES, [], true),
  'declaration.publish': rule(['enterprise'], PUBLISHERS, [], true),
  'declaration.revise': rule(['enterprise'], PUBLISHERS, ['own'], true),
  'declaration.correct': rule(['enterprise'], PUBLISHERS, ['own'], true),
  'declaration.withdraw': rule(['enterprise'], PUBLISHERS, ['own'], true),
  'declaration.end-by-order': rule(['regulator'], PUBLISHERS, ['inRegion', 'province']),
  'text.upload': rule(['enterprise'], ALL_ROLES, [], true),
  'text.request-withholding': rule(['regulator'], PUBLISHERS, ['inRegion']),
  'text.withhold': rule(['regulator'], PUBLISHERS, ['own', 'secondPerson']),
  'import.send': rule(['enterprise'], ALL_ROLES, [], true),
  'import.read': rule(['enterprise'], ALL_ROLES, [], true),
  'import.decide': rule(['enterprise'], PUBLISHERS, [], true),
  'import.cancel': rule(['enterprise'], ALL_ROLES, [], true),
  'accreditation.propose': rule(['coordinating-body'], PUBLISHERS),
  'accreditation.decide': rule(['regulator'], PUBLISHERS, ['national', 'secondPerson']),
  'body-measure.propose': rule(['coordinating-body'], PUBLISHERS),
  'body-measure.decide': rule(['regulator'], PUBLISHERS, ['national', 'secondPerson']),
  'body-measure.list': rule(['coordinating-body', 'regulator', 'assessment-body'], ALL_ROLES),
  'conflict.state': rule(['assessment-body'], PUBLISHERS),
  'calendar.publish': rule(['coordinating-body'], PUBLISHERS),
  'objection.submit': rule([], []),
  'objection.add-evidence': rule([], []),
  'objection.list': rule(OBJECTION_SIDES, ALL_ROLES),
  'objection.accept': rule(OBJECTION_JUDGES, PUBLISHERS, ['own']),
  'objection.answer': rule(OBJECTION_SIDES, PUBLISHERS, ['own']),
  'objection.review': rule(OBJECTION_JUDGES, PUBLISHERS, ['own']),
  'objection.decide': rule(OBJECTION_JUDGES, PUBLISHERS, ['own']),
  'objection.execute': rule(OBJECTION_JUDGES, PUBLISHERS, ['own']),
  'catalogue.import': rule(['coordinating-body'], PUBLISHERS, [], true),
  'scheme-draft.save': rule(['assessment-body'], ALL_ROLES, [], true),
  'scheme-draft.read': rule(['assessment-body'], ALL_ROLES, [], true),
  'scheme-draft.discard': rule(['assessment-body'], ALL_ROLES, [], true),
  'scheme.propose': rule(['assessment-body'], PUBLISHERS, ['accredited'], true),
  'scheme.bring-into-force': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited', 'secondPerson']),
  'scheme.retire': rule(['assessment-body'], PUBLISHERS, ['own']),
  'scheme.return': rule(['assessment-body'], PUBLISHERS, ['own']),
  'comparison.request': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited'], true),
  'list.read-draft': rule(['assessment-body'], ALL_ROLES, ['own'], true),
  'list.prepare': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited']),
  'list.publish': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited', 'secondPerson']),
  'forerunner.list-own': rule(FORERUNNER_PARTIES, ALL_ROLES),
  'forerunner.read-report': rule(FORERUNNER_PARTIES, ALL_ROLES),
  'forerunner.open': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited']),
  'forerunner.renew': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited']),
  'forerunner.confirm': rule(['enterprise'], PUBLISHERS, ['own']),
  'forerunner.send-report': rule(['enterprise'], ALL_ROLES, ['own']),
  'forerunner.check': rule(['assessment-body'], ALL_ROLES, ['own', 'accredited']),
  'forerunner.confirm-checks': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited', 'secondPerson']),
  'forerunner.short-list': rule(['assessment-body'], PUBLISHERS, ['own', 'accredited']),
  'forerunner.open-objections': rule(['coordinating-body'], PUBLISHERS),
  'forerunner.publish': rule(['coordinating-body'], PUBLISHERS, ['secondPerson']),
  'forerunner.end': rule(['coordinating-body'], PUBLISHERS),
  'forerunner.remove': rule(['assessment-body'], PUBLISHERS, ['own']),
  'mapping.decide': rule(['assessment-body'], ALL_ROLES, ['own', 'accredited'], true),
  'mapping.undo': rule(['assessment-body'], ALL_ROLES, ['own'], true),
  'mapping.read': rule(['assessment-body'], ALL_ROLES, ['own'], true),
  'draw.plan': rule(['regulator'], PUBLISHERS, ['inRegion']),
  'draw.seed': rule(['regulator'], PUBLISHERS, ['own']),
  'draw.request-void': rule(['regulator'], PUBLISHERS, ['own']),
  'draw.void': rule(['regulator'], PUBLISHERS, ['own', 'secondPerson']),
  'finding.enter': rule(['regulator'], ALL_ROLES, ['own']),
  'finding.confirm': rule(['regulator'], PUBLISHERS, ['own', 'secondPerson']),
  'finding.publish': rule(['regulator'], PUBLISHERS, ['own']),
  'job.read': rule(['operator'], ALL_ROLES),
  'job.retry': rule(['operator'], PUBLISHERS),
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof POLICY;

export type Verdict =
  | { readonly allowed: true }
  /** `foreign`: the thing is another's, and its existence is not told. */
  | { readonly allowed: false; readonly why: 'unauthenticated' | 'forbidden' | 'foreign'; readonly reason: Text };

/**
 * May this actor do such a thing at all, whatever it is done to? Asked before a request's body is even looked at, so that
 * nobody learns from an answer about a body what only those who may are told.
 */
export function mayAtAll(actor: Actor, action: Action): Verdict {
  const row: Rule = POLICY[action];
  if (row.kinds.length === 0 || actor.kind === 'worker') return { allowed: true };
  if (actor.kind === 'public') {
    return {
      allowed: false,
      why: 'unauthenticated',
      reason: text('请先登录，或使用接口密钥', 'log in, or use an API key'),
    };
  }
  if (!row.kinds.includes(actor.organisation.kind)) return forbidden(describe(action));
  if (!row.roles.includes(actor.role)) return forbidden(describe(action));
  if (actor.kind === 'key' && !row.keys)
    return forbidden(text('此事须由人登录后办理', 'a person has to log in for this'));
  return { allowed: true };
}

/** May this actor do this to this thing? Pure; the database's row security is the second, independent answer. */
export function may(actor: Actor, action: Action, resource: Resource = {}): Verdict {
  const atAll = mayAtAll(actor, action);
  if (!atAll.allowed || actor.kind === 'public' || actor.kind === 'worker') return atAll;
  const row: Rule = POLICY[action];
  for (const name of row.conditions) {
    const condition = CONDITIONS[name];
    if (condition.holds(actor, resource)) continue;
    if (name === 'own') return { allowed: false, why: 'foreign', reason: condition.says };
    return forbidden(text(`须满足：${condition.says.zh}`, `only if ${condition.says.en}`));
  }
  return { allowed: true };
}

/** Who may do it, in words, for the API document and for refusals. */
export function describe(action: Action): Text {
  const row: Rule = POLICY[action];
  if (row.kinds.length === 0) return text('任何人', 'anyone');
  const conditions = row.conditions.map((name) => CONDITIONS[name].says);
  const kinds = row.kinds.length === EVERY_KIND.length ? null : row.kinds;
  const zh = `${kinds ? kinds.map((kind) => KIND_TEXT[kind].zh).join('、') : '任何组织'}的${row.roles.map((role) => ROLE_TEXT[role].zh).join('、')}`;
  const en = `${row.roles.join(', ')} of ${kinds ? kinds.join(', ') : 'any organisation'}`;
  return text(
    [zh, ...conditions.map((condition) => condition.zh)].join('；'),
    [en, ...conditions.map((condition) => condition.en)].join('; '),
  );
}

export const KIND_TEXT: Readonly<Record<OrganisationKind, Text>> = {
  enterprise: text('企业', 'enterprise'),
  'assessment-body': text('评估机构', 'assessment body'),
  'coordinating-body': text('工作机构', 'coordinating body'),
  regulator: text('监管部门', 'regulator'),
  operator: text('平台运营者', 'operator'),
};

export const ROLE_TEXT: Readonly<Record<MemberRole, Text>> = {
  admin: text('管理员', 'admin'),
  publisher: text('发布人', 'publisher'),
  drafter: text('填报人', 'drafter'),
};

function forbidden(reason: Text): Verdict {
  return { allowed: false, why: 'forbidden', reason };
}

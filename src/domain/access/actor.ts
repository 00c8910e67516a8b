/** Who an organisation is in the register. */
export const ORGANISATION_KINDS = [
  'enterprise',
  'assessment-body',
  'coordinating-body',
  'regulator',
  'operator',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** drafter: prepares; publisher: acts for the organisation in public; admin: also keeps its people and keys. */
export const MEMBER_ROLES = ['admin', 'publisher', 'drafter'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export interface ActingOrganisation {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly creditCode: string;
  readonly name: string;
  /** Of a regulator: prefix of the administrative division it acts in; '' is national. Null for others. */
  readonly regionGrant: string | null;
}

/** Whoever asks: the public, a person for an organisation, a key of an organisation, or a worker finishing a job. */
export type Actor =
  | { readonly kind: 'public'; readonly address: string }
  | {
      readonly kind: 'member';
      readonly userId: string;
      readonly displayName: string;
      readonly role: MemberRole;
      readonly organisation: ActingOrganisation;
      /** The mandate under which an agent's person acts for the organisation; null for its own people. */
      readonly mandateId: string | null;
    }
  | {
      readonly kind: 'key';
      readonly keyId: string;
      /** The person who made the key; a key's acts are answered for by that person. */
      readonly userId: string;
      readonly role: MemberRole;
      readonly organisation: ActingOrganisation;
    }
  | { readonly kind: 'worker'; readonly organisationId: string };

/** How the audit trail names an actor. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'public':
      return 'public';
    case 'member':
      return `user:${actor.userId}${actor.mandateId === null ? '' : ` mandate:${actor.mandateId}`}`;
    case 'key':
      return `key:${actor.keyId}`;
    case 'worker':
      return 'worker';
  }
}

export function organisationOf(actor: Actor): string | null {
  if (actor.kind === 'worker') return actor.organisationId;
  return actor.kind === 'public' ? null : actor.organisation.id;
}

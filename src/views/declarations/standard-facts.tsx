import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Fact } from '../components/facts.tsx';
import type { Frame } from '../frame.ts';

/** Dates, links to other standards, text and commitment of what was declared; what is not given is left out. */
export function standardFacts(frame: Frame, { standard, text, commitment }: DeclarationContent): readonly Fact[] {
  const t = frame.t.declaration;
  const m = frame.t.marks;
  const joint = (standard.jointWith ?? []).map(({ enterprise, number }) =>
    [enterprise, number].filter(Boolean).join(' '),
  );
  const adopts = (standard.adopts ?? []).map(({ number, relation }) => `${number} ${relation}`);
  return [
    ...(standard.issuedOn ? [[t.issuedOn, standard.issuedOn] as const] : []),
    [t.effectiveOn, standard.effectiveOn],
    ...listed(m.replaces, standard.replaces),
    ...listed(m.joint, joint),
    ...listed(m.adopts, adopts),
    ...listed(m.references, standard.references),
    [
      m.text,
      text ? <a href={`/api/v1/standard-texts/${text.sha256}`}>{text.name}</a> : <span class="muted">{m.noText}</span>,
    ],
    ...(commitment
      ? [
          [
            m.commitment,
            `${m.commitmentEdition(String(commitment.version))} · ${m.capacities[commitment.capacity]} ${commitment.signer}`,
          ] as const,
        ]
      : []),
  ];
}

function listed(term: string, values: readonly string[] | null | undefined): readonly Fact[] {
  return values && values.length > 0 ? [[term, values.join('、')]] : [];
}

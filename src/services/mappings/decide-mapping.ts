import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fault, text } from '../../domain/fault.ts';
import { declaredNamesOf } from '../../domain/schemes/check-scheme.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { insertMapping } from '../../store/indicator-mappings.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

/** Names that declarations use, read as one that the scheme knows, or (`as` null) as none of its indicators. */
export const MappingDecision = z
  .strictObject({
    scheme: z.string().max(30),
    version: z.int().min(1),
    names: z
      .array(z.strictObject({ name: z.string().trim().min(1).max(100), declarations: z.int().min(0).default(0) }))
      .min(1)
      .max(200),
    as: z.string().trim().min(1).max(200).nullable(),
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'MappingDecision' });
export type MappingDecision = z.infer<typeof MappingDecision>;

/**
 * An analyst of the body reads declared names as one that its scheme knows. Runs asked for from now on follow it, in all
 * schemes of the category that know the name; it is published with their lists, with its reason.
 */
export async function decideMapping(
  context: ServiceContext,
  { scheme: code, version, names, as, reason }: MappingDecision,
): Promise<{ readonly mappings: readonly { readonly id: string; readonly name: string }[] }> {
  return transact(
    context,
    async (tx) => {
      const stored = await findSchemeVersion(tx.db, code, version);
      authorise(context, 'mapping.decide', {
        ...(await accreditedFor(tx, context, stored?.category ?? '')),
        ...(stored ? { ownerId: stored.bodyId } : {}),
      });
      const { organisation, userId } = actingOrganisation(context);
      if (!stored) throw notFound(text('评估方案', 'scheme'), '/scheme', `${code}/${version}`);
      const scheme = Scheme.parse(JSON.parse(stored.document));
      const known = new Set(scheme.indicators.flatMap(declaredNamesOf).map(foldForSearch));
      if (as !== null && !known.has(foldForSearch(as))) throw invalid([unknownName(as)]);
      const faults = names.flatMap(({ name }, i) => (known.has(foldForSearch(name)) ? [alreadyKnown(i, name)] : []));
      if (faults.length > 0) throw invalid(faults);
      const mappings = [];
      for (const { name, declarations } of names) {
        const mapping = { id: randomUUID(), name: foldForSearch(name) };
        await insertMapping(tx, {
          ...mapping,
          bodyId: organisation.id,
          category: stored.category,
          asName: as === null ? null : foldForSearch(as),
          reason,
          declarations,
          mappedBy: userId,
        });
        mappings.push(mapping);
      }
      await audit(tx, context, 'mapping.decide', `${code}/${version}`, { as, names: mappings.map(({ name }) => name) });
      return { mappings };
    },
    { explain: (error) => (conflictingConstraint(error) === 'indicator_mappings_standing' ? decidedBefore() : error) },
  );
}

function unknownName(found: string) {
  return fault(
    '/as',
    'mapping.unknown-name',
    found,
    text('方案中某项指标的名称或别名', 'a name or alias of an indicator of the scheme'),
    text('请从方案的指标名称中选择', 'choose one of the names of the scheme'),
  );
}

function alreadyKnown(i: number, found: string) {
  return fault(
    `/names/${i}/name`,
    'mapping.known-name',
    found,
    text('方案尚不认识的名称', 'a name that the scheme does not know yet'),
    text('方案已认识该名称，无须对齐', 'the scheme knows this name already: nothing to map'),
  );
}

function decidedBefore() {
  return conflict(
    text('其中有名称已经对齐', 'one of the names is mapped already'),
    '/names',
    null,
    text('尚未对齐的名称', 'names that are not mapped'),
    text('请先撤销原来的对齐', 'undo the earlier mapping first'),
  );
}

import { type DraftedChange, draftOfChange } from '../../domain/declarations/draft.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { text } from '../../domain/fault.ts';
import { createDraft, type Draft } from './drafts.ts';
import { readDeclaration } from './read-declaration.ts';

/** Begins a revision (修订) or correction (修改) of an own declaration: a draft filled from what is public. */
export async function draftChange(context: ServiceContext, id: string, event: DraftedChange): Promise<Draft> {
  authorise(context, 'draft.save');
  const { organisation } = actingOrganisation(context);
  const { declaration } = await readDeclaration(context.database, id);
  if (declaration.organisationId !== organisation.id)
    throw new Refusal('not-found', text('本组织没有这份声明', 'the own organisation has no such declaration'));
  if (declaration.state !== 'current')
    throw new Refusal('conflict', text('该声明已废止', 'this declaration is in force no longer'));
  const { revision, document } = declaration;
  return createDraft(context, draftOfChange(document.content, { id, revision, event }));
}

import { checkDeclaration } from '../../domain/declarations/check.ts';
import type { CheckedDeclaration } from '../../domain/declarations/check-by.ts';
import { standardsToLookUp } from '../../domain/declarations/cited.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { type Finding, standing } from '../../domain/declarations/finding.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import type { Database } from '../../store/database.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { loadRules } from './load-rules.ts';
import { askRegister, registerFindings } from './register-findings.ts';

/** Checks by the rules in force now; the same for every door of the register. */
export async function checkContent(database: Database, content: DeclarationContent): Promise<CheckedDeclaration> {
  const rules = await loadRules(database, content.category, standardsToLookUp(content));
  return checkDeclaration(content, rules);
}

/** What publishing would answer now. */
export interface Verdict {
  readonly publishable: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Validate-only: says what publishing (or, for `revising`, revising) this content would say, and stores nothing.
 */
export async function checkOnly(
  context: ServiceContext,
  content: DeclarationContent,
  revising: string | null = null,
): Promise<Verdict> {
  authorise(context, 'declaration.check');
  const { organisation } = actingOrganisation(context);
  const checked = await checkContent(context.database, content);
  const parsed = parseStandardNumber(content.standard.number);
  const given = { content, number: parsed.ok ? parsed.value : null };
  const knows = await askRegister(context.database, organisation.id, [given]);
  const findings = [...checked.findings, ...registerFindings(given, knows, revising)];
  return { publishable: standing(findings).length === 0, findings };
}

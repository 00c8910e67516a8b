import { type CheckedDeclaration, checkBy } from './check-by.ts';
import { CHECKS } from './checks/all.ts';
import type { DeclarationContent } from './content.ts';
import type { DeclarationRules } from './rules.ts';

/**
 * Checks a declaration by the law's elements and the rules in force on the day. Nothing is approved: what passes is public
 * at once. A refusal is mended only by correcting it; what must be stated is met by a statement (明示), a warning by a
 * correction or a waiver, both part of the declaration and public with it.
 */
export function checkDeclaration(given: DeclarationContent, rules: DeclarationRules): CheckedDeclaration {
  return checkBy(CHECKS, given, rules);
}

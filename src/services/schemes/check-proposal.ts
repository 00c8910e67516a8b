import { type Fault, fault, text } from '../../domain/fault.ts';
import { checkScheme } from '../../domain/schemes/check-scheme.ts';
import { entryDay } from '../../domain/schemes/life.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { checkAgainstLimits } from '../../domain/schemes/standard-limits.ts';
import type { Transaction } from '../../store/database.ts';
import { hasCategory } from '../../store/declarations.ts';
import { findLimits } from '../../store/standards.ts';

/** All that a scheme has to be before it may be proposed or brought into force, by its own rules and by the register. */
export async function checkProposal(
  { db }: Pick<Transaction, 'db'>,
  scheme: Scheme,
  today: string,
): Promise<readonly Fault[]> {
  const own = checkScheme(scheme);
  const over = scheme.validTo < today ? [pastValidity(scheme.validTo, today)] : [];
  if (!(await hasCategory(db, scheme.category))) return [...own, ...over, unknownCategory(scheme.category)];
  const limits = await findLimits(db, scheme.category);
  return [...own, ...over, ...checkAgainstLimits(scheme, limits, entryDay(today, scheme.validFrom))];
}

function unknownCategory(category: string): Fault {
  return fault(
    '/category',
    'category.unknown',
    category,
    text('类别目录中的代码', 'a code of the category list'),
    text('请从 GET /api/v1/categories 中选择', 'choose one from GET /api/v1/categories'),
  );
}

function pastValidity(validTo: string, today: string): Fault {
  return fault(
    '/validTo',
    'scheme.rule',
    validTo,
    text(`不早于今天 ${today}`, `${today}, today, or later`),
    text('请改正有效期', 'correct the validity'),
  );
}

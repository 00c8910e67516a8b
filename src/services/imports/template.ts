import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { templateColumns } from '../../domain/imports/template.ts';
import { writeCsvTemplate, writeTemplate } from '../../formats/write-template.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { hasCategory } from '../../store/declarations.ts';
import { readRegister } from '../../store/register.ts';
import { findSchemesInForce } from '../../store/standards.ts';
import { notFound } from '../refusal.ts';

/** A template for the declarations of a category, with the indicators that its schemes in force compare. */
export async function makeTemplate(
  database: Database,
  category: string,
  format: 'xlsx' | 'csv',
): Promise<Buffer | string> {
  const today = dayInBeijing((await readRegister(database)).now);
  const schemes = await publicRead(database, async (db) => {
    if (!(await hasCategory(db, category))) throw notFound(text('类别', 'category'), '#path/file', category);
    return findSchemesInForce(db, category, today);
  });
  const columns = templateColumns(category, schemes);
  return format === 'csv' ? writeCsvTemplate(columns) : writeTemplate(category, columns);
}

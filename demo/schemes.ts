import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../src/store/database.ts';
import { shiftRegister } from '../src/store/register.ts';
import type { Client, Credential } from './api.ts';
import { DEMO, type Table, TABLES } from './tables.ts';

/** Longer than an objection period of seven working days, the longest holidays among them. */
const OBJECTION_PERIOD_SECONDS = 24 * 24 * 3600;

export function schemeOf(table: Table): { readonly code: string; readonly version: number } {
  return JSON.parse(readFileSync(join(DEMO, 'schemes', table.scheme), 'utf8')) as { code: string; version: number };
}

/**
 * Proposes every scheme on a day that lies an objection period back, so that by the present day it is over. Nothing else
 * happens in the register while its clock is set back.
 */
export async function proposeSchemes(api: Client, database: Database, proposer: Credential): Promise<void> {
  await shiftRegister(database, -OBJECTION_PERIOD_SECONDS);
  try {
    for (const table of TABLES) await api.post('/schemes', proposer, schemeOf(table));
  } finally {
    await shiftRegister(database, OBJECTION_PERIOD_SECONDS);
  }
}

import type { ListEntry } from '../src/domain/rankings/entry.ts';
import type { ReleaseChecklist } from '../src/domain/rankings/release.ts';
import type { DeclarationDocument } from '../src/domain/declarations/document.ts';
import { progressBar } from '../src/cli/progress.ts';
import { type Client, type Credential, until } from './api.ts';
import { ACCOUNTS, SECOND_BODY } from './people.ts';
import { schemeOf } from './schemes.ts';
import { TABLES } from './tables.ts';

/** The two persons of the body who release its lists. */
export interface Releasers {
  readonly first: Credential;
  readonly second: Credential;
}

/** States that neither person has an interest in any enterprise; then brings every scheme into force and lists by it. */
export async function publishLists(api: Client, by: Releasers): Promise<void> {
  await api.post('/conflict-statements', by.first, {
    categoryPrefix: 'C3',
    // The lists are published some weeks before the present, and the statement has to hold by then.
    validFrom: today(-60),
    validTo: today(300),
    persons: [ACCOUNTS.body.login, SECOND_BODY],
    interests: [],
  });
  const bar = progressBar();
  for (const table of TABLES) {
    const { code, version } = schemeOf(table);
    await api.post(`/schemes/${code}/${version}/entry-into-force`, by.second);
    const { id } = await api.post<{ id: string }>('/comparison-runs', by.first, { scheme: code, version });
    await until(
      async () => {
        const state = await api.get<{ state: string; done: number; total: number }>(`/comparison-runs/${id}`);
        bar.show(state.total === 0 ? 0 : state.done / state.total, `比对 comparing ${code}`);
        return state;
      },
      ({ state }) => state === 'finished',
      `the comparison of ${code}`,
    );
    await release(api, by, id);
  }
  bar.clear();
}

/** Rechecks the sample of a finished run against the declared documents, and releases it by two persons. */
async function release(api: Client, { first, second }: Releasers, run: string): Promise<void> {
  const { sample } = await api.get<{ sample: readonly ListEntry[] }>(`/comparison-runs/${run}/result`, first);
  const checked: ReleaseChecklist['sample'] = [];
  for (const entry of sample) {
    const path = `/declarations/${entry.declaration}/versions/${entry.revision}`;
    const document = await api.get<DeclarationDocument>(path);
    const declared = new Set(document.content.indicators.map(({ raw }) => raw));
    const agrees = entry.indicators.every(({ raw }) => raw === null || declared.has(raw));
    checked.push({ declaration: entry.declaration, agrees, note: '' });
  }
  await api.post(`/comparison-runs/${run}/preparation`, first, {
    cutOffChecked: true,
    objectionsChecked: true,
    sample: checked,
    note: '演示 demonstration',
  });
  await api.post(`/comparison-runs/${run}/publication`, second);
}

function today(later: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + later * 24 * 3_600_000).toISOString().slice(0, 10);
}

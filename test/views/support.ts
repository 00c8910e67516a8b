import { comparison } from '../../src/domain/comparisons/compare.ts';
import type { DeclarationDocument } from '../../src/domain/declarations/document.ts';
import { countValues, distributionsOf } from '../../src/domain/rankings/distribution.ts';
import { type ListEntry, readEntry } from '../../src/domain/rankings/entry.ts';
import { compared, type ListRow, rank } from '../../src/domain/rankings/list.ts';
import type { Scheme } from '../../src/domain/schemes/scheme.ts';
import { type Frame, type Language, messagesOf } from '../../src/views/frame.ts';
import type { BoardProps } from '../../src/views/rankings/board-props.ts';
import { airPurifier, purifierIndicators, testCreditCode } from '../support/builders.ts';
import { gradingScheme } from '../support/filled-register.ts';

export function frame(lang: Language = 'zh', given: Partial<Frame> = {}): Frame {
  return {
    lang,
    t: messagesOf(lang),
    path: '/',
    address: 'https://register.example/',
    assets: { style: '/assets/app.0.css', enhance: '/assets/enhance.0.js', islands: {} },
    registerKind: 'real',
    site: { operatorName: null, icp: null, contact: null },
    member: null,
    bigText: false,
    ...given,
  };
}

/** Declarations of many enterprises whose values wander through all levels; some have no noise, some no level. */
export function documents(count: number): readonly DeclarationDocument[] {
  return Array.from({ length: count }, (_, i) => {
    const code = testCreditCode(i + 10, ['3301', '4401', '3201', '1301'][i % 4]);
    const number = `Q/TEST${i % 17} ${String(i + 1).padStart(3, '0')}-2026`;
    return {
      v: 1,
      id: `${code}.D${String(i + 1).padStart(8, '0')}`,
      revision: 1,
      event: 'published',
      enterprise: {
        code,
        name: `示例${'海洲启境岚风启谷'.slice((i * 2) % 8, ((i * 2) % 8) + 2)}第${i + 1}环境科技有限公司`,
      },
      number: { canonical: number, compact: number.replace(' ', '') },
      content: airPurifier({
        number,
        products: [{ name: '空气净化器', models: [`KJ${i}G-E${i % 40}`] }],
        indicators: purifierIndicators({
          cleanAir: String(320 + ((i * 37) % 480)),
          efficacy: (8 + ((i * 13) % 90) / 10).toFixed(2),
          noise: i % 7 === 6 ? null : (46 + ((i * 11) % 190) / 10).toFixed(1),
        }),
      }),
    };
  });
}

/** A board as its page is given it, computed by the register's own rules. */
export function board(
  documents: readonly DeclarationDocument[],
  scheme: Scheme = gradingScheme(),
  lang: Language = 'zh',
): BoardProps {
  const compare = comparison(scheme);
  const list = rank(
    scheme,
    documents.map((document) => compared(document, '0'.repeat(64), compare(document))),
    {
      body: testCreditCode(2),
      logSize: 1284,
      edition: 1,
      previous: null,
      correction: null,
      inputs: { count: documents.length, sha256: '1'.repeat(64) },
      premises: { sha256: '3'.repeat(64), mappings: '4'.repeat(64), decisions: [] },
      schemeSha256: '2'.repeat(64),
    },
  );
  const byId = new Map(documents.map((document) => [document.id, document]));
  const entry = (row: ListRow): readonly ListEntry[] => {
    const document = byId.get(row.declaration);
    return document ? [readEntry(list.head, row, document, compare)] : [];
  };
  return {
    frame: frame(lang, { path: `/boards/${scheme.code}/1` }),
    list: scheme.code,
    edition: 1,
    newest: 1,
    publishedAt: new Date('2026-04-01T02:00:00Z'),
    sha256: '9f2c41e0'.repeat(8),
    run: 'run-0123456789ab',
    body: '示例标准化研究院',
    head: list.head,
    scheme,
    distributions: distributionsOf(
      scheme,
      countValues(
        scheme,
        documents.map((document) => compare(document).indicators),
      ),
    ),
    query: { chart: null, q: '', grade: null, page: 1, left: 1 },
    rows: list.entries.slice(0, 100).flatMap(entry),
    filtered: null,
    excluded: list.excluded.slice(0, 100).flatMap(entry),
    gone: { rows: [], total: 0 },
    verifier: null,
    marks: new Map(),
    disputes: new Map(),
    state: {
      today: '2026-04-02',
      objectionsUntil: '2026-04-10',
      validUntil: '2027-04-01',
      correctedBy: null,
      openObjections: 0,
      outdated: [],
    },
  };
}

import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ListEntry } from '../../domain/rankings/entry.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { csvLine } from '../../domain/text/csv-cell.ts';
import { asPublic, type ReadEdition, readRows } from '../../services/rankings/read-list.ts';
import { type Frame, messagesOf } from '../../views/frame.ts';
import { provinceName } from '../../views/components/names.tsx';
import { outcomeInWords } from '../../views/rankings/outcome-text.ts';
import { rowMatcher } from './board-search.ts';
import type { Pages } from './frame.ts';

const BATCH = 500;

/** The list as a spreadsheet reads it, a batch of rows at a time; those left out follow with their reason. */
export async function sendBoardCsv(
  reply: FastifyReply,
  pages: Pages,
  read: ReadEdition,
  words: string,
): Promise<FastifyReply> {
  const { schemeCode, edition } = read.edition;
  return reply
    .type('text/csv; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${schemeCode}-${edition}.csv"`)
    .send(Readable.from(lines(pages, read, words)));
}

async function* lines(pages: Pages, read: ReadEdition, words: string): AsyncGenerator<string> {
  const frame = { lang: pages.lang, t: messagesOf(pages.lang) };
  const reading = asPublic(pages.settings.database);
  const isMatch = words === '' ? () => true : rowMatcher(words);
  // The mark without which Excel takes UTF-8 for something else.
  yield `\uFEFF${csvLine(header(frame, read.scheme))}`;
  for (const section of ['entries', 'excluded'] as const) {
    for (let from = 0; ; from += BATCH) {
      const rows = await readRows(reading, read, section, from, BATCH);
      yield rows
        .filter(isMatch)
        .map((row) => csvLine(cells(frame, row)))
        .join('');
      if (rows.length < BATCH) break;
    }
  }
}

function header({ t, lang }: Pick<Frame, 't' | 'lang'>, scheme: Scheme): readonly string[] {
  const { board } = t;
  const fixed = [
    board.rank,
    board.grade,
    board.enterpriseCode,
    board.enterpriseName,
    board.province,
    board.number,
    board.product,
    board.model,
    board.declarationId,
  ];
  const perIndicator = scheme.indicators.flatMap(({ name, unit }) => {
    const shown = unit === '1' ? name[lang] : `${name[lang]} (${unit})`;
    return [`${shown} ${board.declared}`, `${shown} ${board.value}`, `${shown} ${board.outcome}`];
  });
  return [...fixed, ...perIndicator, board.reason];
}

function cells(frame: Pick<Frame, 't' | 'lang'>, row: ListEntry): readonly string[] {
  const { board } = frame.t;
  return [
    row.rank === null ? '' : String(row.rank),
    row.grade === null ? '' : board.grades[row.grade],
    row.enterprise.code,
    row.enterprise.name,
    provinceName(frame, row.enterprise.code) ?? '',
    row.number,
    row.product,
    row.model,
    row.declaration,
    ...row.indicators.flatMap((result) => [result.raw ?? '', result.value ?? '', outcomeInWords(frame, result)]),
    row.excluded ? board.exclusions[row.excluded.reason] : '',
  ];
}

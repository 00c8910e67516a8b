import { type Fault, fault, text } from '../domain/fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { decode, type Encoding } from './encoding.ts';
import { LIMITS } from './limits.ts';
import { LINES, tooMany } from './refusal.ts';

export interface JsonLine {
  readonly row: number;
  readonly value: Result<unknown, Fault>;
}

/** The lines of a file of JSON lines, one at a time; a line that is no JSON is a fault of that line alone. */
export async function* readJsonLines(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding = 'utf-8',
): AsyncGenerator<JsonLine> {
  let row = 0;
  let filled = 0;
  for await (const line of lines(decode(bytes, encoding))) {
    row += 1;
    if (row > LIMITS.lines) throw tooMany('file.lines', String(row), `> ${LIMITS.lines}`, LIMITS.lines, LINES);
    if (line.trim() === '') continue;
    filled += 1;
    if (filled > LIMITS.textRows)
      throw tooMany('file.rows', String(row), `> ${LIMITS.textRows}`, LIMITS.textRows, text('行', 'rows'));
    yield { row, value: parse(line) };
  }
}

async function* lines(source: AsyncIterable<string>): AsyncGenerator<string> {
  let open = '';
  let row = 1;
  for await (const chunk of source) {
    const parts = chunk.split('\n');
    for (const [i, part] of parts.entries()) {
      open += part;
      if (open.length > LIMITS.record)
        throw tooMany(
          'file.record',
          String(row),
          `> ${LIMITS.record}`,
          LIMITS.record,
          text('个字符的一行', 'characters in a line'),
        );
      if (i === parts.length - 1) break;
      yield open;
      open = '';
      row += 1;
    }
  }
  yield open;
}

function parse(line: string): Result<unknown, Fault> {
  try {
    return ok(JSON.parse(line));
  } catch (error) {
    return err(
      fault(
        '',
        'json.form',
        error instanceof Error ? error.message : null,
        text('一行一个 JSON 对象（RFC 8259）', 'one JSON object a line (RFC 8259)'),
        text('请检查引号、逗号和括号', 'check quotes, commas and brackets'),
      ),
    );
  }
}

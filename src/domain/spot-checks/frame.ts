import { compareBytes } from '../bytes.ts';
import { type Fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { STRATUM_NAME, UNIT_ID, WEIGHT } from './names.ts';
import { type Column, checkLine, outOfOrder, repeated } from './table.ts';
import { checkTextFile, decodeText, MAX_FAULTS } from './text-file.ts';

/** One object that may be drawn. `weight` 1 is an equal chance; chances are approximately proportional to it. */
export interface SamplingUnit {
  readonly stratum: string;
  readonly weight: number;
  readonly id: string;
}

/** The units `from` … `to − 1` of the frame. */
export interface Stratum {
  readonly from: number;
  readonly to: number;
}

/**
 * The list that is drawn from, as columns over the file's own bytes: a frame of five million lines then needs
 * 12 bytes a unit beside its file, and an id is hashed where it stands.
 */
export interface SamplingFrame {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Where the id of each unit begins; it ends before `lineEnd`, where its line feed stands. */
  readonly idStart: Uint32Array;
  readonly lineEnd: Uint32Array;
  readonly weight: Uint32Array;
  readonly strata: ReadonlyMap<string, Stratum>;
}

const LF = 0x0a;
const COLUMNS: readonly Column[] = [
  {
    name: 'stratum',
    pattern: STRATUM_NAME,
    expected: text(
      '1–64 个字符：字母、数字、. _ -，以字母或数字开头',
      '1–64 of A–Z a–z 0–9 . _ -, a letter or digit first',
    ),
  },
  {
    name: 'weight',
    pattern: WEIGHT,
    expected: text('1 到 1000000000 的整数，无前导零', 'an integer from 1 to 1000000000 without leading zero'),
  },
  {
    name: 'id',
    pattern: UNIT_ID,
    expected: text('1–128 个可打印 ASCII 字符，无空格', '1–128 printable ASCII characters, no space'),
  },
];
const ORDER = 'LC_ALL=C sort -t TAB -k1,1 -k3,3';

/** Reads frame.tsv (rd1 §1.3, §1.9). Errors: form, order by stratum then id, an id given twice in any strata. */
export function parseFrame(bytes: Uint8Array): Result<SamplingFrame, readonly Fault[]> {
  const faults = checkTextFile('frame.tsv', bytes);
  if (faults.length > 0) return err(faults);
  const lines = countLines(bytes);
  const frame = {
    bytes,
    count: lines,
    idStart: new Uint32Array(lines),
    lineEnd: new Uint32Array(lines),
    weight: new Uint32Array(lines),
    strata: new Map<string, Stratum>(),
  };
  let open: { name: string; from: number } | undefined;
  let previousId = '';
  let start = 0;
  for (let i = 0; i < lines && faults.length < MAX_FAULTS; i++) {
    const end = bytes.indexOf(LF, start);
    const line = decodeText(bytes.subarray(start, end));
    const cells = line.split('\t');
    const [stratum = '', weight = '', id = ''] = cells;
    if (cells.length !== 3 || !STRATUM_NAME.test(stratum) || !WEIGHT.test(weight) || !UNIT_ID.test(id)) {
      faults.push(...checkLine('frame.tsv', i + 1, line, COLUMNS));
    } else if (open !== undefined && (stratum < open.name || (stratum === open.name && id < previousId))) {
      faults.push(outOfOrder('frame.tsv', i + 1, line, ORDER));
    } else if (stratum === open?.name && id === previousId) {
      faults.push(repeatedId(i + 1, id));
    } else {
      if (stratum !== open?.name) {
        if (open) frame.strata.set(open.name, { from: open.from, to: i });
        open = { name: stratum, from: i };
      }
      previousId = id;
    }
    frame.idStart[i] = start + stratum.length + weight.length + 2;
    frame.lineEnd[i] = end;
    frame.weight[i] = Number(weight);
    start = end + 1;
  }
  if (faults.length > 0) return err(faults);
  if (open) frame.strata.set(open.name, { from: open.from, to: lines });
  const again = repeatedIds(frame);
  return again.length > 0 ? err(again) : ok(frame);
}

/** The units as a file, sorted as `LC_ALL=C sort -t TAB -k1,1 -k3,3`; names are checked by `parseFrame`. */
export function formatFrame(units: Iterable<SamplingUnit>): string {
  return [...units]
    .sort((a, b) => compareBytes(a.stratum, b.stratum) || compareBytes(a.id, b.id))
    .map(({ stratum, weight, id }) => `${stratum}\t${weight}\t${id}\n`)
    .join('');
}

export function unitId(frame: SamplingFrame, unit: number): string {
  return decodeText(frame.bytes.subarray(frame.idStart[unit], frame.lineEnd[unit]));
}

/** Those of the asked ids that the frame holds, found in one walk over the frame. */
export function idsInFrame(frame: SamplingFrame, asked: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  if (asked.size === 0) return found;
  for (let i = 0; i < frame.count; i++) {
    const id = unitId(frame, i);
    if (asked.has(id)) found.add(id);
  }
  return found;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) lines++;
  return lines;
}

/** Within a stratum the order shows repeats; only ids of different strata have to be remembered. */
function repeatedIds(frame: SamplingFrame): Fault[] {
  const faults: Fault[] = [];
  if (frame.strata.size < 2) return faults;
  const seen = new Set<string>();
  for (let i = 0; i < frame.count && faults.length < MAX_FAULTS; i++) {
    const id = unitId(frame, i);
    if (seen.has(id)) faults.push(repeatedId(i + 1, id));
    seen.add(id);
  }
  return faults;
}

function repeatedId(line: number, id: string): Fault {
  return repeated('frame.tsv', line, id, text('对象编号', 'id'));
}

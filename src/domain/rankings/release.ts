import { z } from 'zod';
import { sha256Hex } from '../bytes.ts';
import { type Fault, fault, text } from '../fault.ts';

/** Rows that the first person rechecks against the declared standard before a list is released. */
export const SAMPLE_ROWS = 5;

/** What the first of the two persons who release a list answers for. */
export const ReleaseChecklist = z
  .strictObject({
    /** The cut-off is the one that was announced. */
    cutOffChecked: z.literal(true),
    /** The objections to the edition before were looked at. */
    objectionsChecked: z.literal(true),
    /** Each row of the sample was compared with what its enterprise declared. */
    sample: z
      .array(
        z.strictObject({
          declaration: z.string().min(1).max(128),
          agrees: z.boolean(),
          note: z.string().trim().max(300).default(''),
        }),
      )
      .max(SAMPLE_ROWS),
    note: z.string().trim().max(1000).default(''),
  })
  .meta({ id: 'ReleaseChecklist' });
export type ReleaseChecklist = z.infer<typeof ReleaseChecklist>;

/** The places of the rows to recheck: drawn by the list's own hash, so that nobody chooses them. */
export function sampleOf(listSha256: string, entries: number): readonly number[] {
  const places = new Set<number>();
  for (let i = 0; places.size < Math.min(SAMPLE_ROWS, entries); i++)
    places.add(Number(BigInt(`0x${sha256Hex(`${listSha256} ${i}`)}`) % BigInt(entries)));
  return [...places];
}

/** Every row of the sample has to be answered for, and to agree with what was declared. */
export function checkSample(given: ReleaseChecklist['sample'], expected: readonly string[]): readonly Fault[] {
  const unanswered = expected.filter((declaration) => !given.some((row) => row.declaration === declaration));
  const differing = given.flatMap((row, i) => (row.agrees ? [] : [{ row, i }]));
  return [
    ...unanswered.map((declaration) =>
      fault(
        '/sample',
        'release.sample-missing',
        declaration,
        text('抽查样本中每一行的结论', 'a verdict on every row of the sample'),
        text('请对照声明核对该行后填写', 'compare the row with its declaration, then answer'),
      ),
    ),
    ...differing.map(({ row, i }) =>
      fault(
        `/sample/${i}/agrees`,
        'release.sample-differs',
        row.declaration,
        text('与声明一致', 'agreement with what was declared'),
        text(
          '结果与声明不符时不能发布：请改正方案或指标对齐后重新比对',
          'mend the scheme or the mapping, and run again',
        ),
      ),
    ),
  ];
}

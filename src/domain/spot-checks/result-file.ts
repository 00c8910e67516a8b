import type { InspectionTarget } from './draw.ts';

/** result.tsv: stratum, rank, id, then the inspectors; an empty slot has no column and no TAB (rd1 §1.9). */
export function formatResult(targets: readonly InspectionTarget[]): string {
  return targets
    .map(({ stratum, rank, id, inspectors }) => `${[stratum, rank, id, ...inspectors].join('\t')}\n`)
    .join('');
}

/** Reads lines that `formatResult` wrote; whether they are the right ones, only a redraw tells. */
export function parseResult(content: string): readonly InspectionTarget[] {
  return content
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [stratum = '', rank = '', id = '', ...inspectors] = line.split('\t');
      return { stratum, rank: Number(rank), id, inspectors };
    });
}

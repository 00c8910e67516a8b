import type { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import type { StandardStatus } from '../../domain/standards/in-force.ts';
import type { StandardLimit } from '../../domain/standards/limit.ts';
import type { StandardLevel } from '../../domain/standards/number.ts';
import type { Frame } from '../frame.ts';

export interface ShownStandard {
  readonly standard: CatalogueStandard;
  readonly level: StandardLevel;
  readonly status: StandardStatus;
}

export interface ShownRelation {
  readonly number: string;
  readonly partial: boolean;
  readonly nameZh: string | null;
  readonly status: StandardStatus | null;
}

export interface ShownStandardInFull extends ShownStandard {
  readonly day: string;
  readonly since: number;
  readonly successors: readonly ShownRelation[];
  readonly predecessors: readonly ShownRelation[];
  readonly limits: readonly StandardLimit[];
  readonly declarations: number;
}

/** The page of a standard; its number holds slashes and spaces. */
export function standardAddress(number: string): string {
  return `/standards/${encodeURIComponent(number)}`;
}

/** The title in the language of the page, or in Chinese where it has none. */
export function nameOf({ lang }: Pick<Frame, 'lang'>, { nameZh, nameEn }: CatalogueStandard): string {
  return lang === 'zh' ? nameZh : (nameEn ?? nameZh);
}

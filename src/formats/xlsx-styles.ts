/** The light red of spreadsheet programs' own "bad"; what has it was marked by us. */
const RED = 'FFFFC7CE';

/** Styles to which marked twins of cell styles are added; nothing that is there is changed. */
export class MarkingStyles {
  readonly #source: string;
  readonly #styles: string[];
  readonly #known: number;
  readonly #redFill: number;
  readonly #hadRed: boolean;
  readonly #prefix: string;
  readonly #twins = new Map<string, number>();

  /** Null where the part has not the usual form; notes alone then tell what is wrong. */
  static read(source: string): MarkingStyles | null {
    const fills = section(source, 'fills');
    const styles = section(source, 'cellXfs');
    if (!fills || !styles) return null;
    const all = [...fills.inside.matchAll(/<(?:\w+:)?fill\b(?:[^>]*\/>|[\s\S]*?<\/(?:\w+:)?fill>)/gu)].map(
      ([one]) => one,
    );
    const red = all.findIndex((one) => one.includes(RED));
    const xfs = [...styles.inside.matchAll(/<(?:\w+:)?xf\b(?:[^>]*\/>|[\s\S]*?<\/(?:\w+:)?xf>)/gu)].map(([one]) => one);
    return new MarkingStyles(source, xfs, red === -1 ? all.length : red, red !== -1, fills.prefix);
  }

  private constructor(source: string, styles: string[], redFill: number, hadRed: boolean, prefix: string) {
    this.#source = source;
    this.#styles = styles;
    this.#known = styles.length;
    this.#redFill = redFill;
    this.#hadRed = hadRed;
    this.#prefix = prefix;
  }

  /** The style of a cell that is to be marked, or whose mark of an earlier time is to go. */
  styleFor(style: number, isMarked: boolean): number {
    const base = this.#styles[style] ?? this.#styles[0];
    if (base === undefined) return style;
    const isRed = this.#hadRed && new RegExp(`fillId="${this.#redFill}"`, 'u').test(base);
    if (isRed === isMarked) return style;
    const key = `${style} ${isMarked}`;
    const known = this.#twins.get(key);
    if (known !== undefined) return known;
    const fill = isMarked ? this.#redFill : 0;
    const without = base.replace(/\s(?:fillId|applyFill)="[^"]*"/gu, '');
    const index = this.#styles.push(without.replace(/^<(?:\w+:)?xf/u, `$& fillId="${fill}" applyFill="1"`)) - 1;
    this.#twins.set(key, index);
    return index;
  }

  write(): string {
    const added = this.#styles.slice(this.#known).join('');
    const withStyles = append(this.#source, 'cellXfs', added, this.#styles.length);
    if (this.#hadRed) return withStyles;
    const p = this.#prefix;
    const fill = `<${p}fill><${p}patternFill patternType="solid"><${p}fgColor rgb="${RED}"/><${p}bgColor indexed="64"/></${p}patternFill></${p}fill>`;
    return append(withStyles, 'fills', fill, this.#redFill + 1);
  }
}

function section(source: string, name: string): { readonly prefix: string; readonly inside: string } | null {
  const found = new RegExp(
    `<(?<prefix>\\w+:)?${name}\\b[^>]*(?<!/)>(?<inside>[\\s\\S]*?)</(?:\\w+:)?${name}>`,
    'u',
  ).exec(source)?.groups;
  return found ? { prefix: found['prefix'] ?? '', inside: found['inside'] ?? '' } : null;
}

/** Adds to the end of a list of a style part, and corrects its count. */
function append(source: string, name: string, added: string, count: number): string {
  return source
    .replace(
      new RegExp(`(<(?:\\w+:)?${name}\\b[^>]*?)\\scount="\\d+"`, 'u'),
      (_, start: string) => `${start} count="${count}"`,
    )
    .replace(new RegExp(`</(?:\\w+:)?${name}>`, 'u'), (end) => `${added}${end}`);
}

/** An answer that never changes for its key, as the bytes that are sent. */
export interface KeptAnswer {
  readonly tag: string;
  readonly bytes: Buffer;
}

/** 100 rows are some 100 kB, so these are some 300 pages. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Answers that can never change, made once; the least used go first. */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>();
  #bytes = 0;

  get(key: string): KeptAnswer | undefined {
    const known = this.#answers.get(key);
    if (!known) return undefined;
    this.#answers.delete(key);
    this.#answers.set(key, known);
    return known;
  }

  keep(key: string, answer: KeptAnswer): KeptAnswer {
    this.#drop(key);
    this.#answers.set(key, answer);
    this.#bytes += answer.bytes.length;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest);
    }
    return answer;
  }

  #drop(key: string): void {
    this.#bytes -= this.#answers.get(key)?.bytes.length ?? 0;
    this.#answers.delete(key);
  }
}

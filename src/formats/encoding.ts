import { text } from '../domain/fault.ts';
import { type FileRefusal, refuseFile } from './refusal.ts';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * Finds the encoding of a text while its bytes pass by. Spreadsheet programs in China save CSV as GB 18030 without saying
 * so; only the whole file tells, since a text that is UTF-8 to its last byte is nothing else.
 */
export class EncodingWatch {
  #first: Uint8Array = new Uint8Array();
  #seen = 0;
  #hasZero = false;
  readonly #utf8 = new Decoding('utf-8');
  readonly #gb18030 = new Decoding('gb18030');

  see(chunk: Uint8Array): void {
    if (this.#first.length < 2) this.#first = Buffer.concat([this.#first, chunk.subarray(0, 2)]);
    this.#seen += chunk.length;
    if (!this.#hasZero && chunk.includes(0)) this.#hasZero = true;
    this.#utf8.see(chunk);
    // Both are kept going: which one it is shows at the end.
    this.#gb18030.see(chunk);
  }

  /** The encoding, or the refusal of what is no text. */
  end(): Encoding | FileRefusal {
    if (this.#seen === 0)
      return refuseFile('file.empty', '', null, text('有内容的文件', 'a file that holds something'), AGAIN);
    if (this.#first[0] === 0xff && this.#first[1] === 0xfe) return 'utf-16le';
    if (this.#hasZero) return refuseFile('file.not-text', '', 'U+0000', TEXT, AGAIN);
    if (this.#utf8.end()) return 'utf-8';
    return this.#gb18030.end() ? 'gb18030' : refuseFile('file.encoding', '', null, TEXT, AGAIN);
  }
}

const TEXT = text('UTF-8（或 GB 18030）文本', 'text in UTF-8 (or GB 18030)');
const AGAIN = text('请用表格软件另存为“CSV UTF-8”后重新上传', 'save it as “CSV UTF-8” and send it again');

class Decoding {
  readonly #decoder: TextDecoder;
  #sound = true;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  see(chunk?: Uint8Array): void {
    if (!this.#sound) return;
    try {
      this.#decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      this.#sound = false;
    }
  }

  end(): boolean {
    this.see();
    return this.#sound;
  }
}

/** The text of bytes whose encoding was found before; a byte order mark is left out. */
export async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

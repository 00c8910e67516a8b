import { SaxesParser } from 'saxes';
import { text } from '../domain/fault.ts';
import { refuseFile } from './refusal.ts';

/** Characters between two tags: more than any cell holds, and little enough to keep. */
const MOST_BETWEEN_TAGS = 1024 * 1024;
/** Sheets are six levels deep; every open level is kept. */
const MOST_LEVELS = 100;

export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>, position: number) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string, position: number) => void;
}

/**
 * Reads XML as it comes, by names without their prefix. Entities of its own and document types are refused, and so is a
 * tag or a text without end; positions are those of the characters read so far.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ position: true, xmlns: false });
  readonly #decoder = new TextDecoder();
  readonly #part: string;
  #read = 0;
  #seen = 0;
  #level = 0;

  constructor(part: string, events: XmlEvents) {
    this.#part = part;
    const seen = () => {
      this.#seen = this.#read;
    };
    this.#parser.on('doctype', () => this.#refuse('<!DOCTYPE'));
    this.#parser.on('error', (error) => this.#refuse(error.message));
    this.#parser.on('opentag', (tag) => {
      seen();
      this.#level += 1;
      if (this.#level > MOST_LEVELS) this.#refuse(`${MOST_LEVELS} levels`);
      events.open?.(local(tag.name), tag.attributes, this.#parser.position);
    });
    this.#parser.on('closetag', (tag) => {
      seen();
      this.#level -= 1;
      events.close?.(local(tag.name), this.#parser.position);
    });
    const onText = (value: string) => {
      seen();
      events.text?.(value);
    };
    this.#parser.on('text', onText);
    this.#parser.on('cdata', onText);
  }

  write(chunk: Uint8Array | string): void {
    const written = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    this.#read += written.length;
    this.#parser.write(written);
    if (this.#read - this.#seen > MOST_BETWEEN_TAGS) this.#refuse('a text without end');
  }

  end(): void {
    this.#parser.close();
  }

  #refuse(found: string): never {
    throw refuseFile(
      'file.xml',
      this.#part,
      found.slice(0, 200),
      text('表格软件写出的 XML', 'XML as spreadsheet programs write it'),
      text('请用表格软件打开并另存后重新上传', 'open it with a spreadsheet program, save it anew and send it again'),
    );
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

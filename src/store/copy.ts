import { Readable } from 'node:stream';
import type pg from 'pg';

/** What node-postgres calls on a query of one's own making; its types name only `submit`. */
interface Connection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  sendCopyFail(message: string): void;
  endCopyFrom(): void;
}

const BATCH = 64 * 1024;

/**
 * `COPY … TO STDOUT` as a stream of whole rows in batches of about 64 KB. The server is held back while nobody reads,
 * so a table of any size passes through little memory.
 */
export function copyOut(client: pg.Client, sql: string): Readable {
  const rows = new CopyOut(sql);
  client.query(rows);
  return rows.stream;
}

class CopyOut implements pg.Submittable {
  readonly stream: Readable;
  readonly #sql: string;
  #connection: Connection | undefined;
  #batch = Buffer.allocUnsafe(BATCH);
  #filled = 0;

  constructor(sql: string) {
    this.#sql = sql;
    this.stream = new Readable({
      read: () => void this.#connection?.stream.resume(),
      destroy: (error, done) => {
        this.#connection?.stream.resume(); // what is still under way is read and dropped
        done(error);
      },
    });
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection as Connection;
    connection.query(this.#sql);
  }

  /** The bytes are copied at once: the parser uses its buffer again. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#filled + chunk.length > this.#batch.length) this.#push();
    if (chunk.length > BATCH) return this.#give(Buffer.from(chunk));
    this.#filled += chunk.copy(this.#batch, this.#filled);
  }

  #push(): void {
    if (this.#filled === 0) return;
    this.#give(this.#batch.subarray(0, this.#filled));
    this.#batch = Buffer.allocUnsafe(BATCH);
    this.#filled = 0;
  }

  #give(bytes: Buffer): void {
    if (!this.stream.destroyed && !this.stream.push(bytes)) this.#connection?.stream.pause();
  }

  handleCommandComplete(): void {
    this.#push();
  }

  handleReadyForQuery(): void {
    this.stream.push(null);
  }

  handleError(error: Error): void {
    this.stream.destroy(error);
  }
}

/** `COPY … FROM STDIN`; resolves to the number of rows that PostgreSQL took. */
export function copyIn(client: pg.Client, sql: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(sql, source, resolve, reject));
  });
}

class CopyIn implements pg.Submittable {
  readonly #sql: string;
  readonly #source: AsyncIterable<Buffer>;
  readonly #resolve: (rows: number) => void;
  readonly #reject: (error: unknown) => void;
  #rows = 0;
  #failure: unknown;
  #ended = false;

  constructor(
    sql: string,
    source: AsyncIterable<Buffer>,
    resolve: (rows: number) => void,
    reject: (error: unknown) => void,
  ) {
    this.#sql = sql;
    this.#source = source;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#sql);
  }

  handleCopyInResponse(connection: Connection): void {
    this.#send(connection).catch((error: unknown) => {
      this.#failure ??= error;
      connection.sendCopyFail('the source failed');
    });
  }

  async #send(connection: Connection): Promise<void> {
    for await (const chunk of this.#source) {
      if (this.#ended) return; // the server has already refused a row
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await drained(connection, () => this.#ended);
    }
    if (!this.#ended) connection.endCopyFrom();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(text.split(' ').at(-1));
  }

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#resolve(this.#rows);
  }

  /** Our own failure comes back from the server as a vaguer one. */
  handleError(error: unknown): void {
    this.#ended = true;
    this.#reject(this.#failure ?? error);
  }
}

/** Resolves also when the connection is lost, where no drain would come. */
function drained({ stream }: Connection, ended: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    if (ended()) return resolve();
    stream.on('drain', done).on('close', done);
  });
}

import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const deflate = promisify<Buffer, Buffer>(deflateRaw);

/** A part as it lies in an archive. */
export interface PackedPart {
  readonly name: string;
  readonly method: number;
  readonly crc32: number;
  readonly size: number;
  readonly packed: Buffer;
}

export async function packPart(name: string, content: string): Promise<PackedPart> {
  const bytes = Buffer.from(content);
  return { name, method: 8, crc32: crc32(bytes), size: bytes.length, packed: await deflate(bytes) };
}

/** 1980-01-01, the first day that the format knows: the same parts give the same bytes at any time. */
const DAY = 0x0021;
const UTF8_NAME = 0x0800;

/** A zip archive of at most 65,535 parts and 4 GiB (APPNOTE 6.3.10, without zip64). */
export function writeZip(parts: readonly PackedPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAME, 2);
    common.writeUInt16LE(part.method, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(DAY, 8);
    common.writeUInt32LE(part.crc32, 10);
    common.writeUInt32LE(part.packed.length, 14);
    common.writeUInt32LE(part.size, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, tail, name]));
    pieces.push(local, part.packed);
    offset += local.length + part.packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...pieces, listed, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}

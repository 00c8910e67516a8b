import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AssetAddresses } from '../../views/frame.ts';
import type { Http } from '../fastify.ts';

/** The browser's files as `scripts/build.mjs` left them, compressed already. */
export interface Assets extends AssetAddresses {
  readonly files: ReadonlyMap<string, StoredAsset>;
}

interface StoredAsset {
  readonly type: string;
  readonly identity: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
const BASE = '/assets';

/** Without a build the pages are still whole, only without styles: the manifest then names nothing. */
export function readAssets(directory: string): Assets {
  const manifest = readManifest(directory);
  const files = new Map<string, StoredAsset>();
  for (const stored of reachable(directory, Object.values(manifest))) files.set(stored, readAsset(directory, stored));
  const address = (name: string): string | null => (manifest[name] ? `${BASE}/${manifest[name]}` : null);
  const islands = Object.keys(manifest).flatMap((name) => {
    const island = /^islands\/(.+)\.js$/u.exec(name)?.[1];
    return island ? [[island, `${BASE}/${manifest[name]}`] as const] : [];
  });
  return { style: address('app.css'), enhance: address('enhance.js'), islands: Object.fromEntries(islands), files };
}

/** What a program weighs on the wire with everything that it imports, in kB. */
export function kilobytesOf({ files }: Assets, address: string): number {
  const start = address.slice(BASE.length + 1);
  const bytes = [...imported(start, (stored) => files.get(stored)?.identity.toString('utf8') ?? '')].reduce(
    (sum, stored) => sum + (files.get(stored)?.br.length ?? 0),
    0,
  );
  return Math.ceil(bytes / 1000);
}

/** Serves them under names that carry their hash, so that a browser never asks twice. */
export function assetRoutes(http: Http, assets: Assets): void {
  http.get(
    `${BASE}/*`,
    { schema: { hide: true }, config: { rateLimit: false } },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const asset = assets.files.get((request.params as { '*': string })['*']);
      if (!asset) return reply.callNotFound();
      const encoding = acceptedEncoding(request);
      if (encoding !== 'identity') reply.header('Content-Encoding', encoding);
      return reply
        .type(asset.type)
        .header('Cache-Control', 'public, max-age=31536000, immutable')
        .header('Vary', 'Accept-Encoding')
        .send(asset[encoding]);
    },
  );
}

export type Encoding = 'br' | 'gzip' | 'identity';

/** The best of what the reader takes; a quality of zero is a refusal. */
export function acceptedEncoding(request: FastifyRequest): Encoding {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/u.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}

function readManifest(directory: string): Readonly<Record<string, string>> {
  const file = join(directory, 'manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

function reachable(directory: string, named: readonly string[]): ReadonlySet<string> {
  const read = (stored: string) => (stored.endsWith('.js') ? readFileSync(join(directory, stored), 'utf8') : '');
  return new Set(named.flatMap((stored) => [...imported(stored, read)]));
}

/** A file and the chunks that it imports, by the only form in which esbuild writes them. */
function imported(start: string, read: (stored: string) => string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (stored: string): void => {
    if (found.has(stored)) return;
    found.add(stored);
    for (const [, target] of read(stored).matchAll(/["'](\.{1,2}\/[\w./-]+\.js)["']/gu)) {
      if (target) visit(posix.join(posix.dirname(stored), target));
    }
  };
  visit(start);
  return found;
}

function readAsset(directory: string, stored: string): StoredAsset {
  const identity = readFileSync(join(directory, stored));
  const type = TYPES[stored.slice(stored.lastIndexOf('.'))] ?? 'application/octet-stream';
  const compressed = (ending: string) => readFileSync(join(directory, `${stored}.${ending}`));
  return { type, identity, br: compressed('br'), gzip: compressed('gz') };
}

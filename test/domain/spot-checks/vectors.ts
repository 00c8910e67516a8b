import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const VECTORS = ['v1-dice', 'v2-weights', 'v3-replace', 'v4-sealed', 'v7-edges'] as const;
export type Vector = (typeof VECTORS)[number];

const HOME = fileURLToPath(new URL('../../vectors/draw/', import.meta.url));

export function vectorDirectory(vector: Vector): string {
  return join(HOME, vector);
}

export function readVector(vector: Vector): Map<string, Uint8Array> {
  const directory = vectorDirectory(vector);
  return new Map(readdirSync(directory).map((name) => [name, new Uint8Array(readFileSync(join(directory, name)))]));
}

export function readVectorJson(name: string): unknown {
  return JSON.parse(readFileSync(join(HOME, name), 'utf8'));
}

export function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(files.get(name));
}

export function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

import { sha256Hex } from '../../domain/bytes.ts';
import type { DrawFile } from '../../store/spot-checks.ts';

/** One published file of a draw, with the hash that `sha256sum` gives. */
export function drawFile(name: string, content: string, n = 1): DrawFile {
  return { name, n, content: new TextEncoder().encode(content), sha256: sha256Hex(content) };
}

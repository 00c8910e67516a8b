import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { projectRoot } from '../../src/project-root.ts';

export function vectorText(name: string): string {
  return readFileSync(join(projectRoot, 'test', 'vectors', name), 'utf8');
}

export function vectorJson<Value>(name: string): Value {
  return JSON.parse(vectorText(name)) as Value;
}

export function vectorRows(name: string): readonly Record<string, string>[] {
  return parse(vectorText(name), { columns: true, bom: true, skip_empty_lines: true });
}

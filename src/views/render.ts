import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A page as the bytes of an HTML document. */
export function renderDocument(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

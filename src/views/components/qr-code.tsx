import type { VNode } from 'preact';
import qrcode from 'qrcode-generator';

/** A QR code (GB/T 18284, level M) as one SVG path; `label` says in words what it holds. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): VNode {
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const path: string[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
    }
  }
  const side = count + 2 * QUIET;
  return (
    <svg class="qr-code" viewBox={`0 0 ${side} ${side}`} width="148" height="148" role="img" aria-label={label}>
      <rect width={side} height={side} fill="#fff" />
      <path d={path.join('')} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}

/** Light modules around the code, which readers need to find it. */
const QUIET = 4;

import * as jsqr from 'jsqr';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { QrCode } from '../../src/views/components/qr-code.tsx';

type Decode = (pixels: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;
// A CommonJS package whose function is its default, once or twice over.
const { default: found } = jsqr as unknown as { readonly default: Decode | { readonly default: Decode } };
const decode = typeof found === 'function' ? found : found.default;
const SCALE = 4;

test.each([
  'https://register.example/v/91330100MA0000058A.D00000001.1.e8a276393ec8bfb1',
  'https://register.example/en/v/91330100MA0000058A.D99999999.123456.0123456789abcdef',
  new URL('/v/X.D1.1.0123456789abcdef', 'https://企业标准.example').href,
])('the code of a receipt is read by a scanner as %s', (address) => {
  const svg = renderToString(<QrCode text={address} label="QR" />);
  const side = Number(/viewBox="0 0 (\d+)/u.exec(svg)?.[1]);
  const width = side * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/gu)) {
    for (let dy = 0; dy < SCALE; dy++) {
      for (let dx = 0; dx < SCALE; dx++) {
        const at = ((Number(y) * SCALE + dy) * width + Number(x) * SCALE + dx) * 4;
        pixels.fill(0, at, at + 3);
      }
    }
  }
  expect(decode(pixels, width, width)?.data).toBe(address);
});

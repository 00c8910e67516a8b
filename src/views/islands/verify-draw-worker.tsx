// Runs a draw again off the page, by the function that the command line uses. No byte leaves the reader's machine.
import { verifyDraw } from '../../domain/spot-checks/verify.ts';

onmessage = ({ data }: MessageEvent<readonly (readonly [name: string, content: ArrayBuffer])[]>) => {
  postMessage(verifyDraw(new Map(data.map(([name, content]) => [name, new Uint8Array(content)]))));
};

/** A bar on the last line of a terminal; where stderr is none, nothing. */
export interface Progress {
  show(share: number, label: string): void;
  clear(): void;
}

const WIDTH = 30;

export function progressBar(terminal: NodeJS.WriteStream = process.stderr): Progress {
  if (!terminal.isTTY) return { show: () => {}, clear: () => {} };
  let shownAt = 0;
  return {
    show(share, label) {
      if (Date.now() - shownAt < 100) return;
      shownAt = Date.now();
      const full = Math.round(Math.min(share, 1) * WIDTH);
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
      terminal.write(`\r\u001b[K${bar} ${String(Math.round(share * 100)).padStart(3)}% ${label}`);
    },
    clear: () => void terminal.write('\r\u001b[K'),
  };
}

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/u;

/**
 * One CSV cell, always quoted. A cell that a spreadsheet would run as a formula is prefixed with an apostrophe: its first
 * visible character after NFKC is = + - @ TAB CR LF, and it is not a plain negative or unsigned number (OWASP, CSV injection).
 */
export function csvCell(value: string): string {
  const visible = value.normalize('NFKC').replace(/^\p{Cf}+/u, '');
  const runsAsFormula = /^[=+\-@\t\r\n]/u.test(visible) && !isHarmlessNumber(value);
  return `"${(runsAsFormula ? `'${value}` : value).replaceAll('"', '""')}"`;
}

/** One CSV line with CRLF (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function isHarmlessNumber(value: string): boolean {
  return PLAIN_NUMBER.test(value) && !value.startsWith('+');
}

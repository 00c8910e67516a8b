/**
 * Codes that registration authorities issued although their check characters are wrong, each seen in two public test
 * tables of credit-code checkers (bluesky335/IDCheck, dromara/hutool). Additions need a public source.
 */
export const ISSUED_EXCEPTIONS: readonly string[] = [
  '91350211M0000XUF46',
  '91350100M0001TGQXM',
  '91350203M0001FUE2P',
  '91350211M00013FA1N',
];

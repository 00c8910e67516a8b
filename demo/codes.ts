import { creditCodeCheckCharacter, organisationCodeCheckCharacter } from '../src/domain/enterprises/credit-code.ts';

/** A credit code with right check characters in region 990000, which is assigned to nobody: it can be no real one. */
export function inventedCreditCode(serial: number, authority = '91'): string {
  const organisation = `D${String(serial).padStart(7, '0')}`;
  const first17 = `${authority}990000${organisation}${organisationCodeCheckCharacter(organisation)}`;
  return `${first17}${creditCodeCheckCharacter(first17)}`;
}

/** The letters of a maker's name as an enterprise code: "Acond a.s." is ACONDAS. */
export function enterpriseCode(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/gu, '')
    .toUpperCase()
    .slice(0, 8);
  return /^[A-Z]/u.test(letters) ? letters : `X${letters}`;
}

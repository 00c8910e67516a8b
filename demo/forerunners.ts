import { sha256Hex } from '../src/domain/bytes.ts';
import { readForerunnerList, writeForerunnerList } from '../src/domain/forerunners/list-text.ts';
import { RECORDS } from '../src/domain/forerunners/vocabulary.ts';
import type { Database } from '../src/store/database.ts';
import { shiftRegister } from '../src/store/register.ts';
import type { Client, Credential } from './api.ts';
import type { Checked } from './check.ts';
import { inventedCreditCode } from './codes.ts';
import { DEMO_PASSWORD } from './people.ts';

const LIST = 'DEMO-HP';
const SECOND_COORDINATOR = 'demo-coordinating-2';
/** Enterprises that confirm; all other candidates are left out for want of a commitment. */
const CONFIRMING = 5;
const DAY_SECONDS = 24 * 3600;
/** Longer than ten working days, and than seven, the longest holidays among them. */
const CONFIRMATION_SECONDS = 28 * DAY_SECONDS;
const OBJECTION_SECONDS = 24 * DAY_SECONDS;

interface Candidate {
  readonly declaration: string;
  readonly enterprise: { readonly code: string };
  readonly declaredModels: readonly string[];
}

export interface Publishers {
  readonly body: Credential;
  readonly body2: Credential;
  readonly coordinating: Credential;
}

/** Everything up to the ranking lists happens so long ago that a forerunner list is published by the present. */
export function beginInThePast(database: Database): Promise<unknown> {
  return shiftRegister(database, -(CONFIRMATION_SECONDS + OBJECTION_SECONDS));
}

/** One round from the grade-one heat pumps to a published list. Reports and checks are made up, and say so. */
export async function publishForerunners(api: Client, database: Database, by: Publishers): Promise<void> {
  const { id } = await api.post<{ id: string }>('/forerunner-rounds', by.body, { list: LIST, edition: 1 });
  const round = `/forerunner-rounds/${id}`;
  const { candidates } = await api.get<{ candidates: readonly Candidate[] }>(round);
  const firsts = new Map(candidates.toReversed().map((one) => [one.enterprise.code, one]));
  const confirming = [...firsts.values()].toReversed().slice(0, CONFIRMING);
  // By the clock of the register, which stands before the present.
  const day = dayAgo(CONFIRMATION_SECONDS + OBJECTION_SECONDS);
  for (const candidate of confirming) await givePapers(api, round, candidate, day);
  for (const { declaration } of confirming) {
    const checks = RECORDS.map((about) => ({
      about,
      result: 'clear',
      source: '演示，未向任何系统查询 demonstration, nothing was looked up',
      checkedOn: day,
    }));
    await api.post(`${round}/checks`, by.body, { declaration, checks });
  }
  await api.post(`${round}/checks/confirmation`, by.body2);
  await shiftRegister(database, CONFIRMATION_SECONDS);
  await api.post(`${round}/short-list`, by.body);
  await api.post(`${round}/objection-period`, by.coordinating);
  const person = { loginName: SECOND_COORDINATOR, displayName: SECOND_COORDINATOR, password: DEMO_PASSWORD };
  await api.post('/members', by.coordinating, { ...person, role: 'publisher' });
  await shiftRegister(database, OBJECTION_SECONDS);
  await api.post(`${round}/publication`, await api.logIn(SECOND_COORDINATOR, DEMO_PASSWORD));
}

/** Commitment and report of one candidate, by its maker. */
async function givePapers(
  api: Client,
  round: string,
  { declaration, enterprise, declaredModels }: Candidate,
  day: string,
): Promise<void> {
  const maker = await api.logIn(loginOf(enterprise.code), DEMO_PASSWORD);
  const at = `${round}/candidates/${declaration}`;
  await api.post(`${at}/confirmation`, maker, {
    commitment: { version: 1, signer: '演示签署人', capacity: 'legal-representative' },
    provision: 'mass-produced',
    models: declaredModels.slice(0, 100),
  });
  const facts = new URLSearchParams({
    number: `DEMO-${declaration.slice(-8)}`,
    laboratory: '示例检测中心（演示）',
    mark: 'CMA',
    markNumber: '000000000000',
    reportedOn: day,
  });
  await api.postFile(`${at}/report?${facts}`, maker, 'application/pdf', reportOf(declaration));
}

/** Makers are numbered from 100 on, in their codes as in their logins. */
function loginOf(code: string): string {
  for (let serial = 100; serial < 10_000; serial++)
    if (inventedCreditCode(serial) === code) return `demo-maker-${serial}`;
  throw new Error(`no maker has the code ${code}`);
}

/** A PDF of one line that says what it is. */
function reportOf(declaration: string): Buffer {
  const content = `BT /F1 12 Tf 50 700 Td (Demonstration only, no test was made: ${declaration}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${body}${xref}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

/** Downloads a published forerunner list: its bytes have the published hash, and name the ranking edition by its hash. */
export async function checkForerunners(api: Client, list: string, edition: number): Promise<Checked> {
  const path = `/forerunner-lists/${list}/${edition}`;
  const { sha256 } = await api.get<{ sha256: string }>(path);
  const bytes = await api.bytes(`${path}/file`);
  const read = readForerunnerList(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const { board } = read.head;
  const ranking = await api.bytes(`/ranking-lists/${list}/${board.edition}/file`);
  const found: readonly (readonly [what: string, is: string, expected: string])[] = [
    ['its SHA-256', sha256Hex(bytes), sha256],
    ['its canonical form', sha256Hex(writeForerunnerList(read)), sha256],
    ['the ranking edition', sha256Hex(ranking), board.sha256],
  ];
  const problems = found.flatMap(([what, is, expected]) =>
    is === expected ? [] : [`${list} forerunners: ${what} is ${is}, expected ${expected}`],
  );
  const { entries, leftOut } = read.head;
  const says = `${entries} 领跑者 forerunners, ${leftOut} 未列入 left out，排名不分先后 in no order`;
  return { problems, says: problems.length === 0 ? `${says}，哈希一致 hashes equal` : '不一致 differs' };
}

function dayAgo(seconds: number): string {
  return new Date(Date.now() + 8 * 3_600_000 - seconds * 1000).toISOString().slice(0, 10);
}

import { z } from 'zod';
import { SIGNER_CAPACITIES } from '../declarations/commitment.ts';
import { type Fault, fault, text } from '../fault.ts';
import {
  CONFIRMATION_DAYS,
  GIVEN_CAUSES,
  LABORATORY_MARKS,
  MOST_CONFIRMATION_DAYS,
  type Provision,
  PROVISIONS,
} from './vocabulary.ts';
import { forerunnerCommitmentOn } from './commitment.ts';

const line = (most: number) => z.string().trim().min(1).max(most);
export const ListCode = z.string().regex(/^[A-Z][A-Z0-9-]{1,29}$/u);
export const DeclarationId = z.string().regex(/^[!-.0-~]{1,128}$/u);
const days = z.int().min(CONFIRMATION_DAYS).max(MOST_CONFIRMATION_DAYS).default(CONFIRMATION_DAYS);

/** Opens a round on a published edition of a ranking list. */
export const RoundRequest = z
  .strictObject({
    list: ListCode,
    edition: z.int().min(1).max(1_000_000),
    /** Working days in which the enterprises confirm. */
    confirmationDays: days,
  })
  .meta({ id: 'ForerunnerRoundRequest' });
export type RoundRequest = z.infer<typeof RoundRequest>;

/** What an enterprise confirms of its candidate: the commitment, that it is really made or provided, the models. */
export const Confirmation = z
  .strictObject({
    commitment: z.strictObject({ version: z.int().min(1), signer: line(100), capacity: z.enum(SIGNER_CAPACITIES) }),
    provision: z.enum(PROVISIONS),
    models: z.array(line(200)).min(1).max(100),
  })
  .meta({ id: 'ForerunnerConfirmation' });
export type Confirmation = z.infer<typeof Confirmation>;

/** What is said of a test report beside its bytes. */
export const ReportFacts = z
  .strictObject({
    number: line(100),
    laboratory: line(200),
    mark: z.enum(LABORATORY_MARKS),
    /** Number of the laboratory's CMA or CNAS certificate. */
    markNumber: line(60),
    reportedOn: z.iso.date(),
  })
  .meta({ id: 'ForerunnerReport' });
export type ReportFacts = z.infer<typeof ReportFacts>;

/** Takes an entry off the list, with a public cause and the evidence for it. */
export const Removal = z
  .strictObject({
    declaration: DeclarationId,
    cause: z.enum(GIVEN_CAUSES),
    /** Number of an objection, a standard, a decision, a document: what proves the cause. */
    evidence: line(300),
    note: z.string().trim().max(1000).default(''),
  })
  .meta({ id: 'ForerunnerRemoval' });
export type Removal = z.infer<typeof Removal>;

/** Opens a round for entries that are to stay on the list beyond their day, with a new report. */
export const Renewal = z
  .strictObject({ declarations: z.array(DeclarationId).min(1).max(500), confirmationDays: days })
  .meta({ id: 'ForerunnerRenewal' });
export type Renewal = z.infer<typeof Renewal>;

export const RoundEnding = z.strictObject({ reason: line(1000) }).meta({ id: 'ForerunnerRoundEnding' });
export type RoundEnding = z.infer<typeof RoundEnding>;

/** What keeps a confirmation from being taken: an old commitment, the words of the other kind, models never declared. */
export function checkConfirmation(
  { commitment, provision, models }: Confirmation,
  declared: { readonly subject: 'product' | 'service'; readonly models: readonly string[] },
  today: string,
): readonly Fault[] {
  const faults: Fault[] = [];
  const current = forerunnerCommitmentOn(today).version;
  if (commitment.version !== current) {
    const expected = text(`现行的第 ${current} 版`, `edition ${current}, which is the current one`);
    const remedy = text('请阅读现行文本后重新确认', 'read the current text and confirm again');
    faults.push(fault('/commitment/version', 'forerunner.commitment', commitment.version, expected, remedy));
  }
  const right: Provision = declared.subject === 'product' ? 'mass-produced' : 'widely-provided';
  if (provision !== right) {
    const expected =
      right === 'mass-produced'
        ? text('产品：量产的定型产品', 'of a product: mass-produced')
        : text('服务：广泛提供的服务', 'of a service: widely-provided');
    const remedy = text('请改选；不属于的不能成为领跑者', 'choose the other one; otherwise it cannot be a forerunner');
    faults.push(fault('/provision', 'forerunner.provision', provision, expected, remedy));
  }
  for (const [i, model] of models.entries()) {
    if (declared.models.includes(model) && models.indexOf(model) === i) continue;
    const expected = text('声明中的一个型号，只写一次', 'a model of the declaration, once');
    const remedy = text('请按声明填写型号', 'give the models as they were declared');
    faults.push(fault(`/models/${i}`, 'forerunner.model', model, expected, remedy));
  }
  return faults;
}

/** A report is dated by today, and that of a renewal is another one than the entry was listed with. */
export function checkReport(
  { reportedOn }: ReportFacts,
  sha256: string,
  earlier: string | null,
  today: string,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (reportedOn > today) {
    const expected = text(`不晚于今天（${today}）`, `not after today (${today})`);
    faults.push(fault('/reportedOn', 'date.future', reportedOn, expected, text('请改正日期', 'correct the date')));
  }
  if (sha256 === earlier) {
    const expected = text('与上次入选时不同的新报告', 'another report than the one it was listed with');
    faults.push(
      fault('/report', 'forerunner.report-not-new', sha256, expected, text('请上传新的检测报告', 'send a new report')),
    );
  }
  return faults;
}

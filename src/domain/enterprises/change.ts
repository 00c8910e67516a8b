import { z } from 'zod';
import { type Fault, fault, text } from '../fault.ts';
import { parseCreditCode } from './credit-code.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const code = z.string().trim().min(1).max(40);
const declarations = z
  .array(z.string().regex(/^[!-~]{1,128}$/u))
  .min(1)
  .max(5000);

/** What is asked for: each kind with what it needs. */
const kinds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('renamed'), name: z.string().trim().min(1).max(200) }),
  z.strictObject({ kind: z.literal('recoded'), creditCode: code }),
  /** 合并: the enterprise ends, and another takes over all that it declared. */
  z.strictObject({ kind: z.literal('merged'), into: code }),
  /** 分立: another takes over some declarations. */
  z.strictObject({ kind: z.literal('split'), to: code, declarations }),
  /** 移交: another produces from now on what these declarations are about. */
  z.strictObject({ kind: z.literal('transferred'), to: code, declarations }),
  /** 注销. What it declared stays readable, and the page says that the enterprise is no more. */
  z.strictObject({ kind: z.literal('deregistered') }),
]);

/** A change in an enterprise's life, with the evidence that the operator decides on. */
export const EnterpriseChange = z
  .strictObject({
    change: kinds,
    effectiveOn: z.iso.date(),
    evidenceSha256: hash,
    statement: z.string().trim().min(1).max(1000),
  })
  .meta({ id: 'EnterpriseChange' });
export type EnterpriseChange = z.infer<typeof EnterpriseChange>;

/** The other enterprise that a change names, or null. */
export function receiverOf({ change }: EnterpriseChange): string | null {
  if (change.kind === 'merged') return change.into;
  return change.kind === 'split' || change.kind === 'transferred' ? change.to : null;
}

/** What a change may not be: no change at all, or a code with wrong check characters. */
export function checkEnterpriseChange(
  { change }: EnterpriseChange,
  enterprise: { readonly creditCode: string; readonly name: string },
): readonly Fault[] {
  if (change.kind === 'renamed' && change.name === enterprise.name) return [unchanged('/change/name', change.name)];
  if (change.kind !== 'recoded') return [];
  const parsed = parseCreditCode(change.creditCode, { at: '/change/creditCode' });
  if (!parsed.ok) return [parsed.problem];
  return parsed.value.code === enterprise.creditCode ? [unchanged('/change/creditCode', change.creditCode)] : [];
}

function unchanged(at: string, found: string): Fault {
  return fault(
    at,
    'enterprise-change.nothing',
    found,
    text('与现在不同的名称或代码', 'a name or code other than the present one'),
    text('没有变更的不必申请', 'nothing need be asked for'),
  );
}

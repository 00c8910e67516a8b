import { z } from 'zod';
import { type Fault, fault, text } from '../fault.ts';
import { parseStandardNumber } from '../standards/number.ts';
import { AUTHORITY_EVENTS, DeclarationContent } from './content.ts';
import { differencesOf } from './difference.ts';

const reason = z.string().trim().min(1).max(500);

/** 修订: a new edition of the standard takes the place of the declared one. */
export const Revision = z
  .strictObject({ content: DeclarationContent, reason: reason.nullish() })
  .meta({ id: 'DeclarationRevision' });
export type Revision = z.infer<typeof Revision>;

/** 修改: what was declared wrongly is put right; old and new stay side by side (企业信息公示暂行条例 art. 12). */
export const Correction = z.strictObject({ content: DeclarationContent, reason }).meta({ id: 'DeclarationCorrection' });
export type Correction = z.infer<typeof Correction>;

/** 废止: the enterprise no longer executes the standard, from a day on. */
export const Withdrawal = z.strictObject({ reason, on: z.iso.date() }).meta({ id: 'DeclarationWithdrawal' });
export type Withdrawal = z.infer<typeof Withdrawal>;

/** 责令废止 or 撤销编号 by an authority: by which order, on which article of the law, and why. */
export const AuthorityOrder = z
  .strictObject({
    event: z.enum(AUTHORITY_EVENTS),
    reason,
    number: z.string().trim().min(1).max(100),
    article: z.string().trim().min(1).max(100),
  })
  .meta({ id: 'AuthorityOrder' });
export type AuthorityOrder = z.infer<typeof AuthorityOrder>;

/** A new edition has its own number and names the one it replaces, so that nobody can lose the thread. */
export function checkRevision(before: DeclarationContent, after: DeclarationContent): readonly Fault[] {
  const [old, next] = [parseStandardNumber(before.standard.number), parseStandardNumber(after.standard.number)];
  if (!old.ok || !next.ok) return [];
  if (old.value.compact === next.value.compact) return [sameNumber(after.standard.number)];
  const replaced = (after.standard.replaces ?? []).map((typed) => parseStandardNumber(typed));
  if (replaced.some((one) => one.ok && one.value.compact === old.value.compact)) return [];
  return [
    fault(
      '/content/standard/replaces',
      'revision.replaces-missing',
      (after.standard.replaces ?? []).join('、') || null,
      text(`代替标准中有 ${old.value.canonical}`, `${old.value.canonical} among the replaced standards`),
      text(`请在“代替标准”中填写 ${old.value.canonical}`, `name ${old.value.canonical} as replaced`),
    ),
  ];
}

/** A correction corrects something. */
export function checkCorrection(before: DeclarationContent, after: DeclarationContent): readonly Fault[] {
  if (differencesOf(before, after).length > 0) return [];
  return [
    fault(
      '/content',
      'correction.nothing',
      null,
      text('与已公开内容不同的内容', 'content that differs from what is public'),
      text('请改正要修改的项目；无需修改的不必提交', 'change what is to be corrected; otherwise nothing need be sent'),
    ),
  ];
}

/** A standard is withdrawn from a day on that has come; what was declared until then stays declared. */
export function checkWithdrawal({ on }: Withdrawal, today: string): readonly Fault[] {
  if (on <= today) return [];
  return [
    fault(
      '/on',
      'withdrawal.future',
      on,
      text(`不晚于今天 ${today}`, `not later than today, ${today}`),
      text('请到停止执行之日再办理废止', 'withdraw it on the day on which it is no longer executed'),
    ),
  ];
}

function sameNumber(found: string): Fault {
  return fault(
    '/content/standard/number',
    'revision.same-number',
    found,
    text('新版标准的编号（年份不同）', 'the number of the new edition, with its own year'),
    text(
      '编号不变、只改正填写错误的，请办理修改',
      'if the edition is the same and only an entry was wrong, correct it instead',
    ),
  );
}

import { sha256Hex } from '../../domain/bytes.ts';
import { type CanonicalValue, canonicalJson } from '../../domain/canonical.ts';
import { fault, text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { checkScheme, hasOverallGrade, type Scheme } from '../../domain/schemes/scheme.ts';
import { hasCategory } from '../../store/declarations.ts';
import { addToLog } from '../../store/log.ts';
import { findLatestScheme, insertSchemeVersion } from '../../store/schemes.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { audit } from '../audit.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';

export interface PublishedScheme {
  readonly code: string;
  readonly version: number;
  readonly sha256: string;
  /** False: fewer than three core indicators, so its lists have tiers per indicator and no overall grade. */
  readonly overall: boolean;
}

/** Publishes the next version of an assessment scheme; a version is never changed after. */
export async function publishScheme(context: ServiceContext, scheme: Scheme): Promise<PublishedScheme> {
  const faults = checkScheme(scheme);
  const document = canonicalJson(JSON.parse(JSON.stringify(scheme)) as CanonicalValue);
  const sha256 = sha256Hex(document);
  return transact(
    context,
    async (tx) => {
      authorise(context, 'scheme.publish', await accreditedFor(tx, context, scheme.category));
      const { organisation, userId } = actingOrganisation(context);
      if (faults.length > 0) throw invalid(faults);
      if (!(await hasCategory(tx.db, scheme.category))) throw invalid([unknownCategory(scheme.category)]);
      const latest = await findLatestScheme(tx.db, scheme.code);
      if (latest && latest.bodyId !== organisation.id) throw takenCode(scheme.code);
      if (scheme.version !== (latest?.version ?? 0) + 1) throw wrongVersion(scheme.version, (latest?.version ?? 0) + 1);
      await insertSchemeVersion(tx, {
        code: scheme.code,
        version: scheme.version,
        bodyId: organisation.id,
        category: scheme.category,
        document,
        documentSha256: sha256,
        publishedBy: userId,
        publishedAt: tx.now,
      });
      await addToLog(tx, {
        t: 'scheme.published',
        id: scheme.code,
        rev: scheme.version,
        body: organisation.creditCode,
        doc: sha256,
        at: logTime(tx.now),
      });
      await audit(tx, context, 'scheme.publish', `${scheme.code}/${scheme.version}`, { sha256 });
      return { code: scheme.code, version: scheme.version, sha256, overall: hasOverallGrade(scheme) };
    },
    {
      explain: (error) =>
        conflictingConstraint(error) === 'scheme_versions_pkey'
          ? wrongVersion(scheme.version, scheme.version + 1)
          : error,
    },
  );
}

function unknownCategory(category: string) {
  return fault(
    '/category',
    'category.unknown',
    category,
    text('类别目录中的代码', 'a code of the category list'),
    text('请从 GET /api/v1/categories 中选择', 'choose one from GET /api/v1/categories'),
  );
}

function takenCode(code: string) {
  return conflict(
    text('该方案代号属于另一机构', 'this scheme code is another body’s'),
    '/code',
    code,
    text('本机构的代号', 'a code of your own'),
    text('请换一个代号', 'choose another code'),
  );
}

function wrongVersion(found: number, expected: number) {
  return conflict(
    text('方案版本不连续', 'not the next version of the scheme'),
    '/version',
    String(found),
    text(`版本 ${expected}`, `version ${expected}`),
    text('已公布的版本不可改；请按下一个版本号公布', 'a published version is never changed; publish the next number'),
  );
}

import { scopeState } from '../../domain/bodies/scope.ts';
import { startsOn } from '../../domain/bodies/measure.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { listAccreditations } from '../../store/accreditations.ts';
import { approvedMeasures, listStatements, publishedBy, type StoredMeasure } from '../../store/bodies.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findOrganisations } from '../../store/organisations.ts';
import { readRegister } from '../../store/register.ts';
import { findPublicOrganisation } from '../organisations/read-organisation.ts';
import { notFound } from '../refusal.ts';
import { readStatement, type StatedStatement } from './conflicts.ts';
import { historyOf } from './scopes.ts';
import { readObjections } from '../objections/read-objections.ts';

/** Every scope that was ever approved, with its body and how it stands today. */
export async function listBodies(database: Database) {
  const today = dayInBeijing((await readRegister(database)).now);
  return publicRead(database, async (db) => {
    const approved = (await listAccreditations(db)).filter(({ state }) => state === 'approved');
    const measures = await approvedMeasures(db);
    const bodies = await findOrganisations(
      db,
      approved.map(({ bodyId }) => bodyId),
    );
    return approved.map((scope) => ({
      creditCode: bodies.get(scope.bodyId)?.creditCode ?? '',
      name: bodies.get(scope.bodyId)?.name ?? '',
      categoryPrefix: scope.categoryPrefix,
      validFrom: scope.validFrom,
      validTo: scope.validTo,
      state: scopeState(historyOf(scope, measures), today),
    }));
  });
}

/** The public record of a body: scopes with their history, what it published, and what it stated about its interests. */
export async function readBody(database: Database, creditCode: string) {
  const body = await findPublicOrganisation(database, creditCode);
  if (body?.kind !== 'assessment-body') {
    throw notFound(text('评估机构', 'assessment body'), '#path/creditCode', creditCode);
  }
  const today = dayInBeijing((await readRegister(database)).now);
  const { statistics } = await readObjections(database, { handlerId: body.id });
  return publicRead(database, async (db) => {
    const scopes = await listAccreditations(db, body.id);
    const measures = await approvedMeasures(db, body.id);
    const statements = (await listStatements(db, body.id)).map(readStatement);
    const lists = await publishedBy(db, body.id);
    return {
      creditCode: body.creditCode,
      name: body.name,
      invented: body.invented,
      scopes: scopes.map((scope) => ({
        id: scope.id,
        categoryPrefix: scope.categoryPrefix,
        validFrom: scope.validFrom,
        validTo: scope.validTo,
        decision: scope.state,
        decidedAt: scope.decidedAt?.toISOString() ?? null,
        state: scope.state === 'approved' ? scopeState(historyOf(scope, measures), today) : null,
      })),
      measures: measures.map(shownMeasure),
      lists: lists.map(({ list, edition, sha256, publishedAt }) => ({
        list,
        edition: edition ?? 0,
        sha256,
        publishedAt: publishedAt?.toISOString() ?? '',
      })),
      statements: statements.map(shownStatement),
      objections: statistics,
    };
  });
}

function shownMeasure(measure: StoredMeasure) {
  const { id, accreditationId, kind, outcome, reason, effectiveOn, correctBy, decidedAt, documentSha256 } = measure;
  return {
    id,
    accreditation: accreditationId,
    kind,
    outcome,
    reason,
    holdsFrom: decidedAt ? startsOn(effectiveOn, dayInBeijing(decidedAt)) : effectiveOn,
    correctBy,
    decidedAt: decidedAt?.toISOString() ?? '',
    sha256: documentSha256,
  };
}

/** People stand in it by the names of that day; which accounts they have is nobody's business. */
function shownStatement(statement: StatedStatement) {
  const { id, categoryPrefix, validFrom, validTo, persons, interests, statedAt, documentSha256 } = statement;
  return {
    id,
    categoryPrefix,
    validFrom,
    validTo,
    persons: [...persons],
    interests: [...interests],
    statedAt: statedAt.toISOString(),
    sha256: documentSha256,
  };
}

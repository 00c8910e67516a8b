import type { Verdict } from '../../domain/spot-checks/vocabulary.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { PublicDeclaration, readEnterprise } from '../../services/declarations/read-declaration.ts';
import type { listRankingLists } from '../../services/rankings/read-list.ts';
import type { listSchemes } from '../../services/schemes/read-scheme.ts';
import type { listDraws } from '../../services/spot-checks/read-draw.ts';
import type { ShownDeclaration } from '../../views/components/declaration-rows.tsx';
import type { ShownFinding } from '../../views/components/finding-list.tsx';
import type { ShownBoard } from '../../views/rankings/board-list.tsx';
import type { ShownDraw } from '../../views/spot-checks/draw-list.tsx';

// What services read, in the words of the pages: states and verdicts are closed vocabularies of the database.

export function shownDeclaration(declaration: PublicDeclaration): ShownDeclaration {
  return { ...declaration, state: declaration.state as ShownDeclaration['state'] };
}

export function shownFinding(finding: Awaited<ReturnType<typeof readEnterprise>>['findings'][number]): ShownFinding {
  return { ...finding, verdict: finding.verdict as Verdict };
}

export function shownDraw(draw: Awaited<ReturnType<typeof listDraws>>[number]): ShownDraw {
  return { ...draw, drawn: Number(draw.drawn) };
}

/** Lists with the titles of their schemes, newest edition first. */
export function shownBoards(
  lists: Awaited<ReturnType<typeof listRankingLists>>,
  schemes: Awaited<ReturnType<typeof listSchemes>>,
): readonly ShownBoard[] {
  const titles = new Map(
    schemes.map(({ code, version, document }) => [`${code}/${version}`, (JSON.parse(document) as Scheme).title]),
  );
  return lists
    .map(({ schemeCode, schemeVersion, edition, head, publishedAt, objectionsUntil, validUntil, body }) => ({
      list: schemeCode,
      edition: edition ?? 0,
      title: titles.get(`${schemeCode}/${schemeVersion}`) ?? { zh: schemeCode, en: schemeCode },
      body,
      compared: head.inputs.count,
      ranked: head.entries,
      publishedAt: publishedAt ?? new Date(0),
      objectionsUntil,
      validUntil,
    }))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime());
}

import type { VNode } from 'preact';
import type { CreditCodeMark } from '../../domain/enterprises/credit-code.ts';
import { DeclarationRows, type ShownDeclaration } from '../components/declaration-rows.tsx';
import { Facts } from '../components/facts.tsx';
import { FindingList, type ShownFinding } from '../components/finding-list.tsx';
import { CreditCode, OrganisationName, provinceName } from '../components/names.tsx';
import { EnterpriseForerunners } from '../forerunners/forerunners-page.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly enterprise: {
    readonly creditCode: string;
    readonly creditCodeMark: CreditCodeMark | 'unconfirmed';
    readonly name: string;
    readonly invented: boolean;
    readonly isDeregistered: boolean;
    /** Earlier names and codes, oldest first. */
    readonly former: readonly { readonly name: string; readonly creditCode: string; readonly until: Date }[];
  };
  readonly declarations: readonly ShownDeclaration[];
  readonly findings: readonly ShownFinding[];
  /** Token of the next page. */
  readonly next: string | null;
  readonly forerunners: {
    readonly today: string;
    readonly entries: Parameters<typeof EnterpriseForerunners>[0]['entries'];
  };
}

export function EnterprisePage({ frame, enterprise, declarations, findings, next, forerunners }: Props): VNode {
  const { creditCode, creditCodeMark, name, invented, isDeregistered, former } = enterprise;
  const t = frame.t.enterprise;
  const labels = frame.t.declaration;
  const path = `/e/${creditCode}`;
  return (
    <Layout frame={frame} title={name} section="standards">
      <h1>
        <OrganisationName frame={frame} name={name} invented={invented} />
      </h1>
      <p class="lead">
        {t.counted(name, formatCount(declarations.length))}
        {isDeregistered ? ` ${frame.t.marks.deregistered}` : ''}
      </p>
      <Facts
        strip
        facts={[
          [labels.creditCode, <CreditCode frame={frame} code={creditCode} mark={creditCodeMark} />],
          [labels.province, provinceName(frame, creditCode) ?? labels.provinceUnknown],
          ...former.map(
            (one) => [frame.t.changes.former, `${one.name} ${one.creditCode} (–${formatDate(one.until)})`] as const,
          ),
        ]}
      />
      <section aria-labelledby="declarations">
        <h2 id="declarations">{t.declarations}</h2>
        {declarations.length > 0 ? (
          <DeclarationRows frame={frame} caption={t.declarations} declarations={declarations} withEnterprise={false} />
        ) : (
          <p>{t.none}</p>
        )}
        {next ? (
          <nav class="pager" aria-label={frame.t.board.pages}>
            <a href={link(frame, path)}>{frame.t.search.first}</a>
            <a rel="next" href={link(frame, `${path}?page=${next}`)}>
              {frame.t.search.next}
            </a>
          </nav>
        ) : null}
      </section>
      <EnterpriseForerunners frame={frame} {...forerunners} />
      <section aria-labelledby="findings">
        <h2 id="findings">{t.findings}</h2>
        <FindingList frame={frame} findings={findings} empty={t.noFindings} />
      </section>
    </Layout>
  );
}

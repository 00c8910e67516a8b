import type { VNode } from 'preact';
import type { Fault } from '../../domain/fault.ts';
import { Scroll } from '../components/facts.tsx';
import { formatCount } from '../format.ts';
import { type Frame, words } from '../frame.ts';
import type { ShownFault, ShownGroup } from './import-props.ts';

/** Faults of one kind in one column, with their number and the first of them. */
export function GroupTable({
  frame,
  groups,
}: {
  readonly frame: Frame;
  readonly groups: readonly ShownGroup[];
}): VNode {
  const t = frame.t.imports;
  return (
    <Scroll label={t.groups}>
      <table class="wide">
        <caption class="visually-hidden">{t.groups}</caption>
        <thead>
          <tr>
            <th scope="col">{t.severity}</th>
            <th scope="col">{t.column}</th>
            <th scope="col">{t.expected}</th>
            <th scope="col" class="number">
              {t.count}
            </th>
            <th scope="col">{t.example}</th>
            <th scope="col">{t.code}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ severity, header, count, example, code }) => (
            <tr>
              <td>{t.severities[severity]}</td>
              <td lang="zh-CN">{header ?? ''}</td>
              <td>{words(frame, example.expected)}</td>
              <td class="number">{formatCount(count)}</td>
              <td>{`${example.at} ${example.found ?? ''}`}</td>
              <td class="code">{code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Where, what was found, what was expected, what to do: one row a cell. */
export function FaultTable({
  frame,
  faults,
}: {
  readonly frame: Frame;
  readonly faults: readonly ShownFault[];
}): VNode {
  const t = frame.t.imports;
  return (
    <Scroll label={t.cells}>
      <table class="wide">
        <caption class="visually-hidden">{t.cells}</caption>
        <thead>
          <tr>
            <th scope="col">{t.place}</th>
            <th scope="col">{t.column}</th>
            <th scope="col">{t.severity}</th>
            <th scope="col">{t.found}</th>
            <th scope="col">{t.expected}</th>
            <th scope="col">{t.remedy}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault) => (
            <tr>
              <th scope="row" class="code">
                {fault.at}
              </th>
              <td lang="zh-CN">{fault.header ?? ''}</td>
              <td>{t.severities[fault.severity]}</td>
              <td class="typed">{fault.found ?? ''}</td>
              <td>{words(frame, fault.expected)}</td>
              <td>{words(frame, fault.remedy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Why a file as a whole is refused. */
export function RefusalTable({ frame, faults }: { readonly frame: Frame; readonly faults: readonly Fault[] }): VNode {
  const t = frame.t.imports;
  return (
    <FaultTable
      frame={frame}
      faults={faults.map((fault) => ({ ...fault, at: fault.at || t.whole, header: null, severity: 'refuse' }))}
    />
  );
}

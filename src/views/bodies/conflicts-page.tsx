import type { VNode } from 'preact';
import type { SummaryLine } from '../components/error-summary.tsx';
import { TextAreaField, TextField, TickField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** A body states its interests; what it stated before stands on its public record. */
export function ConflictsPage(props: Props): VNode {
  const { frame, at, typed, messages } = props;
  const t = frame.t.conflicts;
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  return (
    <DeskLayout {...props} title={t.title} current="/desk/conflicts">
      <p>
        {t.lead} <a href={link(frame, `/bodies/${at.creditCode}`)}>{frame.t.desk.publicPage}</a>
      </p>
      {at.role === 'drafter' ? null : (
        <form class="stacked card" method="post" action={link(frame, '/desk/conflicts')}>
          <TextField {...given('categoryPrefix')} label={t.prefix} hint={frame.t.bodyDesk.prefixHint} maxLength={50} />
          <TextAreaField {...given('persons')} label={t.persons} hint={t.personsHint} rows={3} maxLength={5000} />
          <TextField {...given('validFrom')} type="date" label={t.from} />
          <TextField {...given('validTo')} type="date" label={t.until} />
          <TextAreaField
            {...given('interests')}
            label={t.interests}
            hint={t.interestsHint}
            rows={6}
            maxLength={20_000}
          />
          <TickField {...given('confirm')} label={t.confirm} />
          <button class="primary">{t.button}</button>
        </form>
      )}
    </DeskLayout>
  );
}

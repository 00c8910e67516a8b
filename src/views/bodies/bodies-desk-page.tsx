import type { VNode } from 'preact';
import {
  EXAMINATION_OUTCOMES,
  type ExaminationOutcome,
  MEASURE_KINDS,
  type MeasureKind,
} from '../../domain/bodies/measure.ts';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { SelectField, TextAreaField, TextField } from '../components/field.tsx';
import { Chinese } from '../components/names.tsx';
import { formatMinute } from '../format.ts';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, inBrackets, link } from '../frame.ts';

interface Body {
  readonly creditCode: string;
  readonly name: string;
}
interface ShownAccreditation {
  readonly id: string;
  readonly body: Body;
  readonly categoryPrefix: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly state: string;
}
interface ShownMeasure {
  readonly id: string;
  readonly body: Body;
  readonly accreditation: string | null;
  readonly kind: MeasureKind;
  readonly outcome: ExaminationOutcome | null;
  readonly reason: string;
  readonly effectiveOn: string;
  readonly correctBy: string | null;
  readonly state: string;
  readonly decidedAt: string | null;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly accreditations: readonly ShownAccreditation[];
  readonly measures: readonly ShownMeasure[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** What waits for a second person, what was decided, and for the coordinating body the forms to propose. */
export function BodiesDeskPage(props: Props): VNode {
  const { frame, at, measures, accreditations } = props;
  const t = frame.t.bodyDesk;
  const proposed = accreditations.filter(({ state }) => state === 'proposed');
  const waiting = measures.filter(({ state }) => state === 'proposed');
  const done = measures.filter(({ state }) => state === 'approved');
  return (
    <DeskLayout {...props} title={t.title} current="/desk/bodies">
      <p>{at.kind === 'assessment-body' ? t.leadOwn : t.lead}</p>
      <section aria-labelledby="waiting">
        <h2 id="waiting">{t.waiting}</h2>
        {proposed.length + waiting.length === 0 ? <p>{t.noneWaiting}</p> : null}
        {proposed.map((one) => (
          <Waiting {...props} id={one.id} kind="accreditations" body={one.body} what={t.accreditation}>
            <Facts facts={accreditationFacts(frame, one)} />
          </Waiting>
        ))}
        {waiting.map((one) => (
          <Waiting {...props} id={one.id} kind="measures" body={one.body} what={kindOf(frame, one)}>
            <Facts facts={measureFacts(props, one)} />
          </Waiting>
        ))}
      </section>
      {at.kind === 'coordinating-body' ? <ProposeMeasure {...props} /> : null}
      {at.kind === 'coordinating-body' ? <ProposeAccreditation {...props} /> : null}
      {done.length > 0 ? (
        <section aria-labelledby="history">
          <h2 id="history">{t.history}</h2>
          {done.map((one) => (
            <div class="card">
              <h3>
                {kindOf(frame, one)} · <Chinese frame={frame}>{one.body.name}</Chinese>
              </h3>
              <Facts facts={measureFacts(props, one)} />
            </div>
          ))}
        </section>
      ) : null}
    </DeskLayout>
  );
}

function kindOf(frame: Frame, { kind, outcome }: ShownMeasure): string {
  const t = frame.t.bodies;
  return inBrackets(frame, t.kinds[kind], outcome ? t.outcomes[outcome] : '');
}

function accreditationFacts({ t }: Frame, { categoryPrefix, validFrom, validTo }: ShownAccreditation) {
  return [
    [t.bodies.category, categoryPrefix],
    [t.bodies.period, `${validFrom} ${t.bodies.to} ${validTo}`],
  ] as const;
}

function measureFacts({ frame, accreditations }: Props, measure: ShownMeasure) {
  const t = frame.t.bodies;
  const scope = accreditations.find(({ id }) => id === measure.accreditation);
  return [
    [t.scopes, scope?.categoryPrefix ?? t.whole],
    [frame.t.bodyDesk.effectiveOn, measure.effectiveOn],
    ...(measure.correctBy ? [[t.correctBy, measure.correctBy] as const] : []),
    [t.reason, <Chinese frame={frame}>{measure.reason}</Chinese>],
    ...(measure.decidedAt ? [[t.decidedOn, formatMinute(new Date(measure.decidedAt))] as const] : []),
  ] as const;
}

function Waiting(
  props: Props & {
    readonly id: string;
    readonly kind: 'accreditations' | 'measures';
    readonly body: Body;
    readonly what: string;
    readonly children: VNode;
  },
): VNode {
  const { frame, at, id, kind, body, what, messages } = props;
  const t = frame.t.bodyDesk;
  const own = messages.filter(({ field }) => field === `decide-${id}`);
  return (
    <div class="card" id={`decide-${id}`}>
      <h3>
        {what} · <Chinese frame={frame}>{body.name}</Chinese> <small class="code">{body.creditCode}</small>
      </h3>
      {own.map(({ message }) => (
        <p class="field-error">{message}</p>
      ))}
      {props.children}
      {at.kind === 'regulator' ? (
        <form class="actions" method="post" action={link(frame, `/desk/bodies/${kind}/${id}`)}>
          <button class="primary" name="decision" value="approve" aria-label={`${t.approve} ${what} ${body.name}`}>
            {t.approve}
          </button>
          <button name="decision" value="refuse" aria-label={`${t.refuse} ${what} ${body.name}`}>
            {t.refuse}
          </button>
        </form>
      ) : null}
    </div>
  );
}

function ProposeMeasure({ frame, typed, messages, accreditations }: Props): VNode {
  const [t, said] = [frame.t.bodyDesk, frame.t.bodies];
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  const scopes = accreditations.filter(({ state }) => state === 'approved');
  return (
    <section class="card" aria-labelledby="propose">
      <h2 id="propose">{t.propose}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/bodies/measures')}>
        <TextField {...given('creditCode')} label={t.creditCode} maxLength={18} />
        <SelectField
          {...given('kind')}
          label={said.kind}
          options={MEASURE_KINDS.map((kind) => [kind, said.kinds[kind]])}
        />
        <SelectField
          {...given('accreditation')}
          label={t.scope}
          choose={said.whole}
          options={scopes.map(({ id, body, categoryPrefix }) => [id, `${body.name} ${categoryPrefix}`])}
        />
        <SelectField
          {...given('outcome')}
          label={said.outcome}
          hint={t.outcomeHint}
          choose={t.noOutcome}
          options={EXAMINATION_OUTCOMES.map((outcome) => [outcome, said.outcomes[outcome]])}
        />
        <TextAreaField {...given('reason')} label={t.findings} rows={5} maxLength={4000} />
        <TextField {...given('effectiveOn')} type="date" label={t.effectiveOn} />
        <TextField {...given('correctBy')} type="date" label={said.correctBy} hint={t.correctByHint} />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}

function ProposeAccreditation({ frame, typed, messages }: Props): VNode {
  const t = frame.t.bodyDesk;
  const given = (name: string) => ({ name, value: typed[name] ?? '', messages });
  return (
    <section class="card" aria-labelledby="accredit">
      <h2 id="accredit">{t.accredit}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/bodies/accreditations')}>
        <TextField {...given('body')} label={t.creditCode} maxLength={18} />
        <TextField {...given('categoryPrefix')} label={t.prefix} hint={t.prefixHint} maxLength={50} />
        <TextField {...given('validFrom')} type="date" label={t.from} />
        <TextField {...given('validTo')} type="date" label={t.until} />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}

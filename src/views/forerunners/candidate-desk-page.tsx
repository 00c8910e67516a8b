import type { VNode } from 'preact';
import { SIGNER_CAPACITIES, type SignerCapacity } from '../../domain/declarations/commitment.ts';
import type { Check } from '../../domain/forerunners/checks.ts';
import { CHECK_RESULTS, LABORATORY_MARKS, PROVISIONS, REPORT_TYPES } from '../../domain/forerunners/vocabulary.ts';
import { forerunnerCommitmentOn } from '../../domain/forerunners/commitment.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Facts, Hash } from '../components/facts.tsx';
import { Field, SelectField, TextAreaField, TextField } from '../components/field.tsx';
import { Chinese } from '../components/names.tsx';
import { DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, inBrackets, link, words } from '../frame.ts';
import type { AtForerunners } from './desk-page.tsx';
import { aboutInWords } from './parts.tsx';
import type { ShownCandidate, ShownRound } from './round-parts.tsx';

interface DeskCandidate extends ShownCandidate {
  readonly own: boolean;
  readonly signature: { readonly signer: string; readonly capacity: SignerCapacity } | null;
  readonly checks: { readonly checks: readonly Check[]; readonly confirmed: boolean } | null;
}

interface Props extends AtForerunners {
  readonly round: ShownRound & {
    readonly leads: boolean;
    readonly asked: readonly string[];
    readonly requirements: NonNullable<Scheme['requirements']>;
  };
  readonly candidate: DeskCandidate;
  readonly today: string;
}

/** One candidate at the desk: its papers for the parties, the enterprise's form, the body's checks. */
export function CandidateDeskPage(props: Props): VNode {
  const { frame, at, round, candidate } = props;
  const t = frame.t.forerunnerDesk;
  const isOpen = round.state === 'confirming' || round.state === 'checking';
  const inTime = props.today <= round.confirmUntil;
  const mayGive = candidate.own && inTime && isOpen && candidate.state !== 'complete';
  const mayCheck = round.leads && at.kind === 'assessment-body' && isOpen && !candidate.checks?.confirmed;
  return (
    <DeskLayout {...props} title={`${candidate.enterprise.name} ${candidate.number}`} current="/desk/forerunners">
      <p>
        <a href={link(frame, `/desk/forerunners/${round.id}`)}>{frame.t.forerunnerRound.title(round.id)}</a>
      </p>
      <Papers {...props} />
      {mayGive ? <PapersForm {...props} /> : null}
      {mayCheck ? <ChecksForm {...props} /> : null}
      {!mayCheck && candidate.checks ? (
        <section aria-labelledby="checks">
          <h2 id="checks">{t.checksOf(candidate.number)}</h2>
          {candidate.checks.confirmed ? <p>{t.confirmed}</p> : null}
          <Facts
            facts={candidate.checks.checks.map(
              (check) => [nameOf(frame, props, check.about), checkInWords(frame, check)] as const,
            )}
          />
        </section>
      ) : null}
    </DeskLayout>
  );
}

function Papers({ frame, round, candidate }: Props): VNode {
  const [t, said] = [frame.t.forerunnerDesk, frame.t.forerunnerRound];
  const { confirmation, signature, report } = candidate;
  const capacities = frame.t.marks.capacities;
  return (
    <Facts
      facts={[
        [frame.t.forerunners.product, <Chinese frame={frame}>{candidate.product}</Chinese>],
        [said.commitment, confirmation ? said.given : said.missing],
        ...(signature
          ? [
              [
                t.signer,
                <Chinese frame={frame}>{inBrackets(frame, signature.signer, capacities[signature.capacity])}</Chinese>,
              ] as const,
            ]
          : []),
        ...(confirmation
          ? [
              [t.provision, said.provisions[confirmation.provision]] as const,
              [
                frame.t.forerunners.models,
                <Chinese frame={frame}>{confirmation.models.join(frame.t.site.comma)}</Chinese>,
              ] as const,
            ]
          : []),
        ...(report
          ? [
              [
                frame.t.forerunners.report,
                <a href={`/api/v1/forerunner-rounds/${round.id}/candidates/${candidate.declaration}/report`}>
                  {t.download}
                </a>,
              ] as const,
              [said.reportHash, <Hash value={report.sha256} />] as const,
            ]
          : [[frame.t.forerunners.report, said.missing] as const]),
      ]}
    />
  );
}

/** Commitment, models and report in one form; once confirmed, only a better report. */
function PapersForm({ frame, round, candidate, typed, messages, today }: Props): VNode {
  const [t, said] = [frame.t.forerunnerDesk, frame.t.forerunnerRound];
  const given = (name: string, otherwise = '') => ({ name, value: typed[name] ?? otherwise, messages });
  const commitment = forerunnerCommitmentOn(today);
  const capacities = frame.t.marks.capacities;
  const isConfirmed = candidate.confirmation !== null;
  const action = link(frame, `/desk/forerunners/${round.id}/${candidate.declaration}/papers`);
  return (
    <form class="stacked card" method="post" action={action} enctype="multipart/form-data">
      <h2>{isConfirmed ? t.sendReport : t.confirmTitle}</h2>
      {isConfirmed ? null : (
        <>
          <blockquote>{words(frame, commitment.text)}</blockquote>
          <input type="hidden" name="version" value={commitment.version} />
          <TextField {...given('signer')} label={t.signer} maxLength={100} />
          <SelectField
            {...given('capacity')}
            label={t.capacity}
            options={SIGNER_CAPACITIES.map((one) => [one, capacities[one]])}
          />
          <SelectField
            {...given('provision', candidate.subject === 'product' ? 'mass-produced' : 'widely-provided')}
            label={t.provision}
            options={PROVISIONS.map((one) => [one, said.provisions[one]])}
          />
          <TextAreaField
            {...given('models', candidate.declaredModels.join('\n'))}
            label={t.models}
            hint={t.modelsHint}
            rows={4}
          />
        </>
      )}
      <TextField {...given('number')} label={t.number} maxLength={100} />
      <TextField {...given('laboratory')} label={t.laboratory} maxLength={200} />
      <SelectField {...given('mark')} label={t.mark} options={LABORATORY_MARKS.map((one) => [one, one])} />
      <TextField {...given('markNumber')} label={t.markNumber} maxLength={60} />
      <TextField {...given('reportedOn')} type="date" label={t.reportedOn} />
      <Field
        {...given('report')}
        label={t.file}
        hint={t.fileHint}
        control={(described) => <input {...described} type="file" accept={REPORT_TYPES.join(',')} />}
      />
      <button class="primary">{isConfirmed ? t.sendReport : t.send}</button>
    </form>
  );
}

/** Everything that has to be looked up, each with result, source, day and note. */
function ChecksForm(props: Props): VNode {
  const { frame, round, candidate, typed, messages, today } = props;
  const t = frame.t.forerunnerDesk;
  const before = new Map(candidate.checks?.checks.map((check) => [check.about, check]));
  return (
    <form
      class="stacked card"
      method="post"
      action={link(frame, `/desk/forerunners/${round.id}/${candidate.declaration}`)}
    >
      <h2>{t.checksOf(candidate.number)}</h2>
      {round.asked.map((about, i) => {
        const check = before.get(about);
        const given = (name: string, otherwise: string) => ({
          name: `${i}-${name}`,
          value: typed[`${i}-${name}`] ?? otherwise,
          messages,
        });
        return (
          <fieldset>
            <legend>{nameOf(frame, props, about)}</legend>
            <SelectField
              {...given('result', check?.result ?? '')}
              label={t.result}
              options={CHECK_RESULTS.map((one) => [one, t.results[one]])}
            />
            <TextField {...given('source', check?.source ?? '')} label={t.source} maxLength={300} />
            <TextField {...given('checkedOn', check?.checkedOn ?? today)} type="date" label={t.checkedOn} />
            <TextField {...given('note', check?.note ?? '')} label={t.note} maxLength={1000} />
            <TextField
              {...given('evidenceSha256', check?.evidenceSha256 ?? '')}
              label={t.evidenceHash}
              maxLength={64}
            />
          </fieldset>
        );
      })}
      <button class="primary">{t.enter}</button>
    </form>
  );
}

function checkInWords(frame: Frame, { result, source, checkedOn, note }: Check): VNode {
  return (
    <>
      {frame.t.forerunnerDesk.results[result]}
      <small class="under">
        <Chinese frame={frame}>{[source, checkedOn, note].filter(Boolean).join(' · ')}</Chinese>
      </small>
    </>
  );
}

/** A record, or a basic requirement with its own words. */
function nameOf(frame: Frame, { round }: Pick<Props, 'round'>, about: string): string {
  const requirement = round.requirements.find(({ code }) => about === `requirement/${code}`);
  return requirement ? words(frame, requirement.text) : aboutInWords(frame, about);
}

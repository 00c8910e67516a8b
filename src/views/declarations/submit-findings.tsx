import type { VNode } from 'preact';
import { type Fact, Facts } from '../components/facts.tsx';
import { RowErrors, TextField } from '../components/field.tsx';
import { words } from '../frame.ts';
import { type AnswerList, answersOf, type Found, mendAddress, type SubmitProps } from './submit-props.ts';
import { fieldMessages } from './form-faults.ts';
import { faultWords, formLabels } from './form-labels.ts';
import { taskOf } from './task-states.ts';

/** What the register says of the draft, by what it asks for: a correction, a statement, or a reason. */
export function SubmitFindings(props: SubmitProps): VNode {
  const t = props.frame.t.submit;
  return (
    <>
      <MustCorrect {...props} />
      <Answers {...props} list="statements" title={t.mustState} lead={t.mustStateLead} />
      <Answers {...props} list="waivers" title={t.mayStay} lead={t.mayStayLead} />
    </>
  );
}

function MustCorrect(props: SubmitProps): VNode | null {
  const { frame, found } = props;
  const t = frame.t.submit;
  const refused = found.filter(({ severity = 'refuse' }) => severity === 'refuse');
  if (refused.length === 0) return null;
  return (
    <section class="findings-group" aria-labelledby="must-correct">
      <h2 id="must-correct">{t.mustCorrect}</h2>
      <p>{t.mustCorrectLead}</p>
      <ul class="plain-list">
        {refused.map((fault) => (
          <li data-code={fault.code}>
            <p>
              <strong>{sentence(props, fault)}</strong>
            </p>
            {fault.code === 'field.unknown' ? (
              <button class="plain remove" name="action" value={`drop-${fault.at}`}>
                {t.drop}
              </button>
            ) : (
              <a href={mendAddress(props, fault.at)}>{t.go(frame.t.tasks.names[taskOf(fault.at)])}</a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Answers stand where the finding is, and are public with the declaration. */
function Answers(
  props: SubmitProps & { readonly list: AnswerList; readonly title: string; readonly lead: string },
): VNode | null {
  const { frame, list, title, lead, messages } = props;
  const t = frame.t.submit;
  const rows = answersOf(props, list);
  if (rows.length === 0) return null;
  return (
    <section class="findings-group" aria-labelledby={`${list}-title`}>
      <h2 id={`${list}-title`}>{title}</h2>
      <p>{lead}</p>
      {rows.map(({ at, row, finding }, i) => (
        <fieldset id={at} class="answer" tabIndex={-1} data-code={isOpen(finding) ? finding?.code : undefined}>
          <legend>{row['about']}</legend>
          {finding ? <Facts facts={factsOf(props, finding)} /> : null}
          <RowErrors row={at} messages={messages} />
          <input type="hidden" name={`${at}/code`} value={row['code']} />
          <input type="hidden" name={`${at}/about`} value={row['about']} />
          {row['rest'] ? <input type="hidden" name={`${at}/rest`} value={row['rest']} /> : null}
          <div class="fields">
            <TextField
              name={`${at}/reason`}
              label={t.reason}
              value={row['reason'] ?? ''}
              maxLength={500}
              inRow
              messages={messages}
            />
            <TextField
              name={`${at}/person`}
              label={t.person}
              value={row['person'] ?? ''}
              maxLength={100}
              inRow
              messages={messages}
            />
          </div>
          {finding ? (
            <a href={mendAddress(props, finding.at)}>{t.go(frame.t.tasks.names[taskOf(finding.at)])}</a>
          ) : (
            <button class="plain remove" name="action" value={`remove-${list}-${i}`}>
              {t.unneeded}
            </button>
          )}
        </fieldset>
      ))}
    </section>
  );
}

function isOpen(finding: Found | null): boolean {
  return finding?.answered === false;
}

function factsOf({ frame }: SubmitProps, { found, expected, remedy }: Found): readonly Fact[] {
  const t = frame.t.submit;
  return [
    ...(found ? [[t.found, found] as const] : []),
    [t.expected, words(frame, expected)],
    [t.remedy, words(frame, remedy)],
  ];
}

/** The same sentence as in the summary and at the field of the task. */
function sentence({ frame }: SubmitProps, fault: Found): string {
  return fieldMessages([fault], formLabels(frame.t), faultWords(frame.t), frame.lang)[0]?.message ?? fault.code;
}

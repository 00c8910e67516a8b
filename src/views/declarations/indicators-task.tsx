import type { VNode } from 'preact';
import type { FormProps } from './form-props.ts';
import { Rows } from './form-rows.tsx';
import { TaskPage } from './task-page.tsx';
import { Units } from './units.tsx';

/** Task 3: the indicators, typed or pasted from a spreadsheet. */
export function IndicatorsTask(props: FormProps): VNode {
  return (
    <TaskPage {...props}>
      <Rows {...props} list="indicators" least={2} />
      <Units />
    </TaskPage>
  );
}

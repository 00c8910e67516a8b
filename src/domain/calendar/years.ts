import { addDays } from './day.ts';
import type { YearArrangement } from './calendar.ts';

/**
 * 国务院办公厅关于各年部分节假日安排的通知: days off (also those that fall on a weekend), and the weekend days that are
 * worked in their place. Days are filed under the year that they fall in. Taken from the package chinese-days 1.5.7
 * (MIT licence, © 2024 Yawei Sun); the numbers of the notices are ours.
 */
export const PUBLISHED_YEARS: readonly YearArrangement[] = [
  of(
    2018,
    '国办发明电〔2017〕12号',
    '01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-18 09-24 10-01/10-07 12-30/12-31',
    '02-11 02-24 04-08 04-28 09-29 09-30 12-29',
  ),
  of(
    2019,
    '国办发明电〔2018〕15号，国办发明电〔2019〕3号',
    '01-01 02-04/02-10 04-05/04-07 05-01/05-04 06-07/06-09 09-13/09-15 10-01/10-07',
    '02-02 02-03 04-28 05-05 09-29 10-12',
  ),
  of(
    2020,
    '国办发明电〔2019〕16号，国办发明电〔2020〕1号',
    '01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08',
    '01-19 04-26 05-09 06-28 09-27 10-10',
  ),
  of(
    2021,
    '国办发明电〔2020〕27号',
    '01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07',
    '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  ),
  of(
    2022,
    '国办发明电〔2021〕11号',
    '01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31',
    '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  ),
  of(
    2023,
    '国办发明电〔2022〕16号',
    '01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06',
    '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  ),
  of(
    2024,
    '国办发明电〔2023〕7号',
    '01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ),
  of(
    2025,
    '国办发明电〔2024〕12号',
    '01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08',
    '01-26 02-08 04-27 09-28 10-11',
  ),
  of(
    2026,
    '国办发明电〔2025〕7号',
    '01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07',
    '01-04 02-14 02-28 05-09 09-20 10-10',
  ),
];

function of(year: number, source: string, holidays: string, workdays: string): YearArrangement {
  return { year, source, holidays: listed(year, holidays), workdays: listed(year, workdays) };
}

/** `01-01/01-03 04-05`: days, and intervals with both ends. */
function listed(year: number, days: string): readonly string[] {
  return days.split(' ').flatMap((part) => {
    const [first = '', last = first] = part.split('/');
    const found: string[] = [];
    for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = addDays(day, 1)) found.push(day);
    return found;
  });
}

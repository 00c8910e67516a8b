-- The demonstration's boards, ranked a second time from the same tables by plain SQL, sharing no line with the engine.
-- The columns of raw.* are text as printed in demo/*.csv; '' is a gap. Result: one row a model and board.
create view raw.ranked as
with
hp as (
  select 'DEMO-HP' as board, lower(manufacturer) as maker, row_number() over (partition by manufacturer order by line) as serial,
         type in ('Outdoor Air/Water', 'Hybrid Air/Water') as outdoor,
         nullif(eta_35, '')::numeric as a, nullif(eta_55, '')::numeric as b, nullif(sound_outdoor, '')::numeric as c,
         rated_output::numeric as kw
  from raw.heat_pumps),
hp_levels as (
  select board, maker, serial,
         case when a < 50 or a > 400 then null when a >= 175 then 1 when a >= 150 then 2 when a >= 123 then 3 else 4 end as l1,
         case when b < 50 or b > 400 then null when b >= 150 then 1 when b >= 125 then 2 when b >= 98 then 3 else 4 end as l2,
         -- 0: does not concern this type. A missing sound level and 0 dB are gaps, so null.
         case when not outdoor then 0 when c is null or c < 20 or c > 110 then null
              else (with t as (select case when kw <= 6 then 65 when kw <= 12 then 70 when kw <= 30 then 78 when kw <= 70 then 88 end as top)
                    select case when top is null then null when c <= top - 10 then 1 when c <= top - 5 then 2 when c <= top then 3 else 4 end from t)
         end as l3
  from hp),
tv as (
  select 'DEMO-TV' as board, brand as maker, row_number() over (partition by brand order by line) as serial,
         energy_consumption::numeric as e, star_rating::numeric as s, screen_size::numeric as d
  from raw.televisions),
tv_levels as (
  select board, maker, serial,
         case when e < 10 or e > 3000 then null
              when d <= 32 then case when e <= 90 then 1 when e <= 120 then 2 when e <= 180 then 3 else 4 end
              when d <= 55 then case when e <= 200 then 1 when e <= 270 then 2 when e <= 400 then 3 else 4 end
              when d <= 75 then case when e <= 330 then 1 when e <= 450 then 2 when e <= 650 then 3 else 4 end
              else case when e <= 500 then 1 when e <= 700 then 2 when e <= 1100 then 3 else 4 end end as l1,
         case when s < 0.5 or s > 10 then null when s >= 6 then 1 when s >= 5 then 2 when s >= 3 then 3 else 4 end as l2,
         null::int as l3
  from tv),
rf as (
  select 'DEMO-RF' as board, lower(brand) as maker, row_number() over (partition by brand order by line) as serial,
         percent_less::numeric as p, annual_energy::numeric as e, adjusted_volume::numeric as v, connected
  from raw.refrigerators),
rf_levels as (
  select board, maker, serial,
         case when p < -100 or p > 100 then null when p >= 20 then 1 when p >= 10 then 2 when p >= 0 then 3 else 4 end as l1,
         case when e < 30 or e > 2000 then null
              when v <= 5 then case when e <= 200 then 1 when e <= 230 then 2 when e <= 300 then 3 else 4 end
              when v <= 15 then case when e <= 280 then 1 when e <= 320 then 2 when e <= 420 then 3 else 4 end
              else case when e <= 400 then 1 when e <= 550 then 2 when e <= 750 then 3 else 4 end end as l2,
         case when connected = 'Yes' then 1 else 4 end as l3
  from rf),
lv as (
  select 'DEMO-LV' as board, lower(division) as maker, row_number() over (partition by division order by line) as serial,
         class ~ '(SUV|Pick-up|Special Purpose)' as truck,
         combined_mpg::numeric as m, co2::numeric as g, smog::numeric as s
  from raw.vehicles),
lv_levels as (
  select board, maker, serial,
         case when m < 5 or m > 150 then null
              when truck then case when m >= 24 then 1 when m >= 21 then 2 when m >= 18 then 3 else 4 end
              else case when m >= 27 then 1 when m >= 24 then 2 when m >= 19 then 3 else 4 end end as l1,
         case when g < 20 or g > 1500 then null
              when truck then case when g <= 370 then 1 when g <= 430 then 2 when g <= 500 then 3 else 4 end
              else case when g <= 330 then 1 when g <= 370 then 2 when g <= 460 then 3 else 4 end end as l2,
         case when s < 1 or s > 10 then null when s >= 7 then 1 when s >= 5 then 2 when s >= 3 then 3 else 4 end as l3
  from lv),
all_levels as (select * from hp_levels union all select * from lv_levels),
graded as (
  select *, case when l1 is null or l2 is null or l3 is null then 'core-not-comparable'
                 when 4 in (l1, l2, l3) then 'core-below-baseline' end as reason,
         case when l1 is null or l2 is null or l3 is null or 4 in (l1, l2, l3) then null else greatest(l1, l2, l3) end as grade
  from all_levels),
tiered as (select * from tv_levels union all select * from rf_levels)
select board, maker, serial, l1, l2, l3, grade, reason,
       case when grade is not null then rank() over (partition by board, grade is null order by grade) end as rank
from graded
union all
select board, maker, serial, l1, l2, l3, null,
       case when coalesce(l1, 4) = 4 and coalesce(l2, 4) = 4 and coalesce(l3, 4) = 4 then 'nothing-in-a-tier' end, null
from tiered;

/** What a copy stumbles over: generated columns, no primary key, triggers and policies that refuse. */
export const AWKWARD_TABLES = `
  create table public.awkward (
    id bigint generated always as identity primary key, words text, bytes bytea, amount numeric, at timestamptz,
    list text[], data jsonb, twice text generated always as (words || words) stored, parent bigint references public.awkward);
  create table public.keyless (words text);
  create table public.append_only (id int primary key, awkward_id bigint references public.awkward);
  create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'append-only'; end $$;
  create trigger append_only before update or delete on public.append_only execute function public.refuse();
  create trigger append_only_insert before insert on public.append_only execute function public.refuse();
  alter table public.append_only enable row level security, force row level security;
`;

/** Every special character of COPY, NULL, '', the line `\.`, bytes, numbers, 200 KB in one value. */
export const AWKWARD_ROWS = `
  insert into public.awkward (words, bytes, amount, at, list, data) values
    (E'\\\\.', '\\x00ff0a', 38.50, '2026-11-22 01:02:03.456789+08', '{"a,b",NULL,""}', '{"b":1,"a":[null]}'),
    (E'tab\\t line\\nreturn\\r back\\\\slash \\\\N', null, 'NaN', 'infinity', null, null),
    ('', '', 1e-30, '0001-01-01 BC', '{}', '"净水器"'), (null, null, null, null, null, 'null');
  insert into public.awkward (words) select repeat('标准', 50000);
  insert into public.awkward (words, parent) select 'row ' || n, 1 from generate_series(1, 5000) n;
  insert into public.keyless values ('b'), ('a'), (null), ('a'), (E'\\\\.');
  alter table public.append_only disable trigger append_only_insert;
  insert into public.append_only select 1, 1;
  alter table public.append_only enable trigger append_only_insert;
  select nextval(pg_get_serial_sequence('public.awkward', 'id'));
`;

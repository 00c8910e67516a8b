-- The working-day calendar of years that came after the release, and objections.

-- A further year as the State Council's notice arranges it; an amended notice is the next revision.
CREATE TABLE calendar_years (
  year integer NOT NULL CHECK (year BETWEEN 2018 AND 2100),
  revision integer NOT NULL CHECK (revision >= 1),
  -- RFC 8785 text; its hash is in the log.
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  organisation_id uuid NOT NULL REFERENCES organisations,
  published_by uuid NOT NULL REFERENCES users,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (year, revision)
);
CREATE TRIGGER calendar_years_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_years
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE calendar_years ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_years FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_years_public ON calendar_years FOR SELECT USING (true);
CREATE POLICY calendar_years_publish ON calendar_years FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is('coordinating-body'));
GRANT SELECT, INSERT ON calendar_years TO lingpao_app;

-- What the public sees of an objection. Every field is written once; who may read the rest, the tables below say.
CREATE SEQUENCE objection_numbers;
CREATE TABLE objections (
  number text COLLATE "C" PRIMARY KEY CHECK (number ~ '^YY-\d{4}-\d{6,}$'),
  object_key text COLLATE "C" NOT NULL,
  object_kind text NOT NULL CHECK (object_kind IN ('list-row', 'list', 'scheme', 'forerunner', 'draw')),
  -- What it is about, as canonical JSON.
  object text NOT NULL,
  list_code text COLLATE "C",
  declaration_id text COLLATE "C",
  category text COLLATE "C",
  kind text NOT NULL CHECK (kind IN ('data', 'scheme', 'conflict', 'procedure')),
  -- Whose list, scheme or draw it is; and the other side, who is asked for an answer.
  handler_id uuid NOT NULL REFERENCES organisations,
  about_id uuid NOT NULL REFERENCES organisations,
  submitted_at timestamptz NOT NULL DEFAULT register_now(),
  acceptance text CHECK (acceptance IN ('accepted', 'not-accepted')),
  acceptance_reason text,
  acceptance_document text,
  accepted_by uuid REFERENCES users,
  accepted_at timestamptz,
  answered_at timestamptz,
  reviewed_by uuid REFERENCES users,
  reviewed_at timestamptz,
  decision text CHECK (decision IN ('upheld', 'partly', 'not-upheld')),
  decision_reasons text,
  effect text CHECK (effect IN ('none', 'exclude-row', 'recompute', 'new-edition')),
  decision_document text,
  decided_by uuid REFERENCES users,
  -- The organisation that decided: the handler, or the coordinating body in its place.
  decider_id uuid REFERENCES organisations,
  decided_at timestamptz,
  executed_list text COLLATE "C",
  executed_edition integer,
  execution_remark text,
  executed_at timestamptz,
  CHECK ((acceptance IS NULL) = (accepted_at IS NULL) AND (acceptance IS NULL) = (accepted_by IS NULL)),
  CHECK (answered_at IS NULL OR acceptance IS NOT DISTINCT FROM 'accepted'),
  CHECK (reviewed_at IS NULL OR acceptance IS NOT DISTINCT FROM 'accepted'),
  CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL)),
  CHECK (decided_at IS NULL OR reviewed_at IS NOT NULL),
  CHECK ((decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)
    AND (decided_at IS NULL) = (effect IS NULL) AND (decided_at IS NULL) = (decider_id IS NULL)),
  CHECK (executed_at IS NULL OR decided_at IS NOT NULL),
  CONSTRAINT objections_reviewer CHECK (reviewed_by <> accepted_by),
  CONSTRAINT objections_decider CHECK (decided_by <> reviewed_by),
  CONSTRAINT objections_effect CHECK (effect = 'none' OR decision <> 'not-upheld')
);
CREATE INDEX objections_object ON objections (object_key);
CREATE INDEX objections_handler ON objections (handler_id);
CREATE INDEX objections_about ON objections (about_id);
CREATE INDEX objections_list ON objections (list_code, decided_at) WHERE decision IS NOT NULL;

CREATE FUNCTION keep_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR EXISTS (SELECT FROM jsonb_each(to_jsonb(OLD)) was
      WHERE was.value <> 'null'::jsonb AND to_jsonb(NEW) -> was.key IS DISTINCT FROM was.value) THEN
    RAISE EXCEPTION 'what was written of an objection stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER objections_written_once BEFORE UPDATE OR DELETE ON objections
  FOR EACH ROW EXECUTE FUNCTION keep_objection();

-- Who objects, how to reach them, and the hash of the secret with which they look at their case without an account.
CREATE TABLE objection_parties (
  number text COLLATE "C" PRIMARY KEY REFERENCES objections,
  objector_id uuid REFERENCES organisations,
  objector_user uuid REFERENCES users,
  contact text NOT NULL CHECK (length(contact) <= 200),
  secret_sha256 text NOT NULL CHECK (secret_sha256 ~ '^[0-9a-f]{64}$')
);
-- What was said: by who objects, by the other side, by the reviewer.
CREATE TABLE objection_texts (
  number text COLLATE "C" NOT NULL REFERENCES objections,
  role text NOT NULL CHECK (role IN ('statement', 'answer', 'review')),
  organisation_id uuid REFERENCES organisations,
  written_by uuid REFERENCES users,
  written_at timestamptz NOT NULL DEFAULT register_now(),
  content text NOT NULL CHECK (length(content) BETWEEN 1 AND 4000),
  recommendation text CHECK (recommendation IN ('upheld', 'partly', 'not-upheld')),
  PRIMARY KEY (number, role),
  CHECK ((role = 'review') = (recommendation IS NOT NULL)),
  CHECK (role <> 'statement' OR length(content) <= 2000)
);
CREATE TABLE objection_files (
  number text COLLATE "C" NOT NULL REFERENCES objections,
  n integer NOT NULL CHECK (n BETWEEN 1 AND 5),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  type text NOT NULL CHECK (type IN ('application/pdf', 'image/jpeg', 'image/png')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  added_at timestamptz NOT NULL DEFAULT register_now(),
  PRIMARY KEY (number, n)
);
CREATE TABLE objection_file_parts (
  number text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  part integer NOT NULL CHECK (part >= 0),
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 262144),
  PRIMARY KEY (number, n, part),
  FOREIGN KEY (number, n) REFERENCES objection_files (number, n)
);
ALTER TABLE objection_file_parts ALTER COLUMN content SET STORAGE EXTERNAL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['objection_parties', 'objection_texts', 'objection_files', 'objection_file_parts'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_append_only', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

-- register_now() stands still within a transaction, so what equals it was written in this one.
CREATE FUNCTION app_new_objection(of_number text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.objections WHERE number = of_number AND submitted_at = public.register_now()) $$;
CREATE FUNCTION app_handles_objection(of_number text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT public.app_is('coordinating-body') OR EXISTS (SELECT FROM public.objections
     WHERE number = of_number AND handler_id = public.app_organisation()) $$;
-- Who objects: an organisation, or whoever holds the secret.
CREATE FUNCTION app_objects(of_number text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.objection_parties p WHERE p.number = of_number
     AND (p.objector_id = public.app_organisation() OR 'objection:' || p.secret_sha256 = public.app_owner())) $$;
-- The other side reads the case once it is accepted.
CREATE FUNCTION app_sees_objection(of_number text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT public.app_handles_objection(of_number) OR public.app_objects(of_number) OR EXISTS (SELECT FROM public.objections
     WHERE number = of_number AND about_id = public.app_organisation() AND acceptance = 'accepted') $$;

ALTER TABLE objections ENABLE ROW LEVEL SECURITY;
ALTER TABLE objections FORCE ROW LEVEL SECURITY;
CREATE POLICY objections_public ON objections FOR SELECT USING (true);
CREATE POLICY objections_submit ON objections FOR INSERT WITH CHECK (
  submitted_at = register_now() AND acceptance IS NULL AND answered_at IS NULL AND reviewed_at IS NULL AND decided_at IS NULL);
CREATE POLICY objections_handle ON objections FOR UPDATE
  USING (handler_id = app_organisation() OR app_is('coordinating-body'))
  WITH CHECK (handler_id = app_organisation() OR app_is('coordinating-body'));
CREATE POLICY objections_answered ON objections FOR UPDATE
  USING (about_id = app_organisation() AND acceptance = 'accepted' AND answered_at IS NULL AND reviewed_at IS NULL)
  WITH CHECK (about_id = app_organisation() AND reviewed_at IS NULL AND decided_at IS NULL);

CREATE POLICY objection_parties_read ON objection_parties FOR SELECT USING (
  objector_id = app_organisation() OR 'objection:' || secret_sha256 = app_owner() OR app_handles_objection(number));
CREATE POLICY objection_parties_submit ON objection_parties FOR INSERT
  WITH CHECK (objector_id IS NOT DISTINCT FROM app_organisation() AND app_new_objection(number));
CREATE POLICY objection_texts_read ON objection_texts FOR SELECT USING (app_sees_objection(number));
CREATE POLICY objection_texts_write ON objection_texts FOR INSERT WITH CHECK (
  organisation_id IS NOT DISTINCT FROM app_organisation() AND CASE role
    WHEN 'statement' THEN app_new_objection(number)
    WHEN 'answer' THEN EXISTS (SELECT FROM objections o WHERE o.number = objection_texts.number
      AND o.about_id = app_organisation() AND o.acceptance = 'accepted' AND o.reviewed_at IS NULL)
    ELSE app_handles_objection(number) END);
CREATE POLICY objection_files_read ON objection_files FOR SELECT USING (app_sees_objection(number));
CREATE POLICY objection_files_add ON objection_files FOR INSERT WITH CHECK (app_new_objection(number) OR (
  app_objects(number) AND EXISTS (SELECT FROM objections o WHERE o.number = objection_files.number AND o.acceptance IS NULL)));
CREATE POLICY objection_file_parts_read ON objection_file_parts FOR SELECT USING (app_sees_objection(number));
CREATE POLICY objection_file_parts_add ON objection_file_parts FOR INSERT WITH CHECK (app_new_objection(number) OR (
  app_objects(number) AND EXISTS (SELECT FROM objections o WHERE o.number = objection_file_parts.number AND o.acceptance IS NULL)));

GRANT USAGE ON SEQUENCE objection_numbers TO lingpao_app;
GRANT SELECT, INSERT ON objections, objection_parties, objection_texts, objection_files, objection_file_parts TO lingpao_app;
GRANT UPDATE (acceptance, acceptance_reason, acceptance_document, accepted_by, accepted_at, answered_at, reviewed_by, reviewed_at,
  decision, decision_reasons, effect, decision_document, decided_by, decider_id, decided_at,
  executed_list, executed_edition, execution_remark, executed_at) ON objections TO lingpao_app;

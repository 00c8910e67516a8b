-- Accredited bodies, their schemes, comparison runs, and the editions of ranking lists.

CREATE TABLE accreditations (
  id uuid PRIMARY KEY,
  body_id uuid NOT NULL REFERENCES organisations,
  -- Prefix of category codes: 'C38' covers 'C3851.refrigerator'.
  category_prefix text COLLATE "C" NOT NULL CHECK (category_prefix ~ '^[A-T]\d{0,4}(\.[a-z0-9-]{1,40})?$'),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'suspended')),
  proposer_id uuid NOT NULL REFERENCES organisations,
  proposed_by uuid NOT NULL REFERENCES users,
  proposed_at timestamptz NOT NULL DEFAULT register_now(),
  decided_by uuid REFERENCES users,
  decided_at timestamptz,
  CHECK (valid_to >= valid_from),
  -- Proposed by one person, decided by another.
  CHECK (decided_by <> proposed_by),
  CHECK (state = 'proposed' OR decided_by IS NOT NULL)
);
CREATE INDEX accreditations_body ON accreditations (body_id);

CREATE TABLE scheme_versions (
  code text COLLATE "C" NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9-]{1,29}$'),
  version integer NOT NULL CHECK (version >= 1),
  body_id uuid NOT NULL REFERENCES organisations,
  category text COLLATE "C" NOT NULL REFERENCES categories,
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  published_by uuid NOT NULL REFERENCES users,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (code, version),
  UNIQUE (body_id, code, version)
);
CREATE TRIGGER scheme_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scheme_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE comparison_runs (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^run-[A-Za-z0-9-]{1,80}$'),
  body_id uuid NOT NULL REFERENCES organisations,
  scheme_code text COLLATE "C" NOT NULL,
  scheme_version integer NOT NULL,
  -- The run compares what stands in the first `log_size` entries of the public log.
  log_size bigint NOT NULL CHECK (log_size >= 0),
  state text NOT NULL CHECK (state IN ('requested', 'running', 'finished', 'failed')),
  done bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL DEFAULT 0,
  requested_by uuid NOT NULL REFERENCES users,
  requested_at timestamptz NOT NULL DEFAULT register_now(),
  started_at timestamptz,
  finished_at timestamptz,
  failure text,
  UNIQUE (body_id, id),
  -- A body runs its own schemes, and an edition is that of a run of the same body.
  FOREIGN KEY (body_id, scheme_code, scheme_version) REFERENCES scheme_versions (body_id, code, version)
);
CREATE INDEX comparison_runs_body ON comparison_runs (body_id, requested_at);

CREATE TABLE ranking_list_editions (
  id uuid PRIMARY KEY,
  run_id text COLLATE "C" NOT NULL UNIQUE,
  body_id uuid NOT NULL REFERENCES organisations,
  scheme_code text COLLATE "C" NOT NULL,
  scheme_version integer NOT NULL,
  edition integer CHECK (edition >= 1),
  state text NOT NULL CHECK (state IN ('draft', 'published')),
  head text NOT NULL,
  -- Histograms for the page, derived from the rows; not part of the hashed list.
  distributions text NOT NULL,
  list_sha256 text NOT NULL CHECK (list_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz NOT NULL DEFAULT register_now(),
  published_at timestamptz,
  published_by uuid REFERENCES users,
  UNIQUE (scheme_code, edition),
  FOREIGN KEY (body_id, run_id) REFERENCES comparison_runs (body_id, id),
  CHECK ((state = 'published') = (edition IS NOT NULL)),
  CHECK ((state = 'published') = (published_at IS NOT NULL))
);

-- The list as one object: its bytes are the chunks in order of n. A page reads only the chunks that hold its rows.
CREATE TABLE ranking_list_chunks (
  edition_id uuid NOT NULL REFERENCES ranking_list_editions,
  n integer NOT NULL,
  section text NOT NULL CHECK (section IN ('head', 'entries', 'excluded')),
  first_row integer NOT NULL,
  row_count integer NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (edition_id, n)
);

CREATE FUNCTION keep_published_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state = 'published' OR NEW.list_sha256 <> OLD.list_sha256 OR NEW.head <> OLD.head
     OR NEW.distributions <> OLD.distributions OR NEW.run_id <> OLD.run_id THEN
    RAISE EXCEPTION 'an edition is immutable' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ranking_list_editions_immutable BEFORE UPDATE OR DELETE ON ranking_list_editions
  FOR EACH ROW EXECUTE FUNCTION keep_published_edition();
CREATE TRIGGER ranking_list_chunks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ranking_list_chunks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE accreditations ENABLE ROW LEVEL SECURITY;
ALTER TABLE accreditations FORCE ROW LEVEL SECURITY;
CREATE POLICY accreditations_public ON accreditations FOR SELECT USING (true);
CREATE POLICY accreditations_propose ON accreditations FOR INSERT
  WITH CHECK (proposer_id = app_organisation() AND state = 'proposed' AND app_is('coordinating-body'));
-- The decision is another organisation's: a regulator's; that its grant is national, the policy table says.
CREATE POLICY accreditations_decide ON accreditations FOR UPDATE
  USING (state = 'proposed' AND proposer_id <> app_organisation() AND app_is('regulator')) WITH CHECK (state <> 'proposed');
ALTER TABLE scheme_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheme_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY scheme_versions_public ON scheme_versions FOR SELECT USING (true);
CREATE POLICY scheme_versions_insert ON scheme_versions FOR INSERT WITH CHECK (body_id = app_organisation());
ALTER TABLE comparison_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE comparison_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY comparison_runs_public ON comparison_runs FOR SELECT USING (true);
CREATE POLICY comparison_runs_insert ON comparison_runs FOR INSERT WITH CHECK (body_id = app_organisation());
CREATE POLICY comparison_runs_update ON comparison_runs FOR UPDATE
  USING (body_id = app_organisation()) WITH CHECK (body_id = app_organisation());
ALTER TABLE ranking_list_editions ENABLE ROW LEVEL SECURITY;
ALTER TABLE ranking_list_editions FORCE ROW LEVEL SECURITY;
CREATE POLICY editions_read ON ranking_list_editions FOR SELECT USING (state = 'published' OR body_id = app_organisation());
CREATE POLICY editions_insert ON ranking_list_editions FOR INSERT WITH CHECK (body_id = app_organisation());
CREATE POLICY editions_update ON ranking_list_editions FOR UPDATE
  USING (body_id = app_organisation()) WITH CHECK (body_id = app_organisation());
ALTER TABLE ranking_list_chunks ENABLE ROW LEVEL SECURITY;
ALTER TABLE ranking_list_chunks FORCE ROW LEVEL SECURITY;
CREATE POLICY chunks_read ON ranking_list_chunks FOR SELECT
  USING (EXISTS (SELECT FROM ranking_list_editions e WHERE e.id = edition_id));
CREATE POLICY chunks_insert ON ranking_list_chunks FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM ranking_list_editions e WHERE e.id = edition_id AND e.body_id = app_organisation() AND e.state = 'draft'));

GRANT SELECT, INSERT, UPDATE ON accreditations, comparison_runs, ranking_list_editions TO lingpao_app;
GRANT SELECT, INSERT ON scheme_versions, ranking_list_chunks TO lingpao_app;

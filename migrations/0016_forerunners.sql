-- Forerunner lists (企业标准“领跑者”): rounds from grade-one rows to a published list, the papers of candidates, editions.

CREATE SEQUENCE forerunner_round_numbers;

-- A way of written-once columns: what is set stays, what is not may be set.
CREATE FUNCTION keep_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR EXISTS (SELECT FROM jsonb_each(to_jsonb(OLD)) was
      WHERE was.value <> 'null'::jsonb AND to_jsonb(NEW) -> was.key IS DISTINCT FROM was.value) THEN
    RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TABLE forerunner_rounds (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^LP-\d{4}-\d{6,}$'),
  list_code text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('edition', 'renewal')),
  -- The published edition whose grade-one rows are the candidates, pinned by its hash, as is its scheme.
  board_edition integer NOT NULL,
  board_sha256 text NOT NULL CHECK (board_sha256 ~ '^[0-9a-f]{64}$'),
  scheme_version integer NOT NULL,
  scheme_sha256 text NOT NULL CHECK (scheme_sha256 ~ '^[0-9a-f]{64}$'),
  category text COLLATE "C" NOT NULL,
  body_id uuid NOT NULL REFERENCES organisations,
  -- RFC 8785 text; its hash is in the log.
  document text NOT NULL,
  opened_by uuid NOT NULL REFERENCES users,
  opened_at timestamptz NOT NULL DEFAULT register_now(),
  -- Last day on which enterprises confirm; counted once, when the round is opened.
  confirm_until date NOT NULL,
  shortlist text,
  shortlisted_by uuid REFERENCES users,
  shortlisted_at timestamptz,
  objections_until date,
  objections_opened_by uuid REFERENCES users,
  objections_opened_at timestamptz,
  edition integer,
  published_by uuid REFERENCES users,
  published_at timestamptz,
  end_reason text CHECK (length(end_reason) BETWEEN 1 AND 1000),
  ended_by uuid REFERENCES users,
  ended_at timestamptz,
  FOREIGN KEY (list_code, scheme_version) REFERENCES scheme_versions (code, version),
  CONSTRAINT forerunner_rounds_two_persons CHECK (published_by <> objections_opened_by),
  CONSTRAINT forerunner_rounds_order CHECK (
    (objections_opened_at IS NULL OR shortlisted_at IS NOT NULL) AND (published_at IS NULL OR objections_opened_at IS NOT NULL)),
  CONSTRAINT forerunner_rounds_one_end CHECK (published_at IS NULL OR ended_at IS NULL),
  CHECK ((shortlisted_at IS NULL) = (shortlist IS NULL) AND (shortlisted_at IS NULL) = (shortlisted_by IS NULL)),
  CHECK ((objections_opened_at IS NULL) = (objections_until IS NULL)
    AND (objections_opened_at IS NULL) = (objections_opened_by IS NULL)),
  CHECK ((published_at IS NULL) = (edition IS NULL) AND (published_at IS NULL) = (published_by IS NULL)),
  CHECK ((ended_at IS NULL) = (end_reason IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL))
);
-- One round of a list at a time.
CREATE UNIQUE INDEX forerunner_rounds_running ON forerunner_rounds (list_code) WHERE published_at IS NULL AND ended_at IS NULL;
CREATE TRIGGER forerunner_rounds_written_once BEFORE UPDATE OR DELETE ON forerunner_rounds
  FOR EACH ROW EXECUTE FUNCTION keep_written();

CREATE TABLE forerunner_candidates (
  round_id text COLLATE "C" NOT NULL REFERENCES forerunner_rounds,
  declaration_id text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- The edition of the ranking list in whose row it stands; an older one where a renewal keeps an older entry.
  board_edition integer NOT NULL,
  -- Who holds the declaration; copied, so that row security needs no join.
  organisation_id uuid NOT NULL REFERENCES organisations,
  -- A second person of the body confirmed the checks; what they say is for the parties.
  checked_at timestamptz,
  PRIMARY KEY (round_id, declaration_id),
  FOREIGN KEY (declaration_id, revision) REFERENCES declaration_versions (declaration_id, revision)
);
CREATE INDEX forerunner_candidates_organisation ON forerunner_candidates (organisation_id);
CREATE TRIGGER forerunner_candidates_written_once BEFORE UPDATE OR DELETE ON forerunner_candidates
  FOR EACH ROW EXECUTE FUNCTION keep_written();

-- What an enterprise confirms; public. Who signed for it is not.
CREATE TABLE forerunner_confirmations (
  round_id text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  commitment_version integer NOT NULL CHECK (commitment_version >= 1),
  provision text NOT NULL CHECK (provision IN ('mass-produced', 'widely-provided')),
  models text[] NOT NULL CHECK (cardinality(models) BETWEEN 1 AND 100),
  confirmed_at timestamptz NOT NULL DEFAULT register_now(),
  PRIMARY KEY (round_id, declaration_id),
  FOREIGN KEY (round_id, declaration_id) REFERENCES forerunner_candidates (round_id, declaration_id)
);
CREATE TABLE forerunner_signatures (
  round_id text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  signer text NOT NULL CHECK (length(signer) BETWEEN 1 AND 100),
  capacity text NOT NULL CHECK (capacity IN ('legal-representative', 'authorised-person')),
  confirmed_by uuid NOT NULL REFERENCES users,
  PRIMARY KEY (round_id, declaration_id),
  FOREIGN KEY (round_id, declaration_id) REFERENCES forerunner_confirmations (round_id, declaration_id)
);
-- 检测报告: its facts are public, its bytes are for the parties. A later one takes the place of an earlier one.
CREATE TABLE forerunner_reports (
  round_id text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  n integer NOT NULL CHECK (n BETWEEN 1 AND 5),
  organisation_id uuid NOT NULL,
  number text NOT NULL CHECK (length(number) BETWEEN 1 AND 100),
  laboratory text NOT NULL CHECK (length(laboratory) BETWEEN 1 AND 200),
  mark text NOT NULL CHECK (mark IN ('CMA', 'CNAS')),
  mark_number text NOT NULL CHECK (length(mark_number) BETWEEN 1 AND 60),
  reported_on date NOT NULL,
  type text NOT NULL CHECK (type IN ('application/pdf', 'image/jpeg', 'image/png')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 10485760),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  sent_at timestamptz NOT NULL DEFAULT register_now(),
  PRIMARY KEY (round_id, declaration_id, n),
  FOREIGN KEY (round_id, declaration_id) REFERENCES forerunner_candidates (round_id, declaration_id)
);
CREATE TABLE forerunner_report_parts (
  round_id text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  part integer NOT NULL CHECK (part >= 0),
  organisation_id uuid NOT NULL,
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 262144),
  PRIMARY KEY (round_id, declaration_id, n, part),
  FOREIGN KEY (round_id, declaration_id, n) REFERENCES forerunner_reports (round_id, declaration_id, n)
);
ALTER TABLE forerunner_report_parts ALTER COLUMN content SET STORAGE EXTERNAL;
-- What the body looked up about a candidate, entered anew as a whole until a second person confirms it.
CREATE TABLE forerunner_checks (
  round_id text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  n integer NOT NULL CHECK (n BETWEEN 1 AND 100),
  organisation_id uuid NOT NULL,
  -- RFC 8785 text.
  document text NOT NULL,
  entered_by uuid NOT NULL REFERENCES users,
  entered_at timestamptz NOT NULL DEFAULT register_now(),
  confirmed_by uuid REFERENCES users,
  confirmed_at timestamptz,
  PRIMARY KEY (round_id, declaration_id, n),
  FOREIGN KEY (round_id, declaration_id) REFERENCES forerunner_candidates (round_id, declaration_id),
  CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
  CONSTRAINT forerunner_checks_two_persons CHECK (confirmed_by <> entered_by)
);
CREATE TRIGGER forerunner_checks_written_once BEFORE UPDATE OR DELETE ON forerunner_checks
  FOR EACH ROW EXECUTE FUNCTION keep_written();

-- Editions of a forerunner list; a removal is one too. The document is what is hashed, logged and downloaded.
CREATE TABLE forerunner_editions (
  list_code text COLLATE "C" NOT NULL,
  edition integer NOT NULL CHECK (edition >= 1),
  kind text NOT NULL CHECK (kind IN ('round', 'removal')),
  round_id text COLLATE "C" REFERENCES forerunner_rounds,
  category text COLLATE "C" NOT NULL,
  body_id uuid NOT NULL REFERENCES organisations,
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  -- The last day on which any of its entries holds.
  valid_until date NOT NULL,
  publisher_id uuid NOT NULL REFERENCES organisations,
  published_by uuid NOT NULL REFERENCES users,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (list_code, edition),
  CHECK ((kind = 'round') = (round_id IS NOT NULL))
);
-- Entries of each edition by enterprise, for its page and its desk; the edition's document is what counts.
CREATE TABLE forerunner_entries (
  list_code text COLLATE "C" NOT NULL,
  edition integer NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisations,
  removed bool NOT NULL,
  valid_until date NOT NULL,
  PRIMARY KEY (list_code, edition, declaration_id),
  FOREIGN KEY (list_code, edition) REFERENCES forerunner_editions (list_code, edition)
);
CREATE INDEX forerunner_entries_organisation ON forerunner_entries (organisation_id);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['forerunner_confirmations', 'forerunner_signatures', 'forerunner_reports',
      'forerunner_report_parts', 'forerunner_editions', 'forerunner_entries'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_append_only', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['forerunner_rounds', 'forerunner_candidates', 'forerunner_confirmations', 'forerunner_signatures',
      'forerunner_reports', 'forerunner_report_parts', 'forerunner_checks', 'forerunner_editions', 'forerunner_entries'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

-- Rounds are known to be of this transaction by their time, as objections are.
CREATE FUNCTION app_leads_round(of_round text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.forerunner_rounds WHERE id = of_round AND body_id = public.app_organisation()) $$;
CREATE FUNCTION app_prepares_round(of_round text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.forerunner_rounds WHERE id = of_round AND body_id = public.app_organisation()
     AND shortlisted_at IS NULL AND ended_at IS NULL) $$;
-- Of an enterprise: its own candidate, before the short-list.
CREATE FUNCTION app_is_candidate(of_round text, of_declaration text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.forerunner_candidates c JOIN public.forerunner_rounds r ON r.id = c.round_id
     WHERE c.round_id = of_round AND c.declaration_id = of_declaration AND c.organisation_id = public.app_organisation()
     AND r.shortlisted_at IS NULL AND r.ended_at IS NULL) $$;
-- Papers are read by the enterprise, the body of the round, the coordinating body and regulators.
CREATE FUNCTION app_sees_papers(of_round text, of_organisation uuid) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT of_organisation = public.app_organisation() OR public.app_leads_round(of_round)
     OR public.app_is('coordinating-body') OR public.app_is('regulator') $$;

CREATE POLICY forerunner_rounds_public ON forerunner_rounds FOR SELECT USING (true);
CREATE POLICY forerunner_rounds_open ON forerunner_rounds FOR INSERT WITH CHECK (
  body_id = app_organisation() AND app_is('assessment-body') AND opened_at = register_now()
  AND shortlisted_at IS NULL AND objections_opened_at IS NULL AND published_at IS NULL AND ended_at IS NULL);
CREATE POLICY forerunner_rounds_shortlist ON forerunner_rounds FOR UPDATE
  USING (body_id = app_organisation() AND shortlisted_at IS NULL AND ended_at IS NULL)
  WITH CHECK (body_id = app_organisation() AND objections_opened_at IS NULL AND published_at IS NULL AND ended_at IS NULL);
CREATE POLICY forerunner_rounds_publish ON forerunner_rounds FOR UPDATE
  USING (app_is('coordinating-body')) WITH CHECK (app_is('coordinating-body'));

CREATE POLICY forerunner_candidates_public ON forerunner_candidates FOR SELECT USING (true);
CREATE POLICY forerunner_candidates_open ON forerunner_candidates FOR INSERT WITH CHECK (checked_at IS NULL AND EXISTS (
  SELECT FROM forerunner_rounds r WHERE r.id = round_id AND r.body_id = app_organisation() AND r.opened_at = register_now()));
CREATE POLICY forerunner_candidates_checked ON forerunner_candidates FOR UPDATE
  USING (app_prepares_round(round_id)) WITH CHECK (app_prepares_round(round_id));

CREATE POLICY forerunner_confirmations_public ON forerunner_confirmations FOR SELECT USING (true);
CREATE POLICY forerunner_confirmations_own ON forerunner_confirmations FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is_candidate(round_id, declaration_id));
CREATE POLICY forerunner_signatures_read ON forerunner_signatures FOR SELECT USING (app_sees_papers(round_id, organisation_id));
CREATE POLICY forerunner_signatures_own ON forerunner_signatures FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is_candidate(round_id, declaration_id));
CREATE POLICY forerunner_reports_public ON forerunner_reports FOR SELECT USING (true);
CREATE POLICY forerunner_reports_own ON forerunner_reports FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is_candidate(round_id, declaration_id));
CREATE POLICY forerunner_report_parts_read ON forerunner_report_parts FOR SELECT
  USING (app_sees_papers(round_id, organisation_id));
CREATE POLICY forerunner_report_parts_own ON forerunner_report_parts FOR INSERT WITH CHECK (
  organisation_id = app_organisation() AND app_is_candidate(round_id, declaration_id) AND EXISTS (
    SELECT FROM forerunner_reports r WHERE r.round_id = forerunner_report_parts.round_id
    AND r.declaration_id = forerunner_report_parts.declaration_id AND r.n = forerunner_report_parts.n
    AND r.sent_at = register_now()));
CREATE POLICY forerunner_checks_read ON forerunner_checks FOR SELECT USING (app_sees_papers(round_id, organisation_id));
CREATE POLICY forerunner_checks_enter ON forerunner_checks FOR INSERT
  WITH CHECK (app_prepares_round(round_id) AND confirmed_at IS NULL AND EXISTS (
    SELECT FROM forerunner_candidates c WHERE c.round_id = forerunner_checks.round_id
    AND c.declaration_id = forerunner_checks.declaration_id AND c.organisation_id = forerunner_checks.organisation_id));
CREATE POLICY forerunner_checks_confirm ON forerunner_checks FOR UPDATE
  USING (app_prepares_round(round_id)) WITH CHECK (app_prepares_round(round_id));

CREATE POLICY forerunner_editions_public ON forerunner_editions FOR SELECT USING (true);
-- The coordinating body publishes; the body itself takes entries out.
CREATE POLICY forerunner_editions_publish ON forerunner_editions FOR INSERT WITH CHECK (publisher_id = app_organisation()
  AND ((kind = 'round' AND app_is('coordinating-body')) OR (kind = 'removal' AND body_id = app_organisation())));
CREATE POLICY forerunner_entries_public ON forerunner_entries FOR SELECT USING (true);
CREATE POLICY forerunner_entries_publish ON forerunner_entries FOR INSERT WITH CHECK (EXISTS (
  SELECT FROM forerunner_editions e WHERE e.list_code = forerunner_entries.list_code
  AND e.edition = forerunner_entries.edition AND e.publisher_id = app_organisation()));

GRANT USAGE ON SEQUENCE forerunner_round_numbers TO lingpao_app;
GRANT SELECT, INSERT ON forerunner_rounds, forerunner_candidates, forerunner_confirmations, forerunner_signatures,
  forerunner_reports, forerunner_report_parts, forerunner_checks, forerunner_editions, forerunner_entries TO lingpao_app;
GRANT UPDATE (shortlist, shortlisted_by, shortlisted_at, objections_until, objections_opened_by, objections_opened_at,
  edition, published_by, published_at, end_reason, ended_by, ended_at) ON forerunner_rounds TO lingpao_app;
GRANT UPDATE (checked_at) ON forerunner_candidates TO lingpao_app;
GRANT UPDATE (confirmed_by, confirmed_at) ON forerunner_checks TO lingpao_app;

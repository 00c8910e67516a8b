-- Editions of ranking lists as a ledger: what each was made from, what changed in it, who released it; readings of names.

ALTER TABLE comparison_runs
  ADD COLUMN kind text NOT NULL DEFAULT 'regular' CHECK (kind IN ('regular', 'correction', 'trial')),
  -- Of a correction: why, and after which objections.
  ADD COLUMN correction text,
  -- What the run takes for granted beside scheme and declarations, frozen when it was asked for.
  ADD COLUMN mappings text NOT NULL DEFAULT '[]',
  ADD COLUMN decisions text NOT NULL DEFAULT '[]',
  ADD COLUMN phase text CHECK (phase IN ('reading', 'comparing', 'ranking', 'storing')),
  ALTER COLUMN scheme_version DROP NOT NULL,
  ADD CONSTRAINT comparison_runs_correction CHECK ((kind = 'correction') = (correction IS NOT NULL)),
  ADD CONSTRAINT comparison_runs_scheme CHECK (kind = 'trial' OR scheme_version IS NOT NULL);

-- The scheme of a trial that is no version yet: a draft is its body's alone, though that the run is asked for is public.
CREATE TABLE trial_schemes (
  run_id text COLLATE "C" PRIMARY KEY REFERENCES comparison_runs,
  body_id uuid NOT NULL REFERENCES organisations,
  document text NOT NULL,
  FOREIGN KEY (body_id, run_id) REFERENCES comparison_runs (body_id, id)
);
CREATE TRIGGER trial_schemes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trial_schemes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ranking_list_editions RENAME COLUMN distributions TO report;
ALTER TABLE ranking_list_editions
  ADD COLUMN premises text NOT NULL DEFAULT '',
  -- The first of the two persons who release a list, with the checks that the person made.
  ADD COLUMN prepared_by uuid REFERENCES users,
  ADD COLUMN prepared_at timestamptz,
  ADD COLUMN checklist text,
  -- Objections are taken up to this day; the list holds up to that one.
  ADD COLUMN objections_until date,
  ADD COLUMN valid_until date,
  ALTER COLUMN scheme_version DROP NOT NULL,
  DROP CONSTRAINT ranking_list_editions_state_check,
  ADD CONSTRAINT ranking_list_editions_state_check CHECK (state IN ('draft', 'trial', 'published')),
  ADD CONSTRAINT ranking_list_editions_two_persons CHECK (published_by <> prepared_by),
  ADD CONSTRAINT ranking_list_editions_prepared CHECK ((prepared_by IS NULL) = (checklist IS NULL));

-- Which standards the declarations of an edition execute or cite: one that is replaced marks the lists that it touches.
CREATE TABLE edition_citations (
  edition_id uuid NOT NULL REFERENCES ranking_list_editions,
  number_compact text COLLATE "C" NOT NULL,
  listed integer NOT NULL CHECK (listed >= 0),
  PRIMARY KEY (edition_id, number_compact)
);
CREATE TRIGGER edition_citations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON edition_citations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ranking_list_chunks
  DROP CONSTRAINT ranking_list_chunks_section_check,
  ADD CONSTRAINT ranking_list_chunks_section_check CHECK (section IN ('head', 'entries', 'excluded', 'changes', 'left'));
-- Hashes do not compress: trying to costs more than it saves.
ALTER TABLE ranking_list_chunks ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE OR REPLACE FUNCTION keep_published_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'draft' OR NEW.list_sha256 <> OLD.list_sha256 OR NEW.head <> OLD.head
     OR NEW.report <> OLD.report OR NEW.premises <> OLD.premises OR NEW.run_id <> OLD.run_id THEN
    RAISE EXCEPTION 'an edition is immutable' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- A body's reading of a declared name as one that its schemes of a category know, or as none of them; undone, not deleted.
CREATE TABLE indicator_mappings (
  id uuid PRIMARY KEY,
  body_id uuid NOT NULL REFERENCES organisations,
  category text COLLATE "C" NOT NULL REFERENCES categories,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- NULL: looked at, and none of the scheme's indicators.
  as_name text CHECK (length(as_name) BETWEEN 1 AND 200),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  -- Declarations that had the name when it was decided.
  declarations integer NOT NULL CHECK (declarations >= 0),
  mapped_by uuid NOT NULL REFERENCES users,
  mapped_at timestamptz NOT NULL,
  undone_by uuid REFERENCES users,
  undone_at timestamptz,
  undo_reason text CHECK (length(undo_reason) BETWEEN 1 AND 500),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undo_reason IS NULL))
);
CREATE UNIQUE INDEX indicator_mappings_standing ON indicator_mappings (body_id, category, name) WHERE undone_at IS NULL;

CREATE FUNCTION keep_mapping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.undone_at IS NOT NULL
     OR (NEW.body_id, NEW.category, NEW.name, NEW.as_name, NEW.reason, NEW.mapped_by, NEW.mapped_at)
        IS DISTINCT FROM (OLD.body_id, OLD.category, OLD.name, OLD.as_name, OLD.reason, OLD.mapped_by, OLD.mapped_at) THEN
    RAISE EXCEPTION 'a mapping is undone, never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER indicator_mappings_kept BEFORE UPDATE OR DELETE ON indicator_mappings
  FOR EACH ROW EXECUTE FUNCTION keep_mapping();

ALTER TABLE trial_schemes ENABLE ROW LEVEL SECURITY;
ALTER TABLE trial_schemes FORCE ROW LEVEL SECURITY;
CREATE POLICY trial_schemes_own ON trial_schemes
  USING (body_id = app_organisation()) WITH CHECK (body_id = app_organisation());
ALTER TABLE edition_citations ENABLE ROW LEVEL SECURITY;
ALTER TABLE edition_citations FORCE ROW LEVEL SECURITY;
CREATE POLICY edition_citations_read ON edition_citations FOR SELECT
  USING (EXISTS (SELECT FROM ranking_list_editions e WHERE e.id = edition_id));
CREATE POLICY edition_citations_insert ON edition_citations FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM ranking_list_editions e
    WHERE e.id = edition_id AND e.body_id = app_organisation() AND e.state <> 'published'));
ALTER TABLE indicator_mappings ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_mappings FORCE ROW LEVEL SECURITY;
CREATE POLICY indicator_mappings_own ON indicator_mappings
  USING (body_id = app_organisation()) WITH CHECK (body_id = app_organisation());
DROP POLICY chunks_insert ON ranking_list_chunks;
CREATE POLICY chunks_insert ON ranking_list_chunks FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM ranking_list_editions e
    WHERE e.id = edition_id AND e.body_id = app_organisation() AND e.state <> 'published'));

GRANT SELECT, INSERT ON edition_citations, trial_schemes TO lingpao_app;
GRANT SELECT, INSERT, UPDATE ON indicator_mappings TO lingpao_app;

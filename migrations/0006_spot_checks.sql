-- Spot checks: draws with their published files, and the findings on drawn objects.

CREATE TABLE draws (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  regulator_id uuid NOT NULL REFERENCES organisations,
  batch text NOT NULL CHECK (length(batch) BETWEEN 1 AND 100),
  stage text NOT NULL CHECK (length(stage) BETWEEN 1 AND 40),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  -- frozen and committed are one moment here: the plan is logged with the frame; the log's index makes it committed.
  state text NOT NULL CHECK (state IN ('committed', 'seeded', 'drawn', 'closed', 'void')),
  log_size bigint NOT NULL,
  plan_sha256 text NOT NULL CHECK (plan_sha256 ~ '^[0-9a-f]{64}$'),
  entropy_not_before timestamptz NOT NULL,
  reveal_by timestamptz,
  planned_by uuid NOT NULL REFERENCES users,
  planned_at timestamptz NOT NULL,
  entropy text,
  entropy_note text,
  seeded_by uuid REFERENCES users,
  seeded_at timestamptz,
  drawn_at timestamptz,
  void_requested_by uuid REFERENCES users,
  void_reason text,
  voided_by uuid REFERENCES users,
  voided_at timestamptz,
  -- Void needs two people and a reason (rd1 §1.5).
  CHECK (state <> 'void' OR (void_reason IS NOT NULL AND voided_by IS NOT NULL AND voided_by <> void_requested_by))
);
-- No redraw: one draw that is not void per batch and stage.
CREATE UNIQUE INDEX draws_no_redraw ON draws (regulator_id, batch, stage) WHERE state <> 'void';

-- Every file of a draw, as published; result.tsv has one row per link of its chain (n = 1, 2, …).
CREATE TABLE draw_files (
  draw_id text COLLATE "C" NOT NULL REFERENCES draws,
  name text NOT NULL CHECK (name IN ('plan.json', 'frame.tsv', 'roster.tsv', 'avoid.tsv', 'seed.txt', 'entropy.json', 'exclude.tsv', 'recuse.tsv', 'result.tsv')),
  n integer NOT NULL DEFAULT 1 CHECK (n >= 1),
  content bytea NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (draw_id, name, n)
);
CREATE TRIGGER draw_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draw_files
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE drawn_objects (
  draw_id text COLLATE "C" NOT NULL REFERENCES draws,
  object text COLLATE "C" NOT NULL REFERENCES declarations (id),
  stratum text COLLATE "C" NOT NULL,
  rank integer NOT NULL,
  inspectors text[] NOT NULL,
  PRIMARY KEY (draw_id, object)
);
CREATE INDEX drawn_objects_object ON drawn_objects (object);
CREATE TRIGGER drawn_objects_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON drawn_objects
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE findings (
  id uuid PRIMARY KEY,
  regulator_id uuid NOT NULL REFERENCES organisations,
  draw_id text COLLATE "C" NOT NULL,
  object text COLLATE "C" NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('conforming', 'conforming-with-flaws', 'nonconforming', 'not-verifiable')),
  codes text[] NOT NULL,
  note text NOT NULL CHECK (length(note) <= 4000),
  state text NOT NULL CHECK (state IN ('entered', 'confirmed', 'published')),
  revision integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
  entered_by uuid NOT NULL REFERENCES users,
  entered_at timestamptz NOT NULL DEFAULT register_now(),
  confirmed_by uuid REFERENCES users,
  confirmed_at timestamptz,
  published_by uuid REFERENCES users,
  published_at timestamptz,
  document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  FOREIGN KEY (draw_id, object) REFERENCES drawn_objects (draw_id, object),
  UNIQUE (draw_id, object),
  -- A finding is confirmed by a second person before it can be public.
  CHECK (confirmed_by <> entered_by),
  CHECK (state = 'entered' OR confirmed_by IS NOT NULL),
  CHECK ((state = 'published') = (published_at IS NOT NULL))
);
CREATE INDEX findings_object ON findings (object);

ALTER TABLE draws ENABLE ROW LEVEL SECURITY;
ALTER TABLE draws FORCE ROW LEVEL SECURITY;
CREATE POLICY draws_public ON draws FOR SELECT USING (true);
CREATE POLICY draws_insert ON draws FOR INSERT WITH CHECK (regulator_id = app_organisation());
CREATE POLICY draws_update ON draws FOR UPDATE
  USING (regulator_id = app_organisation()) WITH CHECK (regulator_id = app_organisation());
ALTER TABLE draw_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE draw_files FORCE ROW LEVEL SECURITY;
CREATE POLICY draw_files_public ON draw_files FOR SELECT USING (true);
CREATE POLICY draw_files_insert ON draw_files FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM draws d WHERE d.id = draw_id AND d.regulator_id = app_organisation()));
ALTER TABLE drawn_objects ENABLE ROW LEVEL SECURITY;
ALTER TABLE drawn_objects FORCE ROW LEVEL SECURITY;
CREATE POLICY drawn_objects_public ON drawn_objects FOR SELECT USING (true);
CREATE POLICY drawn_objects_insert ON drawn_objects FOR INSERT
  WITH CHECK (EXISTS (SELECT FROM draws d WHERE d.id = draw_id AND d.regulator_id = app_organisation()));
ALTER TABLE findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE findings FORCE ROW LEVEL SECURITY;
CREATE POLICY findings_read ON findings FOR SELECT USING (state = 'published' OR regulator_id = app_organisation());
CREATE POLICY findings_insert ON findings FOR INSERT
  WITH CHECK (regulator_id = app_organisation()
    AND EXISTS (SELECT FROM draws d WHERE d.id = draw_id AND d.regulator_id = app_organisation()));
CREATE POLICY findings_update ON findings FOR UPDATE
  USING (regulator_id = app_organisation() AND state <> 'published') WITH CHECK (regulator_id = app_organisation());

GRANT SELECT, INSERT, UPDATE ON draws, findings TO lingpao_app;
GRANT SELECT, INSERT ON draw_files, drawn_objects TO lingpao_app;

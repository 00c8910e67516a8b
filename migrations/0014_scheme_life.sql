-- The life of a scheme: drafts of a body, the objection period (公示), entry into force, retirement.

-- Categories of graded tables that schemes begin with.
INSERT INTO categories (code, name_zh, name_en) VALUES
  ('C3072.toilet', '坐便器', 'Toilets'),
  ('C3352.faucet', '水嘴', 'Faucets'),
  ('C3352.shower', '淋浴器', 'Showers');

-- What is typed so far, seen by its body alone; checked only when it is proposed.
CREATE TABLE scheme_drafts (
  id uuid PRIMARY KEY,
  body_id uuid NOT NULL REFERENCES organisations,
  revision integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
  content jsonb NOT NULL CHECK (octet_length(content::text) <= 2097152),
  saved_by uuid NOT NULL REFERENCES users,
  saved_at timestamptz NOT NULL
);
CREATE INDEX scheme_drafts_body ON scheme_drafts (body_id);

-- Every step of every version, in order. A version is what its newest step says that has taken effect.
CREATE TABLE scheme_stages (
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  n integer NOT NULL CHECK (n >= 1),
  stage text NOT NULL CHECK (stage IN ('objection', 'in-force', 'retired', 'returned')),
  -- The day in Beijing from which it holds: entry into force and retirement may be ahead.
  effective_on date NOT NULL,
  -- The last day on which objections to a proposed version are taken.
  objections_until date,
  reason text CHECK (length(reason) BETWEEN 1 AND 500),
  done_by uuid NOT NULL REFERENCES users,
  done_at timestamptz NOT NULL,
  PRIMARY KEY (code, version, n),
  FOREIGN KEY (code, version) REFERENCES scheme_versions (code, version),
  CONSTRAINT scheme_stages_objection CHECK ((stage = 'objection') = (objections_until IS NOT NULL)),
  CONSTRAINT scheme_stages_reason CHECK (stage NOT IN ('retired', 'returned') OR reason IS NOT NULL)
);

-- Versions published before there were stages have been in force since then, each until the next.
INSERT INTO scheme_stages (code, version, n, stage, effective_on, reason, done_by, done_at)
  SELECT code, version, 1, 'in-force', (published_at AT TIME ZONE 'Asia/Shanghai')::date, NULL, published_by, published_at
  FROM scheme_versions;
INSERT INTO scheme_stages (code, version, n, stage, effective_on, reason, done_by, done_at)
  SELECT v.code, v.version, 2, 'retired', (next.published_at AT TIME ZONE 'Asia/Shanghai')::date,
    '由第 ' || next.version || ' 版替代', next.published_by, next.published_at
  FROM scheme_versions v JOIN scheme_versions next ON next.code = v.code AND next.version = v.version + 1;

-- A version begins with its objection period; another person than who proposed it brings it into force; what was returned
-- or retired stays so.
CREATE FUNCTION keep_scheme_stages_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before scheme_stages;
BEGIN
  SELECT * INTO before FROM scheme_stages WHERE code = NEW.code AND version = NEW.version ORDER BY n DESC LIMIT 1;
  IF NEW.n <> coalesce(before.n, 0) + 1
     OR (NEW.stage = 'objection') <> (before.n IS NULL)
     OR (NEW.stage IN ('in-force', 'returned') AND before.stage <> 'objection')
     OR (NEW.stage = 'retired' AND before.stage NOT IN ('in-force', 'retired'))
     OR (NEW.stage = 'in-force' AND (before.done_by = NEW.done_by OR before.objections_until >= NEW.effective_on)) THEN
    RAISE EXCEPTION '% cannot follow', NEW.stage USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_stages_order';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scheme_stages_in_order BEFORE INSERT ON scheme_stages
  FOR EACH ROW EXECUTE FUNCTION keep_scheme_stages_in_order();
CREATE TRIGGER scheme_stages_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scheme_stages
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE scheme_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheme_drafts FORCE ROW LEVEL SECURITY;
CREATE POLICY scheme_drafts_own ON scheme_drafts
  USING (body_id = app_organisation()) WITH CHECK (body_id = app_organisation());
ALTER TABLE scheme_stages ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheme_stages FORCE ROW LEVEL SECURITY;
CREATE POLICY scheme_stages_public ON scheme_stages FOR SELECT USING (true);
CREATE POLICY scheme_stages_insert ON scheme_stages FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM scheme_versions v WHERE v.code = scheme_stages.code AND v.version = scheme_stages.version
    AND v.body_id = app_organisation()));

GRANT SELECT, INSERT, UPDATE, DELETE ON scheme_drafts TO lingpao_app;
GRANT SELECT, INSERT ON scheme_stages TO lingpao_app;

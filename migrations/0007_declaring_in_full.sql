-- Declaring in full: barcodes, versions that outlive a hand-over, GB/T 4754 classes, the catalogue of standards and limits.

-- A revised edition stays the declaration it is, under its new number; nothing was ever stored as superseded.
ALTER TABLE declarations DROP CONSTRAINT declarations_state_check;
ALTER TABLE declarations ADD CONSTRAINT declarations_state_check
  CHECK (state IN ('current', 'withdrawn', 'abolished', 'number-revoked'));
ALTER TABLE declaration_versions DROP CONSTRAINT declaration_versions_event_check;
ALTER TABLE declaration_versions ADD CONSTRAINT declaration_versions_event_check
  CHECK (event IN ('published', 'revised', 'corrected', 'withdrawn', 'abolished', 'number-revoked'));

-- Abolishing a standard and revoking its number belong to authorities of province level and above (标准化法 arts. 39, 42), for
-- the enterprises of their own division.
CREATE FUNCTION app_may_end(of_credit_code text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.organisations
     WHERE id = public.app_organisation() AND kind = 'regulator' AND state = 'active'
       AND length(region_grant) <= 2 AND starts_with(substr(of_credit_code, 3, 6), region_grant)) $$;
CREATE POLICY declarations_ended ON declarations FOR UPDATE
  USING (app_may_end(credit_code)) WITH CHECK (state IN ('abolished', 'number-revoked') AND app_may_end(credit_code));
CREATE POLICY declaration_versions_ended ON declaration_versions FOR INSERT
  WITH CHECK (event IN ('abolished', 'number-revoked') AND app_may_end(credit_code));

ALTER TABLE declarations ADD COLUMN barcodes text[] NOT NULL DEFAULT '{}';
CREATE INDEX declarations_barcodes ON declarations USING gin (barcodes);

-- Declarations may be handed over to another enterprise (merger, split), while each version stays that of who declared it.
-- So a version belongs to the holder of its declaration when it is written, and not for ever.
ALTER TABLE declaration_versions DROP CONSTRAINT declaration_versions_organisation_id_declaration_id_fkey;
ALTER TABLE declaration_versions ADD CONSTRAINT declaration_versions_declaration_fkey
  FOREIGN KEY (declaration_id) REFERENCES declarations (id);
CREATE FUNCTION version_is_of_its_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.declarations WHERE id = NEW.declaration_id AND organisation_id = NEW.organisation_id) THEN
    RAISE EXCEPTION 'a version belongs to the organisation that its declaration belongs to' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
-- After the statement, because a declaration and its first version are written by one.
CREATE TRIGGER declaration_versions_holder AFTER INSERT ON declaration_versions
  FOR EACH ROW EXECUTE FUNCTION version_is_of_its_holder();

-- GB/T 4754-2017 has no official English names for all classes; none is invented.
ALTER TABLE categories ALTER COLUMN name_en DROP NOT NULL;
ALTER TABLE categories DROP CONSTRAINT categories_code_check;
ALTER TABLE categories ADD CONSTRAINT categories_code_check CHECK (code ~ '^[A-T]\d{2,4}(\.[a-z0-9-]{1,40})?$');

-- The catalogue of standards and of their limits, in snapshots: a row holds from the snapshot that brought it until the one
-- that changed or dropped it, so every earlier state can still be asked for.
CREATE TABLE catalogue_snapshots (
  snapshot integer PRIMARY KEY CHECK (snapshot >= 1),
  kind text NOT NULL CHECK (kind IN ('standards', 'limits')),
  organisation_id uuid NOT NULL REFERENCES organisations,
  imported_by uuid NOT NULL REFERENCES users,
  imported_at timestamptz NOT NULL,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 300),
  -- Whether rows that the file lacks are dropped (`whole`) or stay (`part`).
  extent text NOT NULL CHECK (extent IN ('whole', 'part')),
  file_sha256 text NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
  entries integer NOT NULL,
  added integer NOT NULL,
  changed integer NOT NULL,
  removed integer NOT NULL,
  -- What changed, entry by entry; canonical JSON whose hash the public log holds.
  report text NOT NULL,
  report_sha256 text NOT NULL CHECK (report_sha256 ~ '^[0-9a-f]{64}$')
);
CREATE TRIGGER catalogue_snapshots_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_snapshots
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE catalogue_standards (
  compact text COLLATE "C" NOT NULL,
  since integer NOT NULL REFERENCES catalogue_snapshots,
  until integer REFERENCES catalogue_snapshots,
  level text NOT NULL,
  -- The entry as canonical JSON.
  document text NOT NULL,
  search_text text NOT NULL,
  search_bigrams text[] GENERATED ALWAYS AS (bigrams(search_text)) STORED,
  PRIMARY KEY (compact, since),
  CHECK (until > since)
);
CREATE UNIQUE INDEX catalogue_standards_now ON catalogue_standards (compact) WHERE until IS NULL;
CREATE INDEX catalogue_standards_search ON catalogue_standards USING gin (search_bigrams) WHERE until IS NULL;

CREATE TABLE standard_limits (
  code text COLLATE "C" NOT NULL,
  since integer NOT NULL REFERENCES catalogue_snapshots,
  until integer REFERENCES catalogue_snapshots,
  category text COLLATE "C" NOT NULL,
  document text NOT NULL,
  PRIMARY KEY (code, since),
  CHECK (until > since)
);
CREATE UNIQUE INDEX standard_limits_now ON standard_limits (code) WHERE until IS NULL;
CREATE INDEX standard_limits_category ON standard_limits (category) WHERE until IS NULL;

ALTER TABLE catalogue_snapshots ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_snapshots FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_snapshots_public ON catalogue_snapshots FOR SELECT USING (true);
CREATE POLICY catalogue_snapshots_insert ON catalogue_snapshots FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is('coordinating-body'));
ALTER TABLE catalogue_standards ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalogue_standards FORCE ROW LEVEL SECURITY;
CREATE POLICY catalogue_standards_public ON catalogue_standards FOR SELECT USING (true);
CREATE POLICY catalogue_standards_insert ON catalogue_standards FOR INSERT WITH CHECK (app_is('coordinating-body'));
CREATE POLICY catalogue_standards_close ON catalogue_standards FOR UPDATE
  USING (until IS NULL AND app_is('coordinating-body')) WITH CHECK (app_is('coordinating-body'));
ALTER TABLE standard_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE standard_limits FORCE ROW LEVEL SECURITY;
CREATE POLICY standard_limits_public ON standard_limits FOR SELECT USING (true);
CREATE POLICY standard_limits_insert ON standard_limits FOR INSERT WITH CHECK (app_is('coordinating-body'));
CREATE POLICY standard_limits_close ON standard_limits FOR UPDATE
  USING (until IS NULL AND app_is('coordinating-body')) WITH CHECK (app_is('coordinating-body'));

GRANT SELECT, INSERT ON catalogue_snapshots TO lingpao_app;
GRANT SELECT, INSERT ON catalogue_standards, standard_limits TO lingpao_app;
GRANT UPDATE (until) ON catalogue_standards, standard_limits TO lingpao_app;


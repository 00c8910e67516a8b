-- Looking the catalogue up; the texts of own standards; orders that withhold a text from the public.

-- What took the place of a standard, by compact number: a successor asks for its predecessors.
ALTER TABLE catalogue_standards ADD COLUMN replaced_by text[] NOT NULL DEFAULT '{}';
CREATE INDEX catalogue_standards_replaced_by ON catalogue_standards USING gin (replaced_by) WHERE until IS NULL;
CREATE INDEX catalogue_standards_level ON catalogue_standards (level, compact) WHERE until IS NULL;
ALTER TABLE standard_limits ADD COLUMN standard text COLLATE "C" NOT NULL;
CREATE INDEX standard_limits_standard ON standard_limits (standard) WHERE until IS NULL;

-- In brackets the question is asked once a statement, and not of each of 270,000 rows.
ALTER POLICY catalogue_standards_insert ON catalogue_standards WITH CHECK ((SELECT app_is('coordinating-body')));
ALTER POLICY catalogue_standards_close ON catalogue_standards
  USING (until IS NULL AND (SELECT app_is('coordinating-body'))) WITH CHECK ((SELECT app_is('coordinating-body')));
ALTER POLICY standard_limits_insert ON standard_limits WITH CHECK ((SELECT app_is('coordinating-body')));
ALTER POLICY standard_limits_close ON standard_limits
  USING (until IS NULL AND (SELECT app_is('coordinating-body'))) WITH CHECK ((SELECT app_is('coordinating-body')));

-- A text that an enterprise uploaded, by the hash of its bytes; the bytes lie in parts, so that any node reads them.
CREATE TABLE standard_texts (
  sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  organisation_id uuid NOT NULL REFERENCES organisations,
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 20971520),
  pages integer NOT NULL CHECK (pages >= 1),
  has_text_layer boolean NOT NULL,
  uploaded_by uuid NOT NULL REFERENCES users,
  uploaded_at timestamptz NOT NULL,
  PRIMARY KEY (sha256, organisation_id)
);
CREATE TABLE standard_text_parts (
  sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  n integer NOT NULL CHECK (n >= 0),
  content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 262144),
  PRIMARY KEY (sha256, n)
);
-- PDF is compressed in itself; trying again costs time and gains nothing.
ALTER TABLE standard_text_parts ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TRIGGER standard_texts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON standard_texts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER standard_text_parts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON standard_text_parts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which published versions name which text. Written by the version itself, so that no way of publishing can leave it out.
CREATE TABLE declaration_texts (
  sha256 text COLLATE "C" NOT NULL,
  declaration_id text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (sha256, declaration_id, revision),
  FOREIGN KEY (declaration_id, revision) REFERENCES declaration_versions (declaration_id, revision)
);
CREATE TRIGGER declaration_texts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration_texts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A version may name a text that its organisation uploaded, or that an earlier version of the same declaration named.
CREATE FUNCTION version_names_its_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  named text := NEW.document::jsonb #>> '{content,text,sha256}';
BEGIN
  IF named IS NULL THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM standard_texts WHERE sha256 = named AND organisation_id = NEW.organisation_id)
     AND NOT EXISTS (SELECT FROM declaration_texts WHERE sha256 = named AND declaration_id = NEW.declaration_id) THEN
    RAISE EXCEPTION 'the text % was not uploaded', named
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'declaration_texts_known';
  END IF;
  INSERT INTO declaration_texts (sha256, declaration_id, revision) VALUES (named, NEW.declaration_id, NEW.revision);
  RETURN NULL;
END $$;
-- Most declarations name none: a look at the bytes is 20 times cheaper than reading the document.
CREATE TRIGGER declaration_versions_text AFTER INSERT ON declaration_versions
  FOR EACH ROW WHEN (strpos(NEW.document, '"text":{') > 0) EXECUTE FUNCTION version_names_its_text();

-- A text is withheld by a regulator only, by two persons, with reason and article; the notice and the hash stay public.
CREATE TABLE withholding_orders (
  id uuid PRIMARY KEY,
  sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  regulator_id uuid NOT NULL REFERENCES organisations,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  article text NOT NULL CHECK (length(article) BETWEEN 1 AND 200),
  state text NOT NULL CHECK (state IN ('requested', 'confirmed')),
  requested_by uuid NOT NULL REFERENCES users,
  requested_at timestamptz NOT NULL,
  confirmed_by uuid REFERENCES users,
  confirmed_at timestamptz,
  -- The notice that the public reads, as canonical JSON.
  notice text,
  notice_sha256 text CHECK (notice_sha256 ~ '^[0-9a-f]{64}$'),
  CHECK ((state = 'confirmed') = (confirmed_by IS NOT NULL)),
  CHECK ((state = 'confirmed') = (notice_sha256 IS NOT NULL)),
  CONSTRAINT withholding_orders_two_persons CHECK (confirmed_by <> requested_by)
);
CREATE UNIQUE INDEX withholding_orders_open ON withholding_orders (sha256, regulator_id) WHERE state = 'requested';
CREATE UNIQUE INDEX withholding_orders_confirmed ON withholding_orders (sha256) WHERE state = 'confirmed';

ALTER TABLE standard_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE standard_texts FORCE ROW LEVEL SECURITY;
CREATE POLICY standard_texts_read ON standard_texts FOR SELECT USING (
  organisation_id = app_organisation() OR EXISTS (SELECT FROM declaration_texts d WHERE d.sha256 = standard_texts.sha256));
CREATE POLICY standard_texts_owner ON standard_texts FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY standard_texts_upload ON standard_texts FOR INSERT
  WITH CHECK (organisation_id = app_organisation() AND app_is('enterprise'));
ALTER TABLE standard_text_parts ENABLE ROW LEVEL SECURITY;
ALTER TABLE standard_text_parts FORCE ROW LEVEL SECURITY;
-- Only bytes that the asker may see a text of, and that no order withholds.
CREATE POLICY standard_text_parts_read ON standard_text_parts FOR SELECT USING (
  EXISTS (SELECT FROM standard_texts t WHERE t.sha256 = standard_text_parts.sha256)
  AND NOT EXISTS (SELECT FROM withholding_orders w WHERE w.sha256 = standard_text_parts.sha256 AND w.state = 'confirmed'));
CREATE POLICY standard_text_parts_upload ON standard_text_parts FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM standard_texts t
          WHERE t.sha256 = standard_text_parts.sha256 AND t.organisation_id = app_organisation()));
ALTER TABLE declaration_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE declaration_texts FORCE ROW LEVEL SECURITY;
CREATE POLICY declaration_texts_public ON declaration_texts FOR SELECT USING (true);
CREATE POLICY declaration_texts_owner ON declaration_texts TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE withholding_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE withholding_orders FORCE ROW LEVEL SECURITY;
CREATE POLICY withholding_orders_read ON withholding_orders FOR SELECT
  USING (state = 'confirmed' OR regulator_id = app_organisation());
CREATE POLICY withholding_orders_request ON withholding_orders FOR INSERT
  WITH CHECK (regulator_id = app_organisation() AND state = 'requested' AND app_is('regulator'));
CREATE POLICY withholding_orders_confirm ON withholding_orders FOR UPDATE
  USING (regulator_id = app_organisation() AND state = 'requested') WITH CHECK (regulator_id = app_organisation());

REVOKE ALL ON FUNCTION version_names_its_text FROM PUBLIC;
GRANT SELECT, INSERT ON standard_texts, standard_text_parts TO lingpao_app;
GRANT SELECT ON declaration_texts TO lingpao_app;
GRANT SELECT, INSERT ON withholding_orders TO lingpao_app;
GRANT UPDATE (state, confirmed_by, confirmed_at, notice, notice_sha256) ON withholding_orders TO lingpao_app;

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

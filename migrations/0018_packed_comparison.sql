-- What comparisons read in place of whole documents: derived from them, never a second truth. Both tables may be emptied at
-- any time (the next run fills them again); nothing refers to them.

-- Declared rows, sets of parameters and sets of cited standards, each once a category; an id is a place in this order.
CREATE TABLE packed_terms (
  category text COLLATE "C" NOT NULL REFERENCES categories,
  -- Another form of what is derived begins anew beside the old one.
  form integer NOT NULL,
  first integer NOT NULL CHECK (first >= 0),
  -- One JSON text a line.
  content text NOT NULL,
  PRIMARY KEY (category, form, first)
);

-- Versions of a category that were logged between two log sizes, in neutral order.
CREATE TABLE packed_versions (
  category text COLLATE "C" NOT NULL REFERENCES categories,
  form integer NOT NULL,
  n integer NOT NULL CHECK (n >= 0),
  log_from bigint NOT NULL,
  log_to bigint NOT NULL CHECK (log_to >= log_from),
  count integer NOT NULL CHECK (count >= 0),
  -- One a line.
  declarations text NOT NULL,
  credit_codes text NOT NULL,
  numbers text NOT NULL,
  -- 64 characters each.
  hashes text NOT NULL,
  -- Little-endian 32-bit numbers, as src/domain/comparisons/packed.ts writes them.
  terms bytea NOT NULL,
  PRIMARY KEY (category, form, n)
);
ALTER TABLE packed_versions ALTER COLUMN hashes SET STORAGE EXTERNAL, ALTER COLUMN terms SET STORAGE EXTERNAL,
  ALTER COLUMN declarations SET STORAGE EXTERNAL, ALTER COLUMN numbers SET STORAGE EXTERNAL;

ALTER TABLE packed_terms ENABLE ROW LEVEL SECURITY;
ALTER TABLE packed_terms FORCE ROW LEVEL SECURITY;
CREATE POLICY packed_terms_public ON packed_terms FOR SELECT USING (true);
CREATE POLICY packed_terms_insert ON packed_terms FOR INSERT WITH CHECK (app_owner() = 'worker');
ALTER TABLE packed_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE packed_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY packed_versions_public ON packed_versions FOR SELECT USING (true);
CREATE POLICY packed_versions_insert ON packed_versions FOR INSERT WITH CHECK (app_owner() = 'worker');
CREATE TRIGGER packed_terms_kept BEFORE UPDATE ON packed_terms FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER packed_versions_kept BEFORE UPDATE ON packed_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON packed_terms, packed_versions TO lingpao_app;

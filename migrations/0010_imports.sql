-- Bulk imports: the file as it was sent, what its check found cell by cell, and what became of each row. All of it is the
-- enterprise's own; what is imported is public as any declaration is.

CREATE TABLE imports (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^imp-[A-Za-z0-9]{1,60}$'),
  organisation_id uuid NOT NULL REFERENCES organisations,
  format text NOT NULL CHECK (format IN ('csv', 'jsonl', 'xlsx')),
  encoding text NOT NULL DEFAULT 'utf-8' CHECK (encoding IN ('utf-8', 'gb18030', 'utf-16le')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  bytes bigint NOT NULL DEFAULT 0,
  -- Line breaks of the file: about its rows, for showing progress.
  lines bigint NOT NULL DEFAULT 0,
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  -- The bytes and what was given for all rows; the same once more is the same import.
  identity text CHECK (identity ~ '^[0-9a-f]{64}$'),
  category text COLLATE "C",
  signer text,
  capacity text CHECK (capacity IN ('legal-representative', 'authorised-person')),
  state text NOT NULL CHECK (state IN ('receiving', 'checking', 'checked', 'importing', 'imported', 'refused', 'cancelled', 'failed')),
  sent_by uuid NOT NULL REFERENCES users,
  -- An API key, or the mandate of an agent's person; null for the enterprise's own people.
  sent_key uuid REFERENCES api_keys,
  sent_mandate uuid,
  sent_role text NOT NULL CHECK (sent_role IN ('admin', 'publisher', 'drafter')),
  sent_at timestamptz NOT NULL,
  -- The last row whose verdict is stored with it, in one transaction; a killed check goes on behind it.
  checked_through integer NOT NULL DEFAULT 0,
  good integer NOT NULL DEFAULT 0,
  warned integer NOT NULL DEFAULT 0,
  bad integer NOT NULL DEFAULT 0,
  already integer NOT NULL DEFAULT 0,
  faults integer NOT NULL DEFAULT 0,
  checked_at timestamptz,
  -- Why the file as a whole was refused.
  refusal jsonb,
  -- Choosing counts from 1; rows that stayed behind may be chosen again, with their warnings answered.
  decision integer NOT NULL DEFAULT 0,
  decided_by uuid REFERENCES users,
  decided_key uuid REFERENCES api_keys,
  decided_mandate uuid,
  decided_role text CHECK (decided_role IN ('admin', 'publisher', 'drafter')),
  decided_at timestamptz,
  waived_codes text[] NOT NULL DEFAULT '{}',
  waived_reason text,
  waived_by text,
  to_import integer NOT NULL DEFAULT 0,
  imported_through integer NOT NULL DEFAULT 0,
  imported integer NOT NULL DEFAULT 0,
  late integer NOT NULL DEFAULT 0,
  finished_at timestamptz,
  UNIQUE (organisation_id, id),
  CHECK (state = 'receiving' OR identity IS NOT NULL),
  CHECK (decision = 0 OR decided_at IS NOT NULL)
);
CREATE INDEX imports_organisation ON imports (organisation_id, sent_at);
CREATE UNIQUE INDEX imports_identity ON imports (organisation_id, identity)
  WHERE state IN ('checking', 'checked', 'importing', 'imported');

-- The file in parts of 256 KiB, in the database so that the workers of every node can read it.
CREATE TABLE import_file_parts (
  import_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  part integer NOT NULL CHECK (part >= 0),
  content bytea NOT NULL CHECK (octet_length(content) <= 1048576),
  PRIMARY KEY (import_id, part),
  FOREIGN KEY (organisation_id, import_id) REFERENCES imports (organisation_id, id) ON DELETE CASCADE
);
-- What is packed already is not packed again.
ALTER TABLE import_file_parts ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE import_faults (
  import_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  -- 0: found by the check; n: found while importing after the n-th choice.
  run integer NOT NULL CHECK (run >= 0),
  row integer NOT NULL CHECK (row >= 0),
  n integer NOT NULL CHECK (n >= 0),
  col integer,
  header text,
  at text NOT NULL,
  code text COLLATE "C" NOT NULL,
  severity text NOT NULL CHECK (severity IN ('refuse', 'state', 'warn', 'note')),
  found text,
  expected jsonb NOT NULL,
  remedy jsonb NOT NULL,
  about text,
  PRIMARY KEY (import_id, run, row, n),
  FOREIGN KEY (organisation_id, import_id) REFERENCES imports (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX import_faults_groups ON import_faults (import_id, severity, code, header);

-- Rows that may go in, with their declaration when they did.
CREATE TABLE import_rows (
  import_id text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL,
  row integer NOT NULL CHECK (row >= 1),
  verdict text NOT NULL CHECK (verdict IN ('good', 'warned', 'already')),
  -- Compact form of an own number, which a file names once.
  own_number text COLLATE "C",
  content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
  declaration_id text COLLATE "C" REFERENCES declarations,
  PRIMARY KEY (import_id, row),
  FOREIGN KEY (organisation_id, import_id) REFERENCES imports (organisation_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX import_rows_own_number ON import_rows (import_id, own_number);
CREATE INDEX import_rows_content ON import_rows (organisation_id, content_sha256) WHERE declaration_id IS NOT NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['imports', 'import_file_parts', 'import_faults', 'import_rows'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON %I USING (organisation_id = app_organisation()) WITH CHECK (organisation_id = app_organisation())', name || '_own', name);
    EXECUTE format('CREATE POLICY %I ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name || '_owner', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON imports TO lingpao_app;
GRANT SELECT, INSERT, DELETE ON import_file_parts TO lingpao_app;
GRANT SELECT, INSERT ON import_faults TO lingpao_app;
GRANT SELECT, INSERT, UPDATE ON import_rows TO lingpao_app;

-- Files are kept for seven days after their last act; an upload that broke off, for an hour.
CREATE FUNCTION forget_imports() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS
  $$ DELETE FROM imports WHERE state = 'receiving' AND sent_at < register_now() - interval '1 hour';
     UPDATE imports SET state = 'cancelled', finished_at = register_now()
       WHERE state = 'checked' AND checked_at < register_now() - interval '7 days';
     DELETE FROM import_file_parts p USING imports i
       WHERE i.id = p.import_id AND i.state IN ('imported', 'refused', 'cancelled', 'failed')
         AND i.finished_at < register_now() - interval '7 days' $$;
REVOKE ALL ON FUNCTION forget_imports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_imports TO lingpao_app;

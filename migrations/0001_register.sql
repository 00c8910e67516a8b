-- The register itself: its clock, the application role, and the parts that every act uses (audit trail, outbox, keys).

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lingpao_app') THEN
    CREATE ROLE lingpao_app NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- two nodes migrating two databases of one server
END $$;
-- The owner also serves in small installations. A member needs no grant, and one who is not a superuser could not give it.
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'lingpao_app', CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    GRANT lingpao_app TO CURRENT_USER;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO lingpao_app;

-- One row, written when the register is founded. Its kind never changes; only a demonstration or a test may shift time.
CREATE TABLE register (
  one bool PRIMARY KEY DEFAULT true CHECK (one),
  kind text NOT NULL CHECK (kind IN ('real', 'demonstration', 'test')),
  shift interval NOT NULL DEFAULT '0',
  operator_token_sha256 text CHECK (operator_token_sha256 ~ '^[0-9a-f]{64}$'),
  founded_at timestamptz NOT NULL DEFAULT now(),
  CHECK (kind <> 'real' OR shift = '0')
);

CREATE FUNCTION keep_register_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'the kind of a register is permanent' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_kind_is_permanent BEFORE UPDATE OR DELETE ON register
  FOR EACH ROW EXECUTE FUNCTION keep_register_kind();

-- The only clock of the service.
CREATE FUNCTION register_now() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT now() + coalesce((SELECT shift FROM public.register), interval '0') $$;

CREATE FUNCTION shift_register(by interval) RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE register SET shift = shift + by WHERE kind <> 'real';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'time may be shifted only in a demonstration or test register' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN register_now();
END $$;

-- Who acts, for row-level security: set by each transaction. After a commit the setting reads '', hence nullif.
CREATE FUNCTION app_organisation() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.organisation', true), '')::uuid $$;
CREATE FUNCTION app_owner() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('app.owner', true), '') $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER register_stays BEFORE TRUNCATE ON register FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT register_now(),
  organisation_id uuid,
  actor text NOT NULL,
  action text NOT NULL CHECK (action ~ '^[a-z-]+\.[a-z-]+$'),
  subject text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  request_id text
);
CREATE INDEX audit_events_subject ON audit_events (subject);
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_events FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_write ON audit_events FOR INSERT WITH CHECK (organisation_id IS NOT DISTINCT FROM app_organisation());
CREATE POLICY audit_read ON audit_events FOR SELECT USING (organisation_id = app_organisation());

-- Answers already given, so that a repeated request gets the same bytes. Kept seven days.
CREATE TABLE idempotency_keys (
  owner text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint text NOT NULL,
  status smallint NOT NULL,
  answer text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY idempotency_own ON idempotency_keys USING (owner = app_owner()) WITH CHECK (owner = app_owner());

-- Work to do, born in the transaction that causes it and closed by the transaction that finishes it.
CREATE TABLE outbox (
  job_key text PRIMARY KEY CHECK (job_key ~ '^[A-Za-z][A-Za-z0-9._-]{0,199}$'),
  kind text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  next_send_at timestamptz NOT NULL DEFAULT now(),
  sends integer NOT NULL DEFAULT 0,
  tries integer NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dead')),
  finished_at timestamptz
);
CREATE INDEX outbox_to_send ON outbox (next_send_at) WHERE state = 'open';

CREATE TABLE job_failures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_key text NOT NULL REFERENCES outbox (job_key) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  attempt integer NOT NULL,
  message text NOT NULL
);
CREATE INDEX job_failures_job ON job_failures (job_key);

GRANT SELECT ON register TO lingpao_app;
GRANT SELECT, INSERT ON audit_events TO lingpao_app;
GRANT SELECT, INSERT, DELETE ON idempotency_keys TO lingpao_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, job_failures TO lingpao_app;

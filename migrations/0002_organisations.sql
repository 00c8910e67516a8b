-- Organisations, their people, sessions and keys.

CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('enterprise', 'assessment-body', 'coordinating-body', 'regulator', 'operator')),
  credit_code text NOT NULL UNIQUE CHECK (credit_code ~ '^[0-9A-Z]{18}$'),
  credit_code_mark text NOT NULL CHECK (credit_code_mark IN ('regular', 'issued-exception', 'operator-confirmed', 'unconfirmed')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- Administrative division that a regulator may act in, as a prefix of GB/T 2260; '' is national.
  region_grant text CHECK (region_grant ~ '^\d{0,6}$'),
  state text NOT NULL CHECK (state IN ('applied', 'active', 'refused', 'suspended')),
  invented bool NOT NULL DEFAULT false,
  proof_method text NOT NULL CHECK (proof_method IN ('licence', 'letter', 'domain', 'founding')),
  proof_evidence_sha256 text NOT NULL CHECK (proof_evidence_sha256 ~ '^[0-9a-f]{64}$'),
  proof_statement text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT register_now(),
  decided_at timestamptz,
  decided_by uuid,
  decision_reason text,
  CHECK (kind <> 'regulator' OR region_grant IS NOT NULL),
  CHECK (state = 'applied' OR decided_at IS NOT NULL)
);

CREATE TABLE users (
  id uuid PRIMARY KEY,
  login_name text NOT NULL UNIQUE CHECK (login_name ~ '^[a-z0-9][a-z0-9._@-]{2,99}$'),
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT register_now(),
  disabled_at timestamptz
);

CREATE TABLE memberships (
  organisation_id uuid NOT NULL REFERENCES organisations,
  user_id uuid NOT NULL REFERENCES users,
  role text NOT NULL CHECK (role IN ('admin', 'publisher', 'drafter')),
  added_at timestamptz NOT NULL DEFAULT register_now(),
  PRIMARY KEY (organisation_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

-- Sessions by the SHA-256 of their cookie; idle 30 minutes and absolute 12 hours are checked by find_session.
CREATE TABLE sessions (
  token_sha256 text PRIMARY KEY CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
  user_id uuid NOT NULL REFERENCES users,
  organisation_id uuid NOT NULL REFERENCES organisations,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE login_failures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login_name text NOT NULL,
  address text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX login_failures_recent ON login_failures (login_name, address, at);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  key_sha256 text NOT NULL UNIQUE CHECK (key_sha256 ~ '^[0-9a-f]{64}$'),
  last_four text NOT NULL CHECK (length(last_four) = 4),
  role text NOT NULL CHECK (role IN ('publisher', 'drafter')),
  created_by uuid NOT NULL REFERENCES users,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK (expires_at <= created_at + interval '366 days')
);
CREATE INDEX api_keys_organisation ON api_keys (organisation_id);

-- What the acting organisation is; for policies that a power, and not a row, belongs to.
CREATE FUNCTION app_is(of_kind text) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT EXISTS (SELECT FROM public.organisations WHERE id = public.app_organisation() AND kind = of_kind AND state = 'active') $$;

ALTER TABLE organisations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations FORCE ROW LEVEL SECURITY;
CREATE POLICY organisations_public ON organisations FOR SELECT USING (true);
CREATE POLICY organisations_apply ON organisations FOR INSERT WITH CHECK (id = app_organisation());
CREATE POLICY organisations_decide ON organisations FOR UPDATE USING (app_is('operator')) WITH CHECK (app_is('operator'));
ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY memberships_own ON memberships
  USING (organisation_id = app_organisation()) WITH CHECK (organisation_id = app_organisation());
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY api_keys_own ON api_keys
  USING (organisation_id = app_organisation()) WITH CHECK (organisation_id = app_organisation());

-- Looking up who someone is happens before there is an organisation to act for, so these few doors see through row
-- security; each returns only what the one credential in hand belongs to. The owner's policies let them read.
CREATE POLICY memberships_owner ON memberships TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY api_keys_owner ON api_keys TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION memberships_of(of_user uuid)
  RETURNS TABLE (organisation_id uuid, role text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT m.organisation_id, m.role FROM memberships m JOIN organisations o ON o.id = m.organisation_id
     WHERE m.user_id = of_user AND o.state = 'active' ORDER BY m.added_at, m.organisation_id $$;

CREATE FUNCTION find_session(token text)
  RETURNS TABLE (user_id uuid, display_name text, role text, organisation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT u.id, u.display_name, m.role, s.organisation_id
     FROM sessions s
     JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
     JOIN memberships m ON m.user_id = u.id AND m.organisation_id = s.organisation_id
     JOIN organisations o ON o.id = s.organisation_id AND o.state = 'active'
     WHERE s.token_sha256 = token
       AND s.seen_at > now() - interval '30 minutes' AND s.created_at > now() - interval '12 hours' $$;

CREATE FUNCTION find_api_key(sha256 text)
  RETURNS TABLE (id uuid, role text, organisation_id uuid, created_by uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT k.id, k.role, k.organisation_id, k.created_by
     FROM api_keys k JOIN organisations o ON o.id = k.organisation_id AND o.state = 'active'
     WHERE k.key_sha256 = sha256 AND k.revoked_at IS NULL AND k.expires_at > now() $$;

-- Removes what is kept for a time only: answers for seven days, sessions for twelve hours, failed logins for a day.
CREATE POLICY idempotency_owner ON idempotency_keys TO CURRENT_USER USING (true);
CREATE FUNCTION forget_expired() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS
  $$ DELETE FROM idempotency_keys WHERE created_at < now() - interval '7 days';
     DELETE FROM sessions WHERE created_at < now() - interval '12 hours';
     DELETE FROM login_failures WHERE at < now() - interval '1 day' $$;

REVOKE ALL ON FUNCTION memberships_of, find_session, find_api_key, forget_expired, shift_register FROM PUBLIC;
GRANT EXECUTE ON FUNCTION memberships_of, find_session, find_api_key, forget_expired, shift_register TO lingpao_app;
GRANT SELECT, INSERT ON users, memberships TO lingpao_app;
GRANT SELECT, INSERT, UPDATE ON organisations, api_keys TO lingpao_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, login_failures TO lingpao_app;

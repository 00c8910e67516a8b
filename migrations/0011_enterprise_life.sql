-- The life of an enterprise (rename, new code, merger, split, transfer, deregistration), and mandates of agents.

ALTER TABLE organisations DROP CONSTRAINT organisations_state_check;
ALTER TABLE organisations ADD CONSTRAINT organisations_state_check
  CHECK (state IN ('applied', 'active', 'refused', 'suspended', 'deregistered'));

CREATE TABLE enterprise_changes (
  id uuid PRIMARY KEY,
  enterprise_id uuid NOT NULL REFERENCES organisations,
  kind text NOT NULL CHECK (kind IN ('renamed', 'recoded', 'merged', 'split', 'transferred', 'deregistered')),
  -- What is asked for, as canonical JSON; its hash is logged when it is confirmed.
  document text NOT NULL,
  -- Who takes declarations over, and which; all of them where none is named.
  receiver_id uuid REFERENCES organisations,
  declarations text[],
  requested_by uuid NOT NULL REFERENCES users,
  requested_at timestamptz NOT NULL,
  accepted_by uuid REFERENCES users,
  accepted_at timestamptz,
  state text NOT NULL CHECK (state IN ('requested', 'accepted', 'confirmed', 'refused')),
  decided_by uuid REFERENCES users,
  decided_at timestamptz,
  decision_reason text,
  CHECK ((receiver_id IS NOT NULL) = (kind IN ('merged', 'split', 'transferred'))),
  CHECK (receiver_id <> enterprise_id),
  CHECK (kind NOT IN ('split', 'transferred') OR declarations IS NOT NULL),
  -- What hands declarations over is accepted by who takes them before it is confirmed.
  CHECK (state <> 'confirmed' OR receiver_id IS NULL OR accepted_by IS NOT NULL)
);
CREATE INDEX enterprise_changes_enterprise ON enterprise_changes (enterprise_id);
CREATE INDEX enterprise_changes_receiver ON enterprise_changes (receiver_id);
CREATE UNIQUE INDEX enterprise_changes_one_at_a_time ON enterprise_changes (enterprise_id, kind)
  WHERE state IN ('requested', 'accepted') AND kind NOT IN ('split', 'transferred');

CREATE SEQUENCE enterprise_change_numbers;
GRANT USAGE ON SEQUENCE enterprise_change_numbers TO lingpao_app;

-- Earlier names and codes, by which an enterprise is still found.
CREATE TABLE former_identities (
  organisation_id uuid NOT NULL REFERENCES organisations,
  credit_code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  until timestamptz NOT NULL,
  change_id uuid NOT NULL REFERENCES enterprise_changes,
  PRIMARY KEY (organisation_id, until)
);
CREATE INDEX former_identities_code ON former_identities (credit_code);
CREATE TRIGGER former_identities_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON former_identities
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE enterprise_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE enterprise_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY enterprise_changes_seen ON enterprise_changes FOR SELECT
  USING (state = 'confirmed' OR enterprise_id = app_organisation() OR receiver_id = app_organisation() OR app_is('operator'));
CREATE POLICY enterprise_changes_ask ON enterprise_changes FOR INSERT
  WITH CHECK (enterprise_id = app_organisation() AND state = 'requested');
CREATE POLICY enterprise_changes_accept ON enterprise_changes FOR UPDATE
  USING (receiver_id = app_organisation() AND state = 'requested')
  WITH CHECK (receiver_id = app_organisation() AND state = 'accepted');
CREATE POLICY enterprise_changes_decide ON enterprise_changes FOR UPDATE
  USING (state IN ('requested', 'accepted') AND app_is('operator')) WITH CHECK (state IN ('confirmed', 'refused') AND app_is('operator'));
ALTER TABLE former_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE former_identities FORCE ROW LEVEL SECURITY;
CREATE POLICY former_identities_public ON former_identities FOR SELECT USING (true);
CREATE POLICY former_identities_insert ON former_identities FOR INSERT WITH CHECK (app_is('operator'));

-- A hand-over moves exactly the declarations that an accepted change names, by the operator who confirms it.
CREATE FUNCTION app_hands_over(of_declaration text, holder uuid) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT public.app_is('operator') AND EXISTS (SELECT FROM public.enterprise_changes
     WHERE state = 'accepted' AND enterprise_id = holder AND (declarations IS NULL OR of_declaration = ANY (declarations))) $$;
CREATE FUNCTION app_takes_over(of_declaration text, holder uuid) RETURNS bool LANGUAGE sql STABLE AS
  $$ SELECT public.app_is('operator') AND EXISTS (SELECT FROM public.enterprise_changes
     WHERE state = 'accepted' AND receiver_id = holder AND (declarations IS NULL OR of_declaration = ANY (declarations))) $$;
CREATE POLICY declarations_handed_over ON declarations FOR UPDATE
  USING (app_hands_over(id, organisation_id)) WITH CHECK (app_takes_over(id, organisation_id));
CREATE POLICY declaration_versions_handed_over ON declaration_versions FOR INSERT
  WITH CHECK (event = 'handed-over' AND app_takes_over(declaration_id, organisation_id));
ALTER TABLE declaration_versions DROP CONSTRAINT declaration_versions_event_check;
ALTER TABLE declaration_versions ADD CONSTRAINT declaration_versions_event_check
  CHECK (event IN ('published', 'revised', 'corrected', 'handed-over', 'withdrawn', 'abolished', 'number-revoked'));

-- An agent acts for an enterprise under a recorded mandate, for a time, and never as its admin.
CREATE TABLE mandates (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES organisations,
  agent_id uuid NOT NULL REFERENCES organisations,
  scope text NOT NULL CHECK (scope IN ('draft', 'publish')),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  evidence_sha256 text NOT NULL CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
  granted_by uuid NOT NULL REFERENCES users,
  granted_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK (principal_id <> agent_id),
  CHECK (valid_to >= valid_from)
);
CREATE INDEX mandates_principal ON mandates (principal_id);
CREATE INDEX mandates_agent ON mandates (agent_id);
ALTER TABLE mandates ENABLE ROW LEVEL SECURITY;
ALTER TABLE mandates FORCE ROW LEVEL SECURITY;
CREATE POLICY mandates_seen ON mandates FOR SELECT USING (principal_id = app_organisation() OR agent_id = app_organisation());
CREATE POLICY mandates_grant ON mandates FOR INSERT WITH CHECK (principal_id = app_organisation());
CREATE POLICY mandates_revoke ON mandates FOR UPDATE
  USING (principal_id = app_organisation()) WITH CHECK (principal_id = app_organisation());
CREATE POLICY mandates_owner ON mandates TO CURRENT_USER USING (true);

-- The mandates under which a person's organisations act today; the role is at most what the scope gives.
CREATE FUNCTION mandates_of(of_user uuid)
  RETURNS TABLE (organisation_id uuid, role text, mandate_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT g.principal_id, CASE WHEN g.scope = 'publish' AND m.role IN ('admin', 'publisher') THEN 'publisher' ELSE 'drafter' END, g.id
     FROM mandates g
     JOIN memberships m ON m.organisation_id = g.agent_id AND m.user_id = of_user
     JOIN organisations a ON a.id = g.agent_id AND a.state = 'active'
     JOIN organisations p ON p.id = g.principal_id AND p.state = 'active'
     WHERE g.revoked_at IS NULL
       AND (register_now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN g.valid_from AND g.valid_to $$;

DROP FUNCTION find_session(text);
CREATE FUNCTION find_session(token text)
  RETURNS TABLE (user_id uuid, display_name text, role text, organisation_id uuid, mandate_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT u.id, u.display_name, coalesce(m.role, g.role), s.organisation_id, CASE WHEN m.role IS NULL THEN g.mandate_id END
     FROM sessions s
     JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
     JOIN organisations o ON o.id = s.organisation_id AND o.state = 'active'
     LEFT JOIN memberships m ON m.user_id = u.id AND m.organisation_id = s.organisation_id
     LEFT JOIN LATERAL (SELECT * FROM mandates_of(u.id) f WHERE f.organisation_id = s.organisation_id
                        ORDER BY f.role DESC LIMIT 1) g ON m.role IS NULL
     WHERE s.token_sha256 = token AND coalesce(m.role, g.role) IS NOT NULL
       AND s.seen_at > now() - interval '30 minutes' AND s.created_at > now() - interval '12 hours' $$;

REVOKE ALL ON FUNCTION mandates_of, find_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mandates_of, find_session TO lingpao_app;
GRANT SELECT, INSERT ON mandates TO lingpao_app;
GRANT UPDATE (revoked_at) ON mandates TO lingpao_app;
GRANT SELECT, INSERT ON enterprise_changes, former_identities TO lingpao_app;
GRANT UPDATE (state, accepted_by, accepted_at, decided_by, decided_at, decision_reason) ON enterprise_changes TO lingpao_app;
-- Admins change the roles of their people and let them go.
GRANT DELETE ON memberships TO lingpao_app;
GRANT UPDATE (role) ON memberships TO lingpao_app;

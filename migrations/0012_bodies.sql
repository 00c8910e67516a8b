-- Assessment bodies after their accreditation: examined, suspended, reinstated, made to leave; and what they state about
-- their own interests. What a body published under a valid scope is touched by none of it.

-- Proposed by a person of the coordinating body, decided by one of a national regulator.
CREATE TABLE body_measures (
  id uuid PRIMARY KEY,
  body_id uuid NOT NULL REFERENCES organisations,
  -- The accreditation that it is about; null: the body as a whole.
  accreditation_id uuid REFERENCES accreditations,
  kind text NOT NULL CHECK (kind IN ('examination', 'suspension', 'reinstatement', 'withdrawal')),
  outcome text CHECK (outcome IN ('continue', 'correct', 'suspend', 'withdraw')),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
  effective_on date NOT NULL,
  correct_by date,
  -- The public record as canonical JSON; its hash is logged when it is approved.
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
  proposer_id uuid NOT NULL REFERENCES organisations,
  proposed_by uuid NOT NULL REFERENCES users,
  proposed_at timestamptz NOT NULL,
  decided_by uuid REFERENCES users,
  decided_at timestamptz,
  CHECK ((kind = 'examination') = (outcome IS NOT NULL)),
  CHECK ((outcome IS NOT DISTINCT FROM 'correct') = (correct_by IS NOT NULL)),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT body_measures_two_persons CHECK (decided_by <> proposed_by)
);
CREATE INDEX body_measures_body ON body_measures (body_id);

CREATE TABLE conflict_statements (
  id uuid PRIMARY KEY,
  body_id uuid NOT NULL REFERENCES organisations,
  category_prefix text COLLATE "C" NOT NULL CHECK (category_prefix ~ '^[A-T]\d{0,4}(\.[a-z0-9-]{1,40})?$'),
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  person_ids uuid[] NOT NULL CHECK (cardinality(person_ids) >= 1),
  -- What the public reads, as canonical JSON; its hash is in the log.
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  stated_by uuid NOT NULL REFERENCES users,
  stated_at timestamptz NOT NULL,
  CONSTRAINT conflict_statements_period CHECK (valid_to >= valid_from AND valid_to <= valid_from + interval '12 months')
);
CREATE INDEX conflict_statements_body ON conflict_statements (body_id, stated_at);
-- Replaced by a newer one, never taken back.
CREATE TRIGGER conflict_statements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conflict_statements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE body_measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE body_measures FORCE ROW LEVEL SECURITY;
-- A proposal accuses a body of something that nobody has decided: only those who take part in it see it, and the body.
CREATE POLICY body_measures_read ON body_measures FOR SELECT
  USING (state = 'approved' OR proposer_id = app_organisation() OR body_id = app_organisation() OR app_is('regulator'));
CREATE POLICY body_measures_propose ON body_measures FOR INSERT
  WITH CHECK (proposer_id = app_organisation() AND state = 'proposed' AND app_is('coordinating-body'));
CREATE POLICY body_measures_decide ON body_measures FOR UPDATE
  USING (state = 'proposed' AND app_is('regulator')) WITH CHECK (state <> 'proposed');
ALTER TABLE conflict_statements ENABLE ROW LEVEL SECURITY;
ALTER TABLE conflict_statements FORCE ROW LEVEL SECURITY;
CREATE POLICY conflict_statements_public ON conflict_statements FOR SELECT USING (true);
CREATE POLICY conflict_statements_state ON conflict_statements FOR INSERT
  WITH CHECK (body_id = app_organisation() AND app_is('assessment-body'));

GRANT SELECT, INSERT ON body_measures, conflict_statements TO lingpao_app;
GRANT UPDATE (state, decided_by, decided_at) ON body_measures TO lingpao_app;

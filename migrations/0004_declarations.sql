-- Declarations: one row a declaration, one immutable row a version; drafts; the search of the home page.

CREATE TABLE categories (
  code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-T]\d{2,4}\.[a-z0-9-]{1,40}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL
);
INSERT INTO categories (code, name_zh, name_en) VALUES
  ('C2021.wood-panel', '人造板及其制品', 'Wood-based panels'),
  ('C3464.heat-pump', '供暖用热泵', 'Space-heating heat pumps'),
  ('C3464.air-purifier', '空气净化器', 'Air purifiers'),
  ('C3851.refrigerator', '家用电冰箱', 'Household refrigerators'),
  ('C3851.washing-machine', '滚筒洗衣机', 'Drum washing machines'),
  ('C3852.room-air-conditioner', '房间空气调节器', 'Room air conditioners'),
  ('C3854.range-hood', '吸油烟机', 'Range hoods'),
  ('C3859.water-purifier', '净水机', 'Water purifiers'),
  ('C3861.gas-water-heater', '家用燃气快速热水器', 'Domestic gas water heaters'),
  ('C3861.gas-hob', '家用燃气灶具', 'Domestic gas hobs'),
  ('C3872.led-downlight', 'LED 筒灯', 'LED downlights'),
  ('C3951.television', '平板电视', 'Television sets'),
  ('G6020.express-service', '快递服务', 'Express delivery services');

CREATE SEQUENCE declaration_numbers;

-- Two-character windows of a text, for searching any Chinese substring through a GIN index; needs no extension.
CREATE FUNCTION bigrams(source text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT coalesce(array_agg(DISTINCT substr(source, i, 2)), '{}') FROM generate_series(1, length(source) - 1) AS i $$;

CREATE TABLE declarations (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[!-~]{1,128}$'),
  organisation_id uuid NOT NULL REFERENCES organisations,
  credit_code text COLLATE "C" NOT NULL,
  number_compact text COLLATE "C" NOT NULL,
  level text NOT NULL CHECK (level IN ('national', 'sector', 'local', 'association', 'enterprise', 'international', 'foreign')),
  category text COLLATE "C" NOT NULL REFERENCES categories,
  subject text NOT NULL CHECK (subject IN ('product', 'service')),
  state text NOT NULL CHECK (state IN ('current', 'superseded', 'withdrawn')),
  revision integer NOT NULL CHECK (revision >= 1),
  published_at timestamptz NOT NULL,
  search_text text NOT NULL,
  search_bigrams text[] GENERATED ALWAYS AS (bigrams(search_text)) STORED
);
-- An own number is declared once by its enterprise (revision is another act); an executed standard once per product set.
CREATE UNIQUE INDEX declarations_own_number ON declarations (organisation_id, number_compact)
  WHERE level = 'enterprise' AND state = 'current';
CREATE UNIQUE INDEX declarations_by_enterprise ON declarations (organisation_id, id);
CREATE INDEX declarations_by_category ON declarations (category, id);
CREATE INDEX declarations_by_number ON declarations (number_compact);
CREATE INDEX declarations_search ON declarations USING gin (search_bigrams);

CREATE TABLE declaration_versions (
  declaration_id text COLLATE "C" NOT NULL,
  revision integer NOT NULL CHECK (revision >= 1),
  organisation_id uuid NOT NULL REFERENCES organisations,
  event text NOT NULL CHECK (event IN ('published', 'revised', 'corrected', 'withdrawn')),
  category text COLLATE "C" NOT NULL,
  credit_code text COLLATE "C" NOT NULL,
  number_compact text COLLATE "C" NOT NULL,
  -- The canonical JSON that is hashed, logged, compared and exported; nothing else holds the declared values.
  document text NOT NULL,
  document_sha256 text NOT NULL CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
  author uuid REFERENCES users,
  signer text,
  at timestamptz NOT NULL,
  PRIMARY KEY (declaration_id, revision),
  -- A version belongs to the organisation that its declaration belongs to.
  FOREIGN KEY (organisation_id, declaration_id) REFERENCES declarations (organisation_id, id)
);
-- A comparison reads a category in its neutral order.
CREATE INDEX declaration_versions_compared ON declaration_versions (category, credit_code, number_compact, declaration_id, revision);
CREATE TRIGGER declaration_versions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON declaration_versions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE declaration_drafts (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  revision integer NOT NULL DEFAULT 1 CHECK (revision >= 1),
  -- Whatever was typed so far; checked only when it is published.
  content jsonb NOT NULL CHECK (octet_length(content::text) <= 2097152),
  saved_by uuid REFERENCES users,
  saved_at timestamptz NOT NULL DEFAULT register_now()
);
CREATE INDEX declaration_drafts_organisation ON declaration_drafts (organisation_id);

ALTER TABLE declarations ENABLE ROW LEVEL SECURITY;
ALTER TABLE declarations FORCE ROW LEVEL SECURITY;
CREATE POLICY declarations_public ON declarations FOR SELECT USING (true);
CREATE POLICY declarations_insert ON declarations FOR INSERT WITH CHECK (organisation_id = app_organisation());
CREATE POLICY declarations_update ON declarations FOR UPDATE
  USING (organisation_id = app_organisation()) WITH CHECK (organisation_id = app_organisation());
ALTER TABLE declaration_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE declaration_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY declaration_versions_public ON declaration_versions FOR SELECT USING (true);
CREATE POLICY declaration_versions_insert ON declaration_versions FOR INSERT WITH CHECK (organisation_id = app_organisation());
ALTER TABLE declaration_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE declaration_drafts FORCE ROW LEVEL SECURITY;
CREATE POLICY declaration_drafts_own ON declaration_drafts
  USING (organisation_id = app_organisation()) WITH CHECK (organisation_id = app_organisation());

GRANT SELECT ON categories TO lingpao_app;
GRANT USAGE ON SEQUENCE declaration_numbers TO lingpao_app;
GRANT SELECT, INSERT, UPDATE ON declarations TO lingpao_app;
GRANT SELECT, INSERT ON declaration_versions TO lingpao_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON declaration_drafts TO lingpao_app;

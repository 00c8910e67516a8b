-- The demonstration's fourth table: cars, SUVs and pick-up trucks as GB 18352 calls them together (轻型汽车).
INSERT INTO categories (code, name_zh, name_en) VALUES ('C3611.light-vehicle', '轻型汽车', 'Light-duty vehicles');

-- A declaration that was moved to another category, number or enterprise stands only where its newest version says. Few
-- versions have a predecessor; of those a comparison of a packed category asks which have left the category.
CREATE INDEX declaration_versions_changed ON declaration_versions (declaration_id, revision, category, event)
  WHERE revision > 1;

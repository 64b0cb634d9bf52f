-- Stored pages read again by a later extractor or with other rules, and how far that came.
ALTER TABLE article_texts ADD COLUMN reading TEXT;  -- hash of the extractor and the rules for its host that read it again; NULL: as it was read when it was fetched

CREATE TABLE reextractions (
  -- One row for each reading again of stored pages: a killed one goes on there.
  id INTEGER PRIMARY KEY,
  reading TEXT NOT NULL,                -- hash of the extractor and of all rules: with others it is begun anew
  options TEXT NOT NULL,                -- JSON object: which articles
  extractor TEXT NOT NULL,              -- name@version
  last_id INTEGER NOT NULL DEFAULT 0,   -- articles up to this id are done
  report TEXT NOT NULL DEFAULT '{}',    -- JSON object: what became of them, and of each field
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,  -- the run that worked on it last
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  finished_at TEXT                      -- NULL: there is more to do
) STRICT;

CREATE INDEX reextractions_open ON reextractions (reading, options) WHERE finished_at IS NULL;
CREATE INDEX reextractions_run ON reextractions (run_id) WHERE run_id IS NOT NULL;

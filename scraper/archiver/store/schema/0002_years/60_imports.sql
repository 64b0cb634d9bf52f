-- What was taken in from files, and how far that came.
CREATE TABLE imports (
  -- One row for each file imported with the same filters: a killed import goes on there, a finished one does nothing.
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('warc', 'html', 'urls', 'jsonl', 'archive')),
  source TEXT NOT NULL,                 -- the file, as it was named last
  identity TEXT NOT NULL,               -- hash that tells its content from that of other files, whatever their names
  options TEXT NOT NULL,                -- JSON object: the filters it was read with
  position INTEGER NOT NULL DEFAULT 0,  -- records (or files, or lines) done, from its beginning
  counts TEXT NOT NULL DEFAULT '{}',    -- JSON object: what became of them, by name
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,  -- the run that worked on it last
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  finished_at TEXT,                     -- NULL: there is more in it
  UNIQUE (kind, identity, options)
) STRICT;

CREATE INDEX imports_run ON imports (run_id) WHERE run_id IS NOT NULL;

CREATE TABLE deleted (
  -- Tombstones: what was deleted on purpose, and is not to come back by a feed, a link or an import.
  url TEXT PRIMARY KEY,                 -- canonical, the article's own and every other that led to it
  article_url TEXT,                     -- canonical URL of the article it led to
  deleted_at TEXT NOT NULL,
  reason TEXT                           -- as whoever deleted it put it
) STRICT, WITHOUT ROWID;

-- Versions that come and go, what was deleted for good, and what keeps old raw pages quickly found.
CREATE TABLE version_sightings (
  -- When a page was seen to show another version than at the sight before, without there being a new one: a headline
  -- on trial that goes to and fro, an edit taken back. What was shown from `seen_at` on is `version_id`.
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  seen_at TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES article_versions (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, seen_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX version_sightings_version ON version_sightings (version_id);

CREATE TABLE deleted_guids (
  -- Entries of deleted articles, by the GUID their feed gave them: a changed address does not bring them back.
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  guid TEXT NOT NULL,
  url TEXT NOT NULL REFERENCES deleted (url) ON DELETE CASCADE,  -- of the article
  PRIMARY KEY (feed_id, guid)
) STRICT, WITHOUT ROWID;

CREATE INDEX deleted_guids_url ON deleted_guids (url);

CREATE INDEX deleted_article ON deleted (article_url);
CREATE INDEX pages_fetched ON pages (fetched_at);

-- The words of the search index: no table of its own, FTS5 reads its index through it (https://sqlite.org/fts5.html,
-- 7). Search looks there for other forms of a word.
CREATE VIRTUAL TABLE article_search_words USING fts5vocab ('article_search', 'row');

-- Where no modified date is stated, no edit is silent: the first release saw that otherwise.
UPDATE article_versions SET silent = 0 WHERE silent = 1 AND modified IS NULL;

-- What is wrong now and was before, and what was told of it.
CREATE TABLE notices (
  -- One alarm from its beginning to its end: a feed that fails or went quiet, a site whose pages are read worse.
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                   -- 'feed_failing', 'feed_retired', 'feed_quiet' or 'drift'
  subject TEXT NOT NULL,                -- URL of the feed as configured, or the site
  message TEXT NOT NULL,                -- for a person, as it was when it began
  began_at TEXT NOT NULL,               -- when it was first noticed
  ended_at TEXT,                        -- NULL: it still is so
  began_told_at TEXT,                   -- when command and webhook were told of its beginning; NULL: not yet
  ended_told_at TEXT,                   -- likewise of its end
  trouble TEXT                          -- why telling failed the last time; NULL: it did not
) STRICT;

CREATE UNIQUE INDEX notices_open ON notices (kind, subject) WHERE ended_at IS NULL;
CREATE INDEX notices_untold ON notices (id) WHERE began_told_at IS NULL OR (ended_at IS NOT NULL AND ended_told_at IS NULL);

-- The latest articles of a site, to compare them with those before.
CREATE INDEX article_records_site_seen ON article_records (site, first_seen_at);

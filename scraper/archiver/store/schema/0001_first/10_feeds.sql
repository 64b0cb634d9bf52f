-- A CHECK of three values and more is written with OR: for IN, SQLite makes a table of its own at each row (2 µs).
CREATE TABLE runs (
  -- One run of the program. A run that was killed has no finished_at.
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,                -- as typed, e.g. 'crawl'
  scraper_version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  outcome TEXT,                         -- how it ended, in one word
  counts TEXT                           -- JSON object: what was done, by name
) STRICT;

CREATE TABLE feeds (
  -- A feed that is or was subscribed to. One that left the configuration stays, with subscribed = 0.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,             -- as configured
  name TEXT NOT NULL,                   -- as configured: what people call it
  title TEXT,                           -- what the feed calls itself
  site_url TEXT,                        -- the site it says it belongs to
  format TEXT,                          -- 'rss20', 'atom10', 'json11' ...
  language TEXT,                        -- BCP 47, as the feed states it
  subscribed INTEGER NOT NULL DEFAULT 1 CHECK (subscribed IN (0, 1)),
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  fetch_pages INTEGER NOT NULL DEFAULT 1 CHECK (fetch_pages IN (0, 1)),  -- 0: entries are kept, pages not fetched
  interval_seconds REAL,                -- as configured; NULL: adaptive
  guids_reliable INTEGER NOT NULL DEFAULT 1 CHECK (guids_reliable IN (0, 1)),  -- 0: one GUID stood for two stories
  etag TEXT,                            -- validator of the body last understood (RFC 9110, 8.8)
  last_modified TEXT,                   -- likewise
  body_hash TEXT,                       -- SHA-256 (hex) of the body last understood
  added_at TEXT NOT NULL,
  last_checked_at TEXT,
  last_ok_at TEXT,                      -- last answer that was good, be it 'nothing new'
  last_new_at TEXT,                     -- last time it brought an entry never seen before
  next_check_at TEXT,
  failures_in_a_row INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX feeds_name ON feeds (name);

CREATE TABLE entries (
  -- One entry of one feed, as the feed stated it last. A story carried by three feeds has three entries.
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  natural_key TEXT NOT NULL,            -- what tells it from the feed's others: GUID, else URL, else title
  guid TEXT,
  url TEXT,                             -- as stated, made absolute
  canonical_url TEXT,
  title TEXT,
  published TEXT,
  published_precision TEXT              -- 'day', 'minute' or 'second'
    CHECK (published_precision = 'day' OR published_precision = 'minute' OR published_precision = 'second'),
  published_offset_minutes INTEGER,     -- zone it was written in, minutes east of UTC; NULL: none given
  published_raw TEXT,                   -- as written
  updated TEXT,
  updated_precision TEXT                -- 'day', 'minute' or 'second'
    CHECK (updated_precision = 'day' OR updated_precision = 'minute' OR updated_precision = 'second'),
  updated_offset_minutes INTEGER,
  updated_raw TEXT,
  authors TEXT,                         -- JSON array of names
  categories TEXT,                      -- JSON array
  summary TEXT,
  content_html TEXT,                    -- as it came, not sanitised: never show it raw
  enclosures TEXT,                      -- JSON array of {url, media_type, length_bytes}
  comment_count INTEGER,
  language TEXT,
  article_id INTEGER REFERENCES article_records (id) ON DELETE SET NULL,
  first_seen_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,             -- when this row last changed
  UNIQUE (feed_id, natural_key)
) STRICT;

CREATE INDEX entries_canonical_url ON entries (canonical_url);
CREATE INDEX entries_guid ON entries (feed_id, guid, article_id);
CREATE INDEX entries_article ON entries (article_id, feed_id);

CREATE TABLE queue (
  -- Every URL that was ever to be fetched, and where it stands. A killed run goes on from here.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,             -- canonical
  request_url TEXT NOT NULL,            -- as stated by the feed: what is asked for
  host TEXT NOT NULL,
  feed_id INTEGER REFERENCES feeds (id) ON DELETE SET NULL,
  entry_id INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  article_id INTEGER REFERENCES article_records (id) ON DELETE SET NULL,
  state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'done' OR state = 'given_up'),
  tries INTEGER NOT NULL DEFAULT 0,     -- failed tries since it was last well
  next_try_at TEXT,                     -- not before; NULL unless waiting
  etag TEXT,                            -- validators of the page last archived
  last_modified TEXT,
  added_at TEXT NOT NULL,
  finished_at TEXT,
  CHECK ((state = 'waiting') = (next_try_at IS NOT NULL))
) STRICT;

CREATE INDEX queue_waiting ON queue (next_try_at, id) WHERE state = 'waiting';
CREATE INDEX queue_feed ON queue (feed_id, state);
CREATE INDEX queue_entry ON queue (entry_id);
CREATE INDEX queue_article ON queue (article_id);

CREATE TABLE page_bodies (
  -- The bytes of pages, each kept once. Not for reading in SQL: Archive.page() unpacks them.
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,          -- of the unpacked bytes, hex
  body_bytes INTEGER NOT NULL,          -- size unpacked
  stored_bytes INTEGER NOT NULL,        -- size as stored
  dictionary_id INTEGER REFERENCES page_bodies (id),  -- earlier page of the host that is its zstd dictionary
  data BLOB NOT NULL                    -- one zstd frame (RFC 8878)
) STRICT;

CREATE INDEX page_bodies_dictionary ON page_bodies (dictionary_id) WHERE dictionary_id IS NOT NULL;

CREATE TABLE pages (
  -- One response that was kept, for every version of an article: enough to extract it again.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,                    -- as asked for
  final_url TEXT NOT NULL,              -- after redirects
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,                -- JSON array of [name, value], in order and spelling of the server
  redirects TEXT,                       -- JSON array of {url, status, location}
  body_id INTEGER NOT NULL REFERENCES page_bodies (id),
  wire_bytes INTEGER NOT NULL,          -- body as transferred
  elapsed_seconds REAL NOT NULL,
  fetched_at TEXT NOT NULL
) STRICT;

CREATE INDEX pages_url ON pages (url);
CREATE INDEX pages_body ON pages (body_id);

CREATE TABLE hosts (
  -- What must outlive a run to treat a host well.
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE,            -- with its port where that is not the scheme's own
  next_request_at TEXT,                 -- end of the pause after the last request, rounded up
  not_before TEXT,                      -- the host's own wish (Retry-After), rounded up
  time_zone TEXT,                       -- the zone its site says it lives in: IANA name, or offset such as '+05:30'
  dictionary_id INTEGER REFERENCES page_bodies (id)  -- page that new pages of the host are compressed against
) STRICT;

CREATE INDEX hosts_dictionary ON hosts (dictionary_id) WHERE dictionary_id IS NOT NULL;

CREATE TABLE robots (
  -- The robots.txt of a host as last fetched (RFC 9309).
  host_id INTEGER PRIMARY KEY REFERENCES hosts (id) ON DELETE CASCADE,
  status INTEGER,                       -- HTTP status; NULL: no answer
  body BLOB,
  fetched_at TEXT,
  crawl_delay_seconds REAL
) STRICT;

CREATE TABLE fetches (
  -- Every request of every run, the feeds' own included.
  id INTEGER PRIMARY KEY,
  run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind = 'feed' OR kind = 'article' OR kind = 'robots' OR kind = 'sitemap' OR kind = 'other'),
  url TEXT NOT NULL,                    -- as asked for
  final_url TEXT,                       -- NULL: same as url
  feed_id INTEGER REFERENCES feeds (id) ON DELETE SET NULL,
  queue_id INTEGER REFERENCES queue (id) ON DELETE SET NULL,
  page_id INTEGER REFERENCES pages (id) ON DELETE SET NULL,  -- where the body was kept
  outcome TEXT NOT NULL CHECK (outcome = 'ok' OR outcome = 'not_modified' OR outcome = 'failed'),
  status INTEGER,                       -- HTTP status; NULL: no answer
  redirects TEXT,                       -- JSON array of {url, status, location}
  body_bytes INTEGER,                   -- unpacked
  wire_bytes INTEGER,                   -- as transferred
  elapsed_seconds REAL,
  fetched_at TEXT NOT NULL
) STRICT;

CREATE INDEX fetches_run ON fetches (run_id);
CREATE INDEX fetches_url ON fetches (url);
CREATE INDEX fetches_feed ON fetches (feed_id, fetched_at) WHERE feed_id IS NOT NULL;
CREATE INDEX fetches_queue ON fetches (queue_id) WHERE queue_id IS NOT NULL;
CREATE INDEX fetches_page ON fetches (page_id) WHERE page_id IS NOT NULL;

CREATE TABLE failures (
  -- Every feed or page that brought nothing, and why. Reasons are public codes, stable between releases.
  id INTEGER PRIMARY KEY,
  fetch_id INTEGER NOT NULL REFERENCES fetches (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  host TEXT,
  reason TEXT NOT NULL,                 -- 'timeout', 'robots', 'not_article' ...
  message TEXT NOT NULL,                -- for a person
  status INTEGER,
  failed_at TEXT NOT NULL,
  next_try_at TEXT                      -- NULL: given up
) STRICT;

CREATE INDEX failures_fetch ON failures (fetch_id);
CREATE INDEX failures_url ON failures (url);
CREATE INDEX failures_reason ON failures (reason, failed_at);

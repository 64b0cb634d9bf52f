-- When feeds are asked, and why then.
ALTER TABLE feeds ADD COLUMN current_url TEXT;  -- where it moved for good and proved itself; NULL: as configured
ALTER TABLE feeds ADD COLUMN follow_moves INTEGER NOT NULL DEFAULT 1 CHECK (follow_moves IN (0, 1));  -- as configured
ALTER TABLE feeds ADD COLUMN retired_at TEXT;  -- answered 410: asked once in a month from then on
ALTER TABLE feeds ADD COLUMN failure_points REAL NOT NULL DEFAULT 0;  -- failures in a row, soft ones counted for less
ALTER TABLE feeds ADD COLUMN next_check_reason TEXT;  -- what decided next_check_at: 'rhythm', 'max-age', 'retry-after' ...
ALTER TABLE feeds ADD COLUMN rhythm TEXT;  -- JSON array: when its latest entries came out, or were first seen
ALTER TABLE feeds ADD COLUMN ttl_seconds REAL;  -- as the feed last stated (RSS ttl)
ALTER TABLE feeds ADD COLUMN update_seconds REAL;  -- as the feed last stated (sy:updatePeriod, sy:updateFrequency)
ALTER TABLE feeds ADD COLUMN skip_hours TEXT;  -- JSON array, hours of the day in GMT, as the feed last stated
ALTER TABLE feeds ADD COLUMN skip_days TEXT;  -- JSON array, 0 is Monday, in GMT, as the feed last stated
ALTER TABLE feeds ADD COLUMN last_full_at TEXT;  -- last whole answer, whether it was asked for by a condition or not
ALTER TABLE feeds ADD COLUMN last_not_modified_at TEXT;  -- last 304
ALTER TABLE feeds ADD COLUMN distrusted_until TEXT;  -- a 304 of it lied: asked without conditions until then
ALTER TABLE feeds ADD COLUMN guid_policy TEXT NOT NULL DEFAULT 'guid'
  CHECK (guid_policy IN ('guid', 'link', 'link_date', 'title', 'content'));  -- what tells its entries apart
ALTER TABLE feeds ADD COLUMN guid_policy_configured TEXT;  -- as configured; NULL: found out from what the feed does

CREATE TABLE feed_moves (
  -- Permanent redirects (301, 308) of feeds, and whether the new address was taken over.
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  from_url TEXT NOT NULL,               -- what was asked for
  to_url TEXT NOT NULL,                 -- the end of the redirects that were permanent
  status INTEGER NOT NULL,              -- of the first of them
  state TEXT NOT NULL CHECK (state IN ('seen', 'adopted', 'reverted')),  -- 'adopted': asked there directly from then on
  polls INTEGER NOT NULL,               -- good polls through it, with entries known from before
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  decided_at TEXT,                      -- when it was adopted, or taken back
  UNIQUE (feed_id, to_url)
) STRICT;

CREATE INDEX feed_moves_to_url ON feed_moves (to_url);

-- Why an entry's page is looked at again though the feed moved no date.
ALTER TABLE entries ADD COLUMN content_hash TEXT;  -- SHA-256 (hex) of the words of content_html

-- Looking again at pages that are archived.
ALTER TABLE queue ADD COLUMN revisit_at TEXT;  -- when an archived page is looked at again; NULL: not any more
ALTER TABLE queue ADD COLUMN revisit_reason TEXT;  -- 'age', 'counts', 'thin' or 'entry changed'
ALTER TABLE queue ADD COLUMN fetched_at TEXT;  -- when the whole page last came
ALTER TABLE queue ADD COLUMN born_at TEXT;  -- when the story came out, as far as known: its age decides about revisits

CREATE INDEX queue_revisits ON queue (revisit_at, id) WHERE revisit_at IS NOT NULL;

-- Robots files have an expiry of their own, never more than a day (RFC 9309, 2.4).
ALTER TABLE robots ADD COLUMN expires_at TEXT;
ALTER TABLE hosts ADD COLUMN limited_at TEXT;  -- last time it said that we ask too much (429)
-- Feeds that are subscribed to and URLs typed by hand may go without robots.txt; it is on record which did.
ALTER TABLE fetches ADD COLUMN robots_asked INTEGER CHECK (robots_asked IN (0, 1));  -- 1: robots.txt was obeyed; NULL: not known

CREATE TABLE domains (
  -- Registrable domains of which several hosts said 429: all their hosts share one turn for a time.
  domain TEXT PRIMARY KEY,
  shared_until TEXT NOT NULL,           -- one request at a time over all its hosts until then
  not_before TEXT                       -- the longest wish of any of its hosts
) STRICT, WITHOUT ROWID;

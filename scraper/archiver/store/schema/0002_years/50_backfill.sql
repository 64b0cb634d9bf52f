-- Sources beside feeds, and how far the past of each was brought.
ALTER TABLE feeds ADD COLUMN kind TEXT NOT NULL DEFAULT 'feed' CHECK (kind IN ('feed', 'sitemap', 'page'));  -- as configured
ALTER TABLE feeds ADD COLUMN links TEXT;  -- of a page that lists articles, as configured: which links are articles (CSS)

CREATE TABLE sitemaps (
  -- The sitemaps of an index that were read, so that each is asked for again only when it moved.
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  lastmod TEXT,                         -- as the index gave it when it was read; NULL: it gives none
  etag TEXT,                            -- validators of the sitemap as it was read (RFC 9110, 8.8)
  last_modified TEXT,
  PRIMARY KEY (feed_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE backfills (
  -- How far the past of a feed or site was brought by one method. A killed backfill goes on from `position`.
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds (id) ON DELETE CASCADE,
  method TEXT NOT NULL,                 -- 'rest', 'paged', 'rfc5005', 'sitemap', 'months', 'pages' or 'cdx'
  scope TEXT NOT NULL,                  -- the time asked for, '2024-01-01..2024-06-30'; '': all
  state TEXT NOT NULL CHECK (state IN ('running', 'done')),  -- 'done': to its end; later runs ask only for what is new
  position TEXT,                        -- where to go on, in the method's own terms
  requests INTEGER NOT NULL DEFAULT 0,  -- for lists, over all runs; pages not counted
  listed INTEGER NOT NULL DEFAULT 0,    -- addresses seen, over all runs
  found INTEGER NOT NULL DEFAULT 0,     -- of these those that nobody knew
  started_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  finished_at TEXT,                     -- when it first came to its end
  UNIQUE (feed_id, method, scope)
) STRICT;

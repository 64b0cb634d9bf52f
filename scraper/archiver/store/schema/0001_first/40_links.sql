CREATE TABLE urls (
  -- Every URL that leads to an article or that an article links to, once, in canonical form.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  article_id INTEGER REFERENCES article_records (id) ON DELETE SET NULL,  -- NULL: not archived
  role TEXT CHECK (role IN ('canonical', 'alias')),  -- how it leads there; NULL: not archived
  CHECK (role IS NOT NULL OR article_id IS NULL)
) STRICT;

CREATE INDEX urls_article ON urls (article_id) WHERE article_id IS NOT NULL;

CREATE TABLE links (
  -- One article pointing to one URL in one block; the target's article, once archived, is that of its URL.
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  url_id INTEGER NOT NULL REFERENCES urls (id),
  kind TEXT NOT NULL                    -- 'related', 'recent', 'popular', 'previous', 'next' or 'body'
    CHECK (kind = 'related' OR kind = 'recent' OR kind = 'popular' OR kind = 'previous' OR kind = 'next' OR kind = 'body'),
  heading TEXT,                         -- of its block, as written ('You Missed')
  position INTEGER NOT NULL,            -- within its block, from 1, when first seen
  title TEXT,
  published TEXT,
  published_precision TEXT              -- 'day', 'minute' or 'second'
    CHECK (published_precision = 'day' OR published_precision = 'minute' OR published_precision = 'second'),
  published_offset_minutes INTEGER,
  published_raw TEXT,
  excerpt TEXT,
  category TEXT,
  first_seen_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX links_natural ON links (article_id, url_id, kind, ifnull(heading, ''));
CREATE INDEX links_url ON links (url_id);

CREATE TABLE link_sightings (
  -- When a link stood in a block of links, where, and with which counts of its target. None for links in the text.
  link_id INTEGER NOT NULL REFERENCES links (id) ON DELETE CASCADE,
  seen_at TEXT NOT NULL,
  position INTEGER NOT NULL,
  view_count INTEGER,
  comment_count INTEGER,
  PRIMARY KEY (link_id, seen_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_sightings (
  -- An article's counts as read at one time: a time series, not revisions. An equal count within the hour is no new row.
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('page', 'feed')),
  seen_at TEXT NOT NULL,
  view_count INTEGER,
  comment_count INTEGER,
  PRIMARY KEY (article_id, source, seen_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE authors (
  -- A person or agency named in a byline, as written there.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE categories (
  -- A section of a site, as written there.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE tags (
  -- A keyword, as written on the page.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_records (
  -- One row per story: metadata of its latest version, and nothing long. Read the view `articles` instead.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,             -- canonical
  site TEXT NOT NULL,                   -- host without 'www.'
  site_name TEXT,                       -- what the site calls itself
  kind TEXT NOT NULL DEFAULT 'article' CHECK (kind IN ('article', 'protected')),  -- 'protected': text asks for a password
  title TEXT,
  subtitle TEXT,
  published TEXT,                       -- UTC; with precision 'day', midnight of the day as written
  published_precision TEXT              -- 'day', 'minute' or 'second'
    CHECK (published_precision = 'day' OR published_precision = 'minute' OR published_precision = 'second'),
  published_offset_minutes INTEGER,     -- zone it was written in, minutes east of UTC; NULL: none given
  published_on TEXT,                    -- calendar day as written, in its own zone
  modified TEXT,                        -- as the page states it
  modified_precision TEXT               -- 'day', 'minute' or 'second'
    CHECK (modified_precision = 'day' OR modified_precision = 'minute' OR modified_precision = 'second'),
  modified_offset_minutes INTEGER,
  category TEXT,                        -- the first of its categories
  feed_id INTEGER REFERENCES feeds (id) ON DELETE SET NULL,  -- the feed that brought it first; NULL: none did
  language TEXT,                        -- BCP 47
  word_count INTEGER NOT NULL,
  comment_count INTEGER,                -- as last seen on the page or in a feed; count_sightings has the series
  view_count INTEGER,                   -- likewise
  paywalled INTEGER CHECK (paywalled IN (0, 1)),  -- NULL: the page does not say
  content_hash TEXT NOT NULL,           -- of all fields that make a version
  text_hash TEXT,                       -- of the words of the body alone; NULL: no text
  version_count INTEGER NOT NULL DEFAULT 1,
  page_id INTEGER REFERENCES pages (id) ON DELETE SET NULL,  -- raw page of the latest version
  first_seen_at TEXT NOT NULL,
  changed_at TEXT NOT NULL              -- when the latest version was fetched
) STRICT;

CREATE INDEX article_records_published ON article_records (published);
CREATE INDEX article_records_site ON article_records (site, published);
CREATE INDEX article_records_category ON article_records (category, published);
CREATE INDEX article_records_feed ON article_records (feed_id, published);
CREATE INDEX article_records_day ON article_records (published_on, site, feed_id, word_count);
CREATE INDEX article_records_first_seen ON article_records (first_seen_at);
CREATE INDEX article_records_views ON article_records (view_count);
CREATE INDEX article_records_comments ON article_records (comment_count);
CREATE INDEX article_records_text ON article_records (text_hash);
CREATE INDEX article_records_page ON article_records (page_id);

CREATE TABLE article_texts (
  -- What is long or rarely asked for, one to one beside article_records, so that browsing that stays light.
  article_id INTEGER PRIMARY KEY REFERENCES article_records (id) ON DELETE CASCADE,
  summary TEXT,                         -- as the site or feed gives it
  body TEXT,                            -- plain text, blocks parted by a blank line
  body_html TEXT,                       -- the same, sanitised
  captions TEXT,                        -- JSON array: captions of pictures, tables, films; NULL: none
  blocks TEXT,                          -- JSON array of [kind, level, start, end] into body
  sources TEXT NOT NULL,                -- JSON object: field -> where it was read ('json-ld', 'feed' ...)
  extractor TEXT NOT NULL,              -- name@version
  published_raw TEXT,                   -- as written
  modified_raw TEXT,                    -- as written
  spellings TEXT                        -- for the search index: other spellings of its words with umlauts, ß ...
) STRICT;

CREATE TABLE article_versions (
  -- Every version of every article, the current one included; version_texts holds what earlier ones said.
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,              -- from 1
  seen_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'first' OR kind = 'substantive' OR kind = 'cosmetic' OR kind = 'metadata'),
  silent INTEGER NOT NULL CHECK (silent IN (0, 1)),  -- 1: the words changed, the stated modified date did not
  changed_fields TEXT,                  -- JSON array of field names; NULL for the first
  title TEXT,
  modified TEXT,
  word_count INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  text_hash TEXT,
  extractor TEXT NOT NULL,              -- name@version
  page_id INTEGER REFERENCES pages (id) ON DELETE SET NULL,
  UNIQUE (article_id, number)
) STRICT;

CREATE INDEX article_versions_seen ON article_versions (seen_at);
CREATE INDEX article_versions_silent ON article_versions (seen_at) WHERE silent = 1;
CREATE INDEX article_versions_page ON article_versions (page_id);

CREATE TABLE version_texts (
  -- What a version said, kept when a newer one takes its place.
  version_id INTEGER PRIMARY KEY REFERENCES article_versions (id) ON DELETE CASCADE,
  subtitle TEXT,
  published TEXT,
  authors TEXT,                         -- JSON array, like the next two
  categories TEXT,
  tags TEXT,
  language TEXT,
  paywalled INTEGER,
  summary TEXT,
  body TEXT,
  body_html TEXT
) STRICT;

CREATE TABLE article_authors (
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- from 1, as in the byline
  author_id INTEGER NOT NULL REFERENCES authors (id),
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_authors_author ON article_authors (author_id);

CREATE TABLE article_categories (
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- from 1; the first is `category` of the article too
  category_id INTEGER NOT NULL REFERENCES categories (id),
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_categories_category ON article_categories (category_id);

CREATE TABLE article_tags (
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- from 1
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_tags_tag ON article_tags (tag_id);

CREATE TABLE images (
  -- The pictures of an article's latest version.
  article_id INTEGER NOT NULL REFERENCES article_records (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- from 1
  url TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'body')),
  caption TEXT,
  credit TEXT,                          -- who made or owns it
  alt TEXT,
  width INTEGER,                        -- pixels
  height INTEGER,
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

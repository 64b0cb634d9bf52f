-- Sums over all articles, kept in step by triggers: at a million articles, counting anew took seconds each time.
CREATE TABLE day_tallies (
  -- How many articles of a day, site and feed there are. Read the view `articles_per_day` instead.
  id INTEGER PRIMARY KEY,
  published_on TEXT,                    -- calendar day as written; NULL: no date stated
  site TEXT NOT NULL,                   -- host without 'www.'
  feed_id INTEGER,                      -- in `feeds`; NULL: none brought it
  articles INTEGER NOT NULL,
  words INTEGER NOT NULL                -- in all their bodies
) STRICT;

CREATE UNIQUE INDEX day_tallies_natural ON day_tallies (ifnull(published_on, ''), site, ifnull(feed_id, 0));
CREATE INDEX day_tallies_day ON day_tallies (published_on, site, feed_id, articles, words);
CREATE INDEX day_tallies_site ON day_tallies (site, published_on, articles);

CREATE TABLE coverage_tallies (
  -- How many articles of a site and month have each field. Read the view `coverage` instead.
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL,                   -- host without 'www.'
  month TEXT,                           -- of publication; NULL: no date stated
  articles INTEGER NOT NULL,            -- all; those with the field each:
  title INTEGER NOT NULL,
  subtitle INTEGER NOT NULL,
  published_time INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  authors INTEGER NOT NULL,
  category INTEGER NOT NULL,
  tags INTEGER NOT NULL,
  body INTEGER NOT NULL,
  images INTEGER NOT NULL,
  language INTEGER NOT NULL,
  comment_count INTEGER NOT NULL,
  view_count INTEGER NOT NULL,
  paywalled INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX coverage_tallies_natural ON coverage_tallies (site, ifnull(month, ''));

INSERT INTO day_tallies (published_on, site, feed_id, articles, words)
SELECT published_on, site, feed_id, count(*), sum(word_count) FROM article_records GROUP BY published_on, site, feed_id;

INSERT INTO coverage_tallies (site, month, articles, title, subtitle, published_time, modified, authors, category, tags,
  body, images, language, comment_count, view_count, paywalled)
SELECT site, substr(published_on, 1, 7) AS month, count(*), sum(title IS NOT NULL), sum(subtitle IS NOT NULL),
  sum(ifnull(published_precision <> 'day', 0)), sum(modified IS NOT NULL),
  sum(EXISTS (SELECT 1 FROM article_authors WHERE article_id = records.id)), sum(category IS NOT NULL),
  sum(EXISTS (SELECT 1 FROM article_tags WHERE article_id = records.id)), sum(text_hash IS NOT NULL),
  sum(EXISTS (SELECT 1 FROM images WHERE article_id = records.id)), sum(language IS NOT NULL),
  sum(comment_count IS NOT NULL), sum(view_count IS NOT NULL), sum(paywalled IS NOT NULL)
FROM article_records AS records GROUP BY site, month;

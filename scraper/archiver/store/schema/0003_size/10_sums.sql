-- Sums that answer at a million articles what would take every article, byline or link to be read.
ALTER TABLE day_tallies ADD COLUMN paywall_known INTEGER NOT NULL DEFAULT 0;  -- articles whose page says whether it is
ALTER TABLE day_tallies ADD COLUMN paywalled INTEGER NOT NULL DEFAULT 0;  -- articles that only subscribers can read

DELETE FROM day_tallies;

INSERT INTO day_tallies (published_on, site, feed_id, articles, words, paywall_known, paywalled)
SELECT published_on, site, feed_id, count(*), sum(word_count), sum(paywalled IS NOT NULL), sum(paywalled IS 1)
FROM article_records GROUP BY published_on, site, feed_id;

CREATE TABLE author_tallies (
  -- What an author wrote for a site on a day. Read the view `authors_per_day` instead.
  author_id INTEGER NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
  published_on TEXT NOT NULL,           -- calendar day as written; '': no date stated
  site TEXT NOT NULL,                   -- host without 'www.'
  articles INTEGER NOT NULL,
  words INTEGER NOT NULL,               -- in all their bodies
  PRIMARY KEY (author_id, published_on, site)
) STRICT, WITHOUT ROWID;

INSERT INTO author_tallies (author_id, published_on, site, articles, words)
SELECT author_id, ifnull(published_on, '') AS day, site, count(*), sum(word_count)
FROM article_records CROSS JOIN article_authors ON article_id = article_records.id
GROUP BY author_id, day, site;

CREATE TABLE host_link_tallies (
  -- How many links in the texts of a site lead to each host, its own included. Read the view `linked_hosts` instead.
  from_site TEXT NOT NULL,              -- host without 'www.'
  to_host TEXT NOT NULL,                -- host without 'www.'
  links INTEGER NOT NULL,               -- 0: there were once
  PRIMARY KEY (from_site, to_host)
) STRICT, WITHOUT ROWID;

INSERT INTO host_link_tallies (from_site, to_host, links)
SELECT site, host, count(*)
FROM (
  SELECT links.article_id, hosts.host
  FROM links
  CROSS JOIN (
    SELECT id, substr(rest, 1, instr(rest || '/', '/') - 1) AS host
    FROM (SELECT id, substr(replace(url, '://www.', '://'), instr(url, '://') + 3) AS rest FROM urls)
  ) AS hosts ON hosts.id = links.url_id
  WHERE links.kind = 'body'
) AS outward
CROSS JOIN article_records ON article_records.id = outward.article_id
GROUP BY site, host;

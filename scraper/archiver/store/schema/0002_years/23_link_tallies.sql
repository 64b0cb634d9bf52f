-- Sums over the links between archived articles, and what makes all sums cheap to keep.
CREATE TABLE site_link_tallies (
  -- How many links lead from the articles of one site to those of another. Read the view `site_links` instead.
  from_site TEXT NOT NULL,              -- host without 'www.'
  to_site TEXT NOT NULL,                -- host without 'www.'
  links INTEGER NOT NULL,               -- 0: there were once
  PRIMARY KEY (from_site, to_site)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_tallies (
  -- How many links of other articles lead to an article. Read the view `linked_articles` instead.
  article_id INTEGER PRIMARY KEY REFERENCES article_records (id) ON DELETE CASCADE,
  links INTEGER NOT NULL                -- 0: there were once
) STRICT;

CREATE INDEX link_tallies_links ON link_tallies (links);

CREATE TABLE tally_backlog (
  -- What the open transaction adds is summed up once, when it ends: always empty for everybody else.
  first_article_id INTEGER PRIMARY KEY, -- articles from this id on are in no sum yet
  first_link_id INTEGER NOT NULL        -- nor are links from this id on
) STRICT;

INSERT INTO site_link_tallies (from_site, to_site, links)
SELECT sources.site, targets.site, count(*)
FROM links
JOIN urls ON urls.id = links.url_id
JOIN article_records AS sources ON sources.id = links.article_id
JOIN article_records AS targets ON targets.id = urls.article_id
WHERE links.article_id <> urls.article_id
GROUP BY sources.site, targets.site;

INSERT INTO link_tallies (article_id, links)
SELECT urls.article_id, count(*)
FROM links
JOIN urls ON urls.id = links.url_id
WHERE links.article_id <> urls.article_id
GROUP BY urls.article_id;

-- The sums (tables `*_tallies`), whoever writes. What stands in `tally_backlog` and after it is
-- counted when its transaction ends. How a sum is kept stands once, in the triggers on views that hold nothing;
-- the triggers on the tables only put there what came (1) and what went (-1).

CREATE VIEW tally_article_changes AS
-- Nothing is ever here: an article put here is added to the sums as often as `times` says.
SELECT
  NULL AS times,
  NULL AS id,
  NULL AS site,
  NULL AS feed_id,
  NULL AS published_on,
  NULL AS word_count,
  NULL AS title,
  NULL AS subtitle,
  NULL AS published_precision,
  NULL AS modified,
  NULL AS category,
  NULL AS text_hash,
  NULL AS language,
  NULL AS comment_count,
  NULL AS view_count,
  NULL AS paywalled
WHERE 0;

CREATE VIEW tally_part_changes AS
-- Nothing is ever here: what is put here is added to the sums of the site and month of that article.
SELECT
  NULL AS article_id,
  NULL AS authors,
  NULL AS tags,
  NULL AS images
WHERE 0;

CREATE VIEW tally_author_changes AS
-- Nothing is ever here: a byline put here is added to what its author wrote as often as `times` says.
SELECT
  NULL AS times,
  NULL AS article_id,
  NULL AS author_id
WHERE 0;

CREATE VIEW tally_host_changes AS
-- Nothing is ever here: a link in a text put here is added to the sums as often as `times` says, under the site that
-- its article has, or had where it is given.
SELECT
  NULL AS times,
  NULL AS id,
  NULL AS article_id,
  NULL AS from_site,
  NULL AS host
WHERE 0;

CREATE VIEW tally_hosts AS
-- The host of every URL, without 'www.'.
SELECT
  url_id,
  substr(rest, 1, instr(rest || '/', '/') - 1) AS host
FROM (SELECT id AS url_id, substr(replace(url, '://www.', '://'), instr(url, '://') + 3) AS rest FROM urls);

CREATE VIEW tally_link_changes AS
-- Nothing is ever here: a link put here is added to the sums as often as `times` says, under the sites that its two
-- articles have, or had where they are given.
SELECT
  NULL AS times,
  NULL AS id,
  NULL AS source_id,
  NULL AS target_id,
  NULL AS from_site,
  NULL AS to_site
WHERE 0;

CREATE TRIGGER article_tallied INSTEAD OF INSERT ON tally_article_changes
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.id) BEGIN
  INSERT INTO day_tallies (published_on, site, feed_id, articles, words, paywall_known, paywalled)
  VALUES (new.published_on, new.site, new.feed_id, new.times, new.times * new.word_count,
    new.times * (new.paywalled IS NOT NULL), new.times * (new.paywalled IS 1))
  ON CONFLICT (ifnull(published_on, ''), site, ifnull(feed_id, 0)) DO UPDATE
  SET articles = articles + excluded.articles, words = words + excluded.words,
    paywall_known = paywall_known + excluded.paywall_known, paywalled = paywalled + excluded.paywalled;
  DELETE FROM day_tallies
  WHERE ifnull(published_on, '') = ifnull(new.published_on, '') AND site = new.site
  AND ifnull(feed_id, 0) = ifnull(new.feed_id, 0) AND articles = 0;
  INSERT INTO coverage_tallies (site, month, articles,
    title, subtitle, published_time, modified, authors, category, tags, body, images, language, comment_count,
    view_count, paywalled)
  VALUES (new.site, substr(new.published_on, 1, 7), new.times,
    new.times * (new.title IS NOT NULL),
    new.times * (new.subtitle IS NOT NULL),
    new.times * (ifnull(new.published_precision <> 'day', 0)),
    new.times * (new.modified IS NOT NULL),
    new.times * (EXISTS (SELECT 1 FROM article_authors WHERE article_id = new.id)),
    new.times * (new.category IS NOT NULL),
    new.times * (EXISTS (SELECT 1 FROM article_tags WHERE article_id = new.id)),
    new.times * (new.text_hash IS NOT NULL),
    new.times * (EXISTS (SELECT 1 FROM images WHERE article_id = new.id)),
    new.times * (new.language IS NOT NULL),
    new.times * (new.comment_count IS NOT NULL),
    new.times * (new.view_count IS NOT NULL),
    new.times * (new.paywalled IS NOT NULL))
  ON CONFLICT (site, ifnull(month, '')) DO UPDATE SET articles = articles + excluded.articles,
    title = title + excluded.title,
    subtitle = subtitle + excluded.subtitle,
    published_time = published_time + excluded.published_time,
    modified = modified + excluded.modified,
    authors = authors + excluded.authors,
    category = category + excluded.category,
    tags = tags + excluded.tags,
    body = body + excluded.body,
    images = images + excluded.images,
    language = language + excluded.language,
    comment_count = comment_count + excluded.comment_count,
    view_count = view_count + excluded.view_count,
    paywalled = paywalled + excluded.paywalled;
  DELETE FROM coverage_tallies
  WHERE site = new.site AND ifnull(month, '') = ifnull(substr(new.published_on, 1, 7), '') AND articles = 0;
  INSERT INTO author_tallies (author_id, published_on, site, articles, words)
  SELECT author_id, ifnull(new.published_on, ''), new.site, new.times, new.times * new.word_count
  FROM article_authors WHERE article_id = new.id
  ON CONFLICT (author_id, published_on, site) DO UPDATE
  SET articles = articles + excluded.articles, words = words + excluded.words;
  DELETE FROM author_tallies
  WHERE author_id IN (SELECT author_id FROM article_authors WHERE article_id = new.id)
  AND published_on = ifnull(new.published_on, '') AND site = new.site AND articles = 0;
END;

CREATE TRIGGER part_tallied INSTEAD OF INSERT ON tally_part_changes
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.article_id) BEGIN
  UPDATE coverage_tallies SET authors = authors + new.authors, tags = tags + new.tags, images = images + new.images
  WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER author_tallied INSTEAD OF INSERT ON tally_author_changes
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.article_id) BEGIN
  INSERT INTO author_tallies (author_id, published_on, site, articles, words)
  SELECT new.author_id, ifnull(published_on, ''), site, new.times, new.times * word_count
  FROM article_records WHERE id = new.article_id
  ON CONFLICT (author_id, published_on, site) DO UPDATE
  SET articles = articles + excluded.articles, words = words + excluded.words;
  DELETE FROM author_tallies
  WHERE (author_id, published_on, site) = (
    SELECT new.author_id, ifnull(published_on, ''), site FROM article_records WHERE id = new.article_id)
  AND articles = 0;
END;

CREATE TRIGGER host_tallied INSTEAD OF INSERT ON tally_host_changes
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_link_id <= new.id) BEGIN
  INSERT INTO host_link_tallies (from_site, to_host, links)
  SELECT ifnull(new.from_site, site), new.host, new.times
  FROM article_records WHERE id = new.article_id
  ON CONFLICT (from_site, to_host) DO UPDATE SET links = links + excluded.links;
END;

CREATE TRIGGER link_tallied INSTEAD OF INSERT ON tally_link_changes
WHEN new.source_id <> new.target_id
AND NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_link_id <= new.id) BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT ifnull(new.from_site, sources.site), ifnull(new.to_site, targets.site), new.times
  FROM article_records AS sources JOIN article_records AS targets ON targets.id = new.target_id
  WHERE sources.id = new.source_id
  ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, new.times FROM article_records AS sources
  JOIN article_records AS targets ON targets.id = new.target_id
  WHERE sources.id = new.source_id
  ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
END;

-- What a run adds is asked about here too: the trigger is entered for each of its rows.
CREATE TRIGGER article_added_to_tallies AFTER INSERT ON article_records
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.id) BEGIN
  INSERT INTO tally_article_changes VALUES (1, new.id, new.site, new.feed_id, new.published_on, new.word_count,
    new.title, new.subtitle, new.published_precision, new.modified, new.category, new.text_hash, new.language,
    new.comment_count, new.view_count, new.paywalled);
END;

CREATE TRIGGER article_changed_in_tallies AFTER UPDATE OF
  site, feed_id, published_on, word_count, title, subtitle, published_precision, modified,
  category, text_hash, language, comment_count, view_count, paywalled ON article_records
-- Counts rise with each visit: what is summed is only whether there are any.
WHEN (old.site, old.feed_id, old.published_on, old.word_count, old.title IS NULL, old.subtitle IS NULL,
  old.published_precision, old.modified IS NULL, old.category IS NULL, old.text_hash IS NULL, old.language IS NULL,
  old.comment_count IS NULL, old.view_count IS NULL, old.paywalled)
IS NOT (new.site, new.feed_id, new.published_on, new.word_count, new.title IS NULL, new.subtitle IS NULL,
  new.published_precision, new.modified IS NULL, new.category IS NULL, new.text_hash IS NULL, new.language IS NULL,
  new.comment_count IS NULL, new.view_count IS NULL, new.paywalled) BEGIN
  INSERT INTO tally_article_changes VALUES (-1, old.id, old.site, old.feed_id, old.published_on, old.word_count,
    old.title, old.subtitle, old.published_precision, old.modified, old.category, old.text_hash, old.language,
    old.comment_count, old.view_count, old.paywalled);
  INSERT INTO tally_article_changes VALUES (1, new.id, new.site, new.feed_id, new.published_on, new.word_count,
    new.title, new.subtitle, new.published_precision, new.modified, new.category, new.text_hash, new.language,
    new.comment_count, new.view_count, new.paywalled);
END;

-- Before and not after: what hangs on the article is there to be looked at still.
CREATE TRIGGER article_taken_from_tallies BEFORE DELETE ON article_records BEGIN
  INSERT INTO tally_article_changes VALUES (-1, old.id, old.site, old.feed_id, old.published_on, old.word_count,
    old.title, old.subtitle, old.published_precision, old.modified, old.category, old.text_hash, old.language,
    old.comment_count, old.view_count, old.paywalled);
  INSERT INTO tally_link_changes
  SELECT -1, links.id, links.article_id, urls.article_id, NULL, NULL FROM links
  JOIN urls ON urls.id = links.url_id WHERE links.article_id = old.id;
  INSERT INTO tally_link_changes
  SELECT -1, links.id, links.article_id, urls.article_id, NULL, NULL FROM urls
  JOIN links ON links.url_id = urls.id WHERE urls.article_id = old.id;
  INSERT INTO tally_host_changes
  SELECT -1, links.id, links.article_id, NULL, host FROM links
  JOIN tally_hosts USING (url_id) WHERE links.article_id = old.id AND links.kind = 'body';
END;

-- Authors, tags and pictures come after their article, and count themselves.
CREATE TRIGGER article_authors_added_to_tallies AFTER INSERT ON article_authors
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.article_id) BEGIN
  INSERT INTO tally_part_changes SELECT new.article_id, 1, 0, 0 WHERE new.position = 1;
  INSERT INTO tally_author_changes VALUES (1, new.article_id, new.author_id);
END;

CREATE TRIGGER article_authors_taken_from_tallies AFTER DELETE ON article_authors
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= old.article_id) BEGIN
  INSERT INTO tally_part_changes SELECT old.article_id, -1, 0, 0 WHERE old.position = 1;
  INSERT INTO tally_author_changes VALUES (-1, old.article_id, old.author_id);
END;

-- Two spellings of one name made one, by hand.
CREATE TRIGGER article_authors_changed_in_tallies AFTER UPDATE OF author_id ON article_authors BEGIN
  INSERT INTO tally_author_changes VALUES (-1, old.article_id, old.author_id);
  INSERT INTO tally_author_changes VALUES (1, new.article_id, new.author_id);
END;

CREATE TRIGGER article_tags_added_to_tallies AFTER INSERT ON article_tags WHEN new.position = 1
AND NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.article_id) BEGIN
  INSERT INTO tally_part_changes VALUES (new.article_id, 0, 1, 0);
END;

CREATE TRIGGER article_tags_taken_from_tallies AFTER DELETE ON article_tags WHEN old.position = 1
AND NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= old.article_id) BEGIN
  INSERT INTO tally_part_changes VALUES (old.article_id, 0, -1, 0);
END;

CREATE TRIGGER images_added_to_tallies AFTER INSERT ON images WHEN new.position = 1
AND NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= new.article_id) BEGIN
  INSERT INTO tally_part_changes VALUES (new.article_id, 0, 0, 1);
END;

CREATE TRIGGER images_taken_from_tallies AFTER DELETE ON images WHEN old.position = 1
AND NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_article_id <= old.article_id) BEGIN
  INSERT INTO tally_part_changes VALUES (old.article_id, 0, 0, -1);
END;

CREATE TRIGGER link_added_to_tallies AFTER INSERT ON links
WHEN NOT EXISTS (SELECT 1 FROM tally_backlog WHERE first_link_id <= new.id) BEGIN
  INSERT INTO tally_link_changes
  SELECT 1, new.id, new.article_id, article_id, NULL, NULL FROM urls WHERE id = new.url_id;
  INSERT INTO tally_host_changes
  SELECT 1, new.id, new.article_id, NULL, host FROM tally_hosts WHERE url_id = new.url_id AND new.kind = 'body';
END;

-- Where its article is deleted, that has taken it out already, and is not found any more.
CREATE TRIGGER link_taken_from_tallies AFTER DELETE ON links BEGIN
  INSERT INTO tally_link_changes
  SELECT -1, old.id, old.article_id, article_id, NULL, NULL FROM urls WHERE id = old.url_id;
  INSERT INTO tally_host_changes
  SELECT -1, old.id, old.article_id, NULL, host FROM tally_hosts WHERE url_id = old.url_id AND old.kind = 'body';
END;

-- What was linked to is archived, or (by hand) not any more. Where that is deleted, it is not found any more, either.
CREATE TRIGGER target_moved_in_tallies AFTER UPDATE OF article_id ON urls
WHEN old.article_id IS NOT new.article_id BEGIN
  INSERT INTO tally_link_changes SELECT -1, id, article_id, old.article_id, NULL, NULL FROM links WHERE url_id = old.id;
  INSERT INTO tally_link_changes SELECT 1, id, article_id, new.article_id, NULL, NULL FROM links WHERE url_id = new.id;
END;

-- An older sight of an article, brought by an import, may have been at another host.
CREATE TRIGGER article_moved_in_link_tallies AFTER UPDATE OF site ON article_records
WHEN old.site IS NOT new.site BEGIN
  INSERT INTO tally_link_changes
  SELECT -1, links.id, links.article_id, urls.article_id, old.site, NULL FROM links
  JOIN urls ON urls.id = links.url_id WHERE links.article_id = new.id;
  INSERT INTO tally_link_changes
  SELECT -1, links.id, links.article_id, urls.article_id, NULL, old.site FROM urls
  JOIN links ON links.url_id = urls.id WHERE urls.article_id = new.id;
  INSERT INTO tally_link_changes
  SELECT 1, links.id, links.article_id, urls.article_id, NULL, NULL FROM links
  JOIN urls ON urls.id = links.url_id WHERE links.article_id = new.id;
  INSERT INTO tally_link_changes
  SELECT 1, links.id, links.article_id, urls.article_id, NULL, NULL FROM urls
  JOIN links ON links.url_id = urls.id WHERE urls.article_id = new.id;
  INSERT INTO tally_host_changes
  SELECT -1, links.id, links.article_id, old.site, host FROM links
  JOIN tally_hosts USING (url_id) WHERE links.article_id = new.id AND links.kind = 'body';
  INSERT INTO tally_host_changes
  SELECT 1, links.id, links.article_id, NULL, host FROM links
  JOIN tally_hosts USING (url_id) WHERE links.article_id = new.id AND links.kind = 'body';
END;

-- The sums of 22_tallies.sql and 23_link_tallies.sql, whoever writes. What stands in `tally_backlog` and after it is
-- counted when its transaction ends.

-- Authors, tags and pictures come after it, and count themselves.
CREATE TRIGGER article_added_to_tallies AFTER INSERT ON article_records
WHEN new.id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  INSERT INTO day_tallies (published_on, site, feed_id, articles, words)
  VALUES (new.published_on, new.site, new.feed_id, 1, new.word_count)
  ON CONFLICT (ifnull(published_on, ''), site, ifnull(feed_id, 0)) DO UPDATE
  SET articles = articles + 1, words = words + excluded.words;
  INSERT INTO coverage_tallies (site, month, articles,
    title, subtitle, published_time, modified, authors, category, tags, body, images, language, comment_count,
    view_count, paywalled)
  VALUES (new.site, substr(new.published_on, 1, 7), 1,
    new.title IS NOT NULL, new.subtitle IS NOT NULL, ifnull(new.published_precision <> 'day', 0),
    new.modified IS NOT NULL, 0, new.category IS NOT NULL, 0, new.text_hash IS NOT NULL, 0, new.language IS NOT NULL,
    new.comment_count IS NOT NULL, new.view_count IS NOT NULL, new.paywalled IS NOT NULL)
  ON CONFLICT (site, ifnull(month, '')) DO UPDATE SET articles = articles + 1,
    title = title + excluded.title, subtitle = subtitle + excluded.subtitle,
    published_time = published_time + excluded.published_time, modified = modified + excluded.modified,
    authors = authors + excluded.authors, category = category + excluded.category, tags = tags + excluded.tags,
    body = body + excluded.body, images = images + excluded.images, language = language + excluded.language,
    comment_count = comment_count + excluded.comment_count, view_count = view_count + excluded.view_count,
    paywalled = paywalled + excluded.paywalled;
END;

CREATE TRIGGER article_moved_in_day_tallies AFTER UPDATE OF published_on, site, feed_id, word_count ON article_records
WHEN (old.published_on, old.site, old.feed_id, old.word_count)
IS NOT (new.published_on, new.site, new.feed_id, new.word_count)
AND new.id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE day_tallies SET articles = articles - 1, words = words - old.word_count
  WHERE ifnull(published_on, '') = ifnull(old.published_on, '') AND site = old.site
  AND ifnull(feed_id, 0) = ifnull(old.feed_id, 0);
  DELETE FROM day_tallies
  WHERE ifnull(published_on, '') = ifnull(old.published_on, '') AND site = old.site
  AND ifnull(feed_id, 0) = ifnull(old.feed_id, 0) AND articles = 0;
  INSERT INTO day_tallies (published_on, site, feed_id, articles, words)
  VALUES (new.published_on, new.site, new.feed_id, 1, new.word_count)
  ON CONFLICT (ifnull(published_on, ''), site, ifnull(feed_id, 0)) DO UPDATE
  SET articles = articles + 1, words = words + excluded.words;
END;

CREATE TRIGGER article_moved_in_coverage_tallies AFTER UPDATE ON article_records
WHEN (old.site, substr(old.published_on, 1, 7), old.title IS NOT NULL, old.subtitle IS NOT NULL,
    ifnull(old.published_precision <> 'day', 0), old.modified IS NOT NULL, old.category IS NOT NULL,
    old.text_hash IS NOT NULL, old.language IS NOT NULL, old.comment_count IS NOT NULL, old.view_count IS NOT NULL,
    old.paywalled IS NOT NULL)
IS NOT (new.site, substr(new.published_on, 1, 7), new.title IS NOT NULL, new.subtitle IS NOT NULL,
    ifnull(new.published_precision <> 'day', 0), new.modified IS NOT NULL, new.category IS NOT NULL,
    new.text_hash IS NOT NULL, new.language IS NOT NULL, new.comment_count IS NOT NULL, new.view_count IS NOT NULL,
    new.paywalled IS NOT NULL)
AND new.id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET articles = articles - 1,
    title = title - (old.title IS NOT NULL), subtitle = subtitle - (old.subtitle IS NOT NULL),
    published_time = published_time - (ifnull(old.published_precision <> 'day', 0)),
    modified = modified - (old.modified IS NOT NULL),
    authors = authors - (EXISTS (SELECT 1 FROM article_authors WHERE article_id = old.id)),
    category = category - (old.category IS NOT NULL),
    tags = tags - (EXISTS (SELECT 1 FROM article_tags WHERE article_id = old.id)),
    body = body - (old.text_hash IS NOT NULL),
    images = images - (EXISTS (SELECT 1 FROM images WHERE article_id = old.id)),
    language = language - (old.language IS NOT NULL),
    comment_count = comment_count - (old.comment_count IS NOT NULL),
    view_count = view_count - (old.view_count IS NOT NULL), paywalled = paywalled - (old.paywalled IS NOT NULL)
  WHERE site = old.site AND ifnull(month, '') = ifnull(substr(old.published_on, 1, 7), '');
  DELETE FROM coverage_tallies
  WHERE site = old.site AND ifnull(month, '') = ifnull(substr(old.published_on, 1, 7), '') AND articles = 0;
  INSERT INTO coverage_tallies (site, month, articles,
    title, subtitle, published_time, modified, authors, category, tags, body, images, language, comment_count,
    view_count, paywalled)
  VALUES (new.site, substr(new.published_on, 1, 7), 1,
    new.title IS NOT NULL, new.subtitle IS NOT NULL, ifnull(new.published_precision <> 'day', 0),
    new.modified IS NOT NULL, EXISTS (SELECT 1 FROM article_authors WHERE article_id = new.id),
    new.category IS NOT NULL, EXISTS (SELECT 1 FROM article_tags WHERE article_id = new.id),
    new.text_hash IS NOT NULL, EXISTS (SELECT 1 FROM images WHERE article_id = new.id), new.language IS NOT NULL,
    new.comment_count IS NOT NULL, new.view_count IS NOT NULL, new.paywalled IS NOT NULL)
  ON CONFLICT (site, ifnull(month, '')) DO UPDATE SET articles = articles + 1,
    title = title + excluded.title, subtitle = subtitle + excluded.subtitle,
    published_time = published_time + excluded.published_time, modified = modified + excluded.modified,
    authors = authors + excluded.authors, category = category + excluded.category, tags = tags + excluded.tags,
    body = body + excluded.body, images = images + excluded.images, language = language + excluded.language,
    comment_count = comment_count + excluded.comment_count, view_count = view_count + excluded.view_count,
    paywalled = paywalled + excluded.paywalled;
END;

-- Before and not after: what hangs on the article is there to be looked at still.
CREATE TRIGGER article_taken_from_tallies BEFORE DELETE ON article_records
WHEN old.id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE day_tallies SET articles = articles - 1, words = words - old.word_count
  WHERE ifnull(published_on, '') = ifnull(old.published_on, '') AND site = old.site
  AND ifnull(feed_id, 0) = ifnull(old.feed_id, 0);
  DELETE FROM day_tallies
  WHERE ifnull(published_on, '') = ifnull(old.published_on, '') AND site = old.site
  AND ifnull(feed_id, 0) = ifnull(old.feed_id, 0) AND articles = 0;
  UPDATE coverage_tallies SET articles = articles - 1,
    title = title - (old.title IS NOT NULL), subtitle = subtitle - (old.subtitle IS NOT NULL),
    published_time = published_time - (ifnull(old.published_precision <> 'day', 0)),
    modified = modified - (old.modified IS NOT NULL),
    authors = authors - (EXISTS (SELECT 1 FROM article_authors WHERE article_id = old.id)),
    category = category - (old.category IS NOT NULL),
    tags = tags - (EXISTS (SELECT 1 FROM article_tags WHERE article_id = old.id)),
    body = body - (old.text_hash IS NOT NULL),
    images = images - (EXISTS (SELECT 1 FROM images WHERE article_id = old.id)),
    language = language - (old.language IS NOT NULL),
    comment_count = comment_count - (old.comment_count IS NOT NULL),
    view_count = view_count - (old.view_count IS NOT NULL), paywalled = paywalled - (old.paywalled IS NOT NULL)
  WHERE site = old.site AND ifnull(month, '') = ifnull(substr(old.published_on, 1, 7), '');
  DELETE FROM coverage_tallies
  WHERE site = old.site AND ifnull(month, '') = ifnull(substr(old.published_on, 1, 7), '') AND articles = 0;
END;

CREATE TRIGGER article_authors_added_to_tallies AFTER INSERT ON article_authors
WHEN new.position = 1
AND new.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET authors = authors + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER article_authors_taken_from_tallies AFTER DELETE ON article_authors
WHEN old.position = 1
AND old.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET authors = authors - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

CREATE TRIGGER article_tags_added_to_tallies AFTER INSERT ON article_tags
WHEN new.position = 1
AND new.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET tags = tags + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER article_tags_taken_from_tallies AFTER DELETE ON article_tags
WHEN old.position = 1
AND old.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET tags = tags - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

CREATE TRIGGER images_added_to_tallies AFTER INSERT ON images
WHEN new.position = 1
AND new.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET images = images + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER images_taken_from_tallies AFTER DELETE ON images
WHEN old.position = 1
AND old.article_id < ifnull((SELECT first_article_id FROM tally_backlog), 9223372036854775807) BEGIN
  UPDATE coverage_tallies SET images = images - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

CREATE TRIGGER link_added_to_tallies AFTER INSERT ON links
WHEN new.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807) BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, count(*) FROM urls
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = new.article_id
  WHERE urls.id = new.url_id AND sources.id <> targets.id
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, count(*) FROM urls
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = new.article_id
  WHERE urls.id = new.url_id AND sources.id <> targets.id
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
END;

-- Where its article is deleted, that has taken it out already.
CREATE TRIGGER link_taken_from_tallies AFTER DELETE ON links
WHEN old.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807) BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, -count(*) FROM urls
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = old.article_id
  WHERE urls.id = old.url_id AND sources.id <> targets.id
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, -count(*) FROM urls
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = old.article_id
  WHERE urls.id = old.url_id AND sources.id <> targets.id
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
END;

-- What was linked to is archived, or (by hand) not any more. Where its article is deleted, that has taken it out already.
CREATE TRIGGER target_moved_in_tallies AFTER UPDATE OF article_id ON urls
WHEN old.article_id IS NOT new.article_id BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, -count(*) FROM links
  JOIN article_records AS targets ON targets.id = old.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.url_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, -count(*) FROM links
  JOIN article_records AS targets ON targets.id = old.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.url_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, count(*) FROM links
  JOIN article_records AS targets ON targets.id = new.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.url_id = new.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, count(*) FROM links
  JOIN article_records AS targets ON targets.id = new.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.url_id = new.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
END;

-- An older sight of an article, brought by an import, may have been at another host.
CREATE TRIGGER article_moved_in_link_tallies AFTER UPDATE OF site ON article_records
WHEN old.site IS NOT new.site BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT old.site, targets.site, -count(*) FROM links
  JOIN urls ON urls.id = links.url_id
  JOIN article_records AS targets ON targets.id = urls.article_id
  WHERE links.article_id = new.id AND targets.id <> new.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, old.site, -count(*) FROM urls
  JOIN links ON links.url_id = urls.id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE urls.article_id = new.id AND sources.id <> new.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT new.site, targets.site, count(*) FROM links
  JOIN urls ON urls.id = links.url_id
  JOIN article_records AS targets ON targets.id = urls.article_id
  WHERE links.article_id = new.id AND targets.id <> new.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, new.site, count(*) FROM urls
  JOIN links ON links.url_id = urls.id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE urls.article_id = new.id AND sources.id <> new.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
END;

CREATE TRIGGER article_taken_from_link_tallies BEFORE DELETE ON article_records BEGIN
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, -count(*) FROM links
  JOIN urls ON urls.id = links.url_id
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.article_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, -count(*) FROM links
  JOIN urls ON urls.id = links.url_id
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE links.article_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
  INSERT INTO site_link_tallies (from_site, to_site, links)
  SELECT sources.site, targets.site, -count(*) FROM urls
  JOIN links ON links.url_id = urls.id
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE urls.article_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1, 2 ON CONFLICT (from_site, to_site) DO UPDATE SET links = links + excluded.links;
  INSERT INTO link_tallies (article_id, links)
  SELECT targets.id, -count(*) FROM urls
  JOIN links ON links.url_id = urls.id
  JOIN article_records AS targets ON targets.id = urls.article_id
  JOIN article_records AS sources ON sources.id = links.article_id
  WHERE urls.article_id = old.id AND sources.id <> targets.id
  AND links.id < ifnull((SELECT first_link_id FROM tally_backlog), 9223372036854775807)
  GROUP BY 1 ON CONFLICT (article_id) DO UPDATE SET links = links + excluded.links;
END;

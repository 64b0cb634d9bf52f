-- They keep article_search in step with the tables, whoever writes: FTS5 must be told the old text to forget it.

CREATE TRIGGER article_texts_inserted AFTER INSERT ON article_texts
WHEN new.article_id NOT IN (SELECT article_id FROM search_backlog) BEGIN
  INSERT INTO article_search (rowid, title, subtitle, summary, body, spellings)
  SELECT article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = new.article_id;
END;

CREATE TRIGGER article_texts_deleted BEFORE DELETE ON article_texts BEGIN
  INSERT INTO article_search (article_search, rowid, title, subtitle, summary, body, spellings)
  SELECT 'delete', article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = old.article_id;
END;

CREATE TRIGGER article_texts_changing BEFORE UPDATE ON article_texts
WHEN old.summary IS NOT new.summary OR old.body IS NOT new.body OR old.spellings IS NOT new.spellings BEGIN
  INSERT INTO article_search (article_search, rowid, title, subtitle, summary, body, spellings)
  SELECT 'delete', article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = old.article_id;
END;

CREATE TRIGGER article_texts_changed AFTER UPDATE ON article_texts
WHEN old.summary IS NOT new.summary OR old.body IS NOT new.body OR old.spellings IS NOT new.spellings BEGIN
  INSERT INTO article_search (rowid, title, subtitle, summary, body, spellings)
  SELECT article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = new.article_id;
END;

CREATE TRIGGER article_records_changing BEFORE UPDATE ON article_records
WHEN old.title IS NOT new.title OR old.subtitle IS NOT new.subtitle BEGIN
  INSERT INTO article_search (article_search, rowid, title, subtitle, summary, body, spellings)
  SELECT 'delete', article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = old.id;
END;

CREATE TRIGGER article_records_changed AFTER UPDATE ON article_records
WHEN old.title IS NOT new.title OR old.subtitle IS NOT new.subtitle BEGIN
  INSERT INTO article_search (rowid, title, subtitle, summary, body, spellings)
  SELECT article_id, title, subtitle, summary, body, spellings FROM article_search_source WHERE article_id = new.id;
END;

-- The cascade would delete the text when its title is gone already: too late to forget the title.
CREATE TRIGGER article_records_deleted BEFORE DELETE ON article_records BEGIN
  DELETE FROM article_texts WHERE article_id = old.id;
END;

-- A cluster survives its members, whoever deletes them, while there are two.
CREATE TRIGGER clustered_article_deleted AFTER DELETE ON article_records WHEN old.cluster_id IS NOT NULL BEGIN
  UPDATE cluster_records SET articles = articles - 1, canonical_id = (
    SELECT id FROM article_records WHERE cluster_id = old.cluster_id
    ORDER BY published IS NULL, iif(published_precision = 'day', published_on || 'T23:59:59Z', published), id LIMIT 1)
  WHERE id = old.cluster_id;
  DELETE FROM cluster_records WHERE id = old.cluster_id AND articles < 2;
END;

CREATE TRIGGER clustered_article_dated AFTER UPDATE OF published, published_precision ON article_records
WHEN new.cluster_id IS NOT NULL
AND (old.published IS NOT new.published OR old.published_precision IS NOT new.published_precision) BEGIN
  UPDATE cluster_records SET canonical_id = (
    SELECT id FROM article_records WHERE cluster_id = new.cluster_id
    ORDER BY published IS NULL, iif(published_precision = 'day', published_on || 'T23:59:59Z', published), id LIMIT 1)
  WHERE id = new.cluster_id;
END;

-- The sums of 22_tallies.sql, whoever writes.

-- Authors, tags and pictures come after it, and count themselves.
CREATE TRIGGER article_added_to_tallies AFTER INSERT ON article_records BEGIN
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
IS NOT (new.published_on, new.site, new.feed_id, new.word_count) BEGIN
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
    new.paywalled IS NOT NULL) BEGIN
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
CREATE TRIGGER article_taken_from_tallies BEFORE DELETE ON article_records BEGIN
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

CREATE TRIGGER article_authors_added_to_tallies AFTER INSERT ON article_authors WHEN new.position = 1 BEGIN
  UPDATE coverage_tallies SET authors = authors + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER article_authors_taken_from_tallies AFTER DELETE ON article_authors WHEN old.position = 1 BEGIN
  UPDATE coverage_tallies SET authors = authors - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

CREATE TRIGGER article_tags_added_to_tallies AFTER INSERT ON article_tags WHEN new.position = 1 BEGIN
  UPDATE coverage_tallies SET tags = tags + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER article_tags_taken_from_tallies AFTER DELETE ON article_tags WHEN old.position = 1 BEGIN
  UPDATE coverage_tallies SET tags = tags - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

CREATE TRIGGER images_added_to_tallies AFTER INSERT ON images WHEN new.position = 1 BEGIN
  UPDATE coverage_tallies SET images = images + 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = new.article_id);
END;

CREATE TRIGGER images_taken_from_tallies AFTER DELETE ON images WHEN old.position = 1 BEGIN
  UPDATE coverage_tallies SET images = images - 1 WHERE (site, ifnull(month, '')) = (
    SELECT site, ifnull(substr(published_on, 1, 7), '') FROM article_records WHERE id = old.article_id);
END;

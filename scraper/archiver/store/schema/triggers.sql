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

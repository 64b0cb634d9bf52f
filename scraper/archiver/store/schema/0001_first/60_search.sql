-- Full-text index over the view article_search_source: the text itself is stored once, in the tables.
-- unicode61 folds case and accents (muller finds Müller); the column spellings brings mueller and strasse.
CREATE VIRTUAL TABLE article_search USING fts5 (
  title, subtitle, summary, body, spellings,
  content = 'article_search_source', content_rowid = 'article_id',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE search_backlog (
  -- New articles whose text is indexed when their transaction ends: always empty for everybody else.
  article_id INTEGER PRIMARY KEY
) STRICT;

INSERT INTO article_search (article_search, rank) VALUES ('rank', 'bm25(8.0, 4.0, 2.0, 1.0, 1.0)');

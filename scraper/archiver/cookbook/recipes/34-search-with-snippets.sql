-- Search, with snippets
-- The best matches for some words, with the place where they stand; of very many, the best of those archived last.
-- `mueller` finds Müller; `"a phrase"`, `begin*`, `NEAR(one two)` and `title: word` work (SQLite's FTS5).
-- :words = hafen* -- what to look for, in the words of FTS5
-- :latest = 20000 -- of how many matches at most the best are shown
WITH wanted AS (
  SELECT iif(:words = '', '""', :words) AS words
),
earliest AS (
  SELECT ifnull((
    SELECT rowid FROM article_search
    WHERE article_search MATCH (SELECT words FROM wanted)
      AND (:site = '' OR +rowid IN (SELECT id FROM articles WHERE site = :site))
    ORDER BY rowid DESC
    LIMIT 1 OFFSET CAST(:latest AS INTEGER)
  ), 0) AS id
),
found AS (
  SELECT rowid AS id, rank, snippet(article_search, 3, '[', ']', ' … ', 12) AS snippet
  FROM article_search
  WHERE article_search MATCH (SELECT words FROM wanted)
    AND rowid > (SELECT id FROM earliest)
    AND (:site = '' OR +rowid IN (SELECT id FROM articles WHERE site = :site))
  ORDER BY rank
  LIMIT 20
)
SELECT articles.id, articles.published_on, articles.title, found.snippet
FROM found
JOIN articles ON articles.id = found.id
ORDER BY found.rank
LIMIT 20;

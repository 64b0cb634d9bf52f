-- Search, with snippets
-- The best matches for some words, with the place where they stand. `mueller` finds Müller; `"a phrase"`, `begin*`,
-- `NEAR(one two)` and `title: word` work (SQLite's FTS5).
-- :words = hafen* -- what to look for, in the words of FTS5
SELECT articles.id, articles.published_on, articles.title, snippet(article_search, 3, '[', ']', ' … ', 12) AS snippet
FROM article_search
JOIN articles ON articles.id = article_search.rowid
WHERE article_search MATCH iif(:words = '', '""', :words) AND :site IN ('', articles.site)
ORDER BY article_search.rank
LIMIT 20;

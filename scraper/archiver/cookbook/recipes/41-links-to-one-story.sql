-- Who points to one story
-- The archived articles that link to one article, and since when.
-- :id = 10 -- id of the article, as in `articles`
SELECT
  from_article_id AS article_id,
  from_title AS title,
  from_site AS site,
  group_concat(DISTINCT kind) AS kinds,
  min(first_seen_at) AS first_seen_at
FROM link_graph
WHERE to_article_id = :id AND from_article_id <> :id
GROUP BY from_article_id
ORDER BY first_seen_at, from_article_id
LIMIT 200;

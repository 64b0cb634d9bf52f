-- Who else has one story
-- The archived articles that say the same as one article, or nearly the same.
-- :id = 7 -- id of the article, as in `articles`
SELECT
  earlier_article_id AS article_id,
  earlier_title AS title,
  earlier_site AS site,
  earlier_published AS published,
  similarity
FROM duplicates
WHERE article_id = :id
UNION ALL
SELECT article_id, title, site, published, similarity
FROM duplicates
WHERE earlier_article_id = :id
ORDER BY published, 1
LIMIT 100;

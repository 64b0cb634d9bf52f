-- Tags that go together
-- Pairs of keywords that stand on the same article.
WITH tagged AS (
  SELECT articles.id, json_each.value AS tag
  FROM articles, json_each(articles.tags_json)
  WHERE :site IN ('', articles.site)
    AND (:since = '' OR articles.published_on >= :since)
    AND (:until = '' OR articles.published_on < :until)
)
SELECT one.tag AS one, other.tag AS other, count(*) AS articles
FROM tagged AS one
JOIN tagged AS other ON other.id = one.id AND other.tag > one.tag
GROUP BY 1, 2
ORDER BY articles DESC, 1, 2
LIMIT 30;

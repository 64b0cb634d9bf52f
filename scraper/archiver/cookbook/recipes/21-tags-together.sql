-- Tags that go together
-- Pairs of keywords that stand on the same article, of the articles published last: there are more pairs than articles,
-- so that a sum of them all would be larger than what it sums up.
-- :latest = 50000 -- of how many articles
WITH latest AS (
  SELECT id
  FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  ORDER BY published_on DESC, id DESC
  LIMIT CAST(:latest AS INTEGER)
),
pairs AS (
  SELECT ones.tag_id AS one_id, others.tag_id AS other_id, count(*) AS articles
  FROM latest
  CROSS JOIN article_tags AS ones ON ones.article_id = latest.id
  CROSS JOIN article_tags AS others ON others.article_id = latest.id AND others.tag_id > ones.tag_id
  GROUP BY 1, 2
  ORDER BY articles DESC, 1, 2
  LIMIT 30
)
SELECT min(one.name, other.name) AS one, max(one.name, other.name) AS other, pairs.articles
FROM pairs
JOIN tags AS one ON one.id = pairs.one_id
JOIN tags AS other ON other.id = pairs.other_id
ORDER BY pairs.articles DESC, 1, 2
LIMIT 30;

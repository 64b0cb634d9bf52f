-- Which stories belong together
-- Pairs of articles that point to each other, by any kind of link, the latest first.
-- :latest = 20000 -- of how many articles
WITH latest AS (
  SELECT id, title
  FROM articles
  WHERE :site IN ('', site)
  ORDER BY id DESC
  LIMIT CAST(:latest AS INTEGER)
)
SELECT
  latest.id AS one_id,
  latest.title AS one,
  earlier.id AS other_id,
  earlier.title AS other
FROM latest
CROSS JOIN links AS there ON there.article_id = latest.id
CROSS JOIN urls AS led_to ON led_to.id = there.url_id AND led_to.article_id < latest.id
CROSS JOIN article_records AS earlier ON earlier.id = led_to.article_id
WHERE EXISTS (
  SELECT 1 FROM urls AS own CROSS JOIN links AS back ON back.article_id = earlier.id AND back.url_id = own.id
  WHERE own.article_id = latest.id
)
GROUP BY 1, 3
ORDER BY 1 DESC, 3 DESC
LIMIT 20;

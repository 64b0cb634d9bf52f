-- Who made the pictures
-- The names behind the pictures, as the captions credit them, of the articles published last.
-- :latest = 50000 -- of how many articles
WITH latest AS (
  SELECT id
  FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  ORDER BY published_on DESC, id DESC
  LIMIT CAST(:latest AS INTEGER)
)
SELECT images.credit, count(*) AS pictures, count(DISTINCT images.article_id) AS articles
FROM latest
CROSS JOIN images ON images.article_id = latest.id
WHERE images.credit IS NOT NULL
GROUP BY images.credit
ORDER BY pictures DESC, images.credit
LIMIT 30;

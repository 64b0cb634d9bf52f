-- Who made the pictures
-- The names behind the pictures, as the captions credit them.
SELECT images.credit, count(*) AS pictures, count(DISTINCT images.article_id) AS articles
FROM images
JOIN articles ON articles.id = images.article_id
WHERE :site IN ('', articles.site)
  AND (:since = '' OR articles.published_on >= :since)
  AND (:until = '' OR articles.published_on < :until)
  AND images.credit IS NOT NULL
GROUP BY images.credit
ORDER BY pictures DESC, images.credit
LIMIT 30;

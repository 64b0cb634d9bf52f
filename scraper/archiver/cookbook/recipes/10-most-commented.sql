-- Most commented
-- Where readers argue most, and how many comments a thousand views brought.
SELECT
  id,
  title,
  site,
  published,
  comment_count,
  view_count,
  1000 * comment_count / view_count AS per_thousand_views,
  url
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
  AND comment_count > 0
ORDER BY comment_count DESC
LIMIT 20;

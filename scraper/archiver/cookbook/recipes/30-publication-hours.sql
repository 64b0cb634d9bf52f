-- When they publish
-- Articles by weekday and hour, in the local time of each article as its page states it (0 is Sunday), of the articles
-- published last: habits change.
-- :latest = 100000 -- of how many articles
WITH latest AS (
  SELECT id
  FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  ORDER BY published_on DESC, id DESC
  LIMIT CAST(:latest AS INTEGER)
),
hours AS (
  SELECT strftime('%w%H', published, published_offset_minutes || ' minutes') AS weekday_and_hour
  FROM latest
  CROSS JOIN articles ON articles.id = latest.id
  WHERE published_precision <> 'day' AND published_offset_minutes IS NOT NULL
)
SELECT
  CAST(substr(weekday_and_hour, 1, 1) AS INTEGER) AS weekday,
  CAST(substr(weekday_and_hour, 2) AS INTEGER) AS hour,
  count(*) AS articles
FROM hours
GROUP BY weekday_and_hour
ORDER BY 1, 2;

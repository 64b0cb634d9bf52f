-- When they publish
-- Articles by weekday and hour, in the local time of each article as its page states it (0 is Sunday).
SELECT
  cast(strftime('%w', published, published_offset_minutes || ' minutes') AS INTEGER) AS weekday,
  cast(strftime('%H', published, published_offset_minutes || ' minutes') AS INTEGER) AS hour,
  count(*) AS articles
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
  AND published_precision <> 'day'
  AND published_offset_minutes IS NOT NULL
GROUP BY 1, 2
ORDER BY 1, 2;

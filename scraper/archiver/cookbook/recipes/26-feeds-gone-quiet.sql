-- Feeds that have gone quiet
-- Feeds that answer well and have brought nothing new for longest.
SELECT
  name,
  last_new_at,
  round(julianday(last_ok_at) - julianday(last_new_at), 1) AS quiet_days,
  entries
FROM feed_health
WHERE state = 'ok'
ORDER BY quiet_days DESC, name
LIMIT 20;

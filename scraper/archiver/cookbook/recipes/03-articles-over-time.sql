-- Articles over time, by feed
-- How many articles appeared in each day, week or month, for the seven feeds with most of them and all others together.
-- Weeks begin on Monday.
-- :bucket = day -- 'day', 'week' or 'month'
WITH counted AS (
  SELECT
    CASE :bucket
      WHEN 'month' THEN substr(published_on, 1, 7) || '-01'
      WHEN 'week' THEN date(published_on, 'weekday 0', '-6 days')
      ELSE published_on
    END AS starts_on,
    ifnull(feed, 'no feed') AS feed,
    sum(articles) AS articles
  FROM articles_per_day
  WHERE published_on IS NOT NULL
    AND :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  GROUP BY 1, 2
),
biggest AS (
  SELECT feed FROM counted GROUP BY feed ORDER BY sum(articles) DESC, feed LIMIT 7
)
SELECT starts_on, iif(feed IN (SELECT feed FROM biggest), feed, 'all others') AS feed, sum(articles) AS articles
FROM counted
GROUP BY 1, 2
ORDER BY 1 DESC, 3 DESC, 2
LIMIT 5000;

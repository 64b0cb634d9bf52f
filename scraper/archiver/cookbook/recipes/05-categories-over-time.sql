-- Categories over time
-- What was written about, by the first category of each article: the nine most frequent and all others together.
-- :bucket = month -- 'day', 'week' or 'month'
WITH days AS (
  SELECT category, published_on, count(*) AS articles
  FROM articles
  WHERE category IS NOT NULL
    AND published_on IS NOT NULL
    AND :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  GROUP BY category, published_on
),
counted AS (
  SELECT
    CASE :bucket
      WHEN 'month' THEN substr(published_on, 1, 7) || '-01'
      WHEN 'week' THEN date(published_on, 'weekday 0', '-6 days')
      ELSE published_on
    END AS starts_on,
    category,
    sum(articles) AS articles
  FROM days
  GROUP BY 1, 2
),
biggest AS (
  SELECT category FROM counted GROUP BY category ORDER BY sum(articles) DESC, category LIMIT 9
)
SELECT
  starts_on,
  iif(category IN (SELECT category FROM biggest), category, 'all others') AS category,
  sum(articles) AS articles
FROM counted
GROUP BY 1, 2
ORDER BY 1 DESC, 3 DESC, 2
LIMIT 5000;

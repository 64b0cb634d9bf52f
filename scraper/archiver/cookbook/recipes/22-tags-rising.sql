-- Tags on the rise
-- Keywords of the last thirty days of the archive, and how many times more often they stand there than in the thirty
-- before.
WITH days AS (
  SELECT max(published_on) AS today FROM articles WHERE :site IN ('', site)
),
counted AS (
  SELECT
    json_each.value AS tag,
    sum(articles.published_on > date(days.today, '-30 days')) AS now,
    sum(articles.published_on <= date(days.today, '-30 days')) AS before
  FROM days
  JOIN articles ON articles.published_on > date(days.today, '-60 days')
  JOIN json_each(articles.tags_json)
  WHERE :site IN ('', articles.site)
  GROUP BY 1
)
SELECT tag, now, before, round(1.0 * (now + 1) / (before + 1), 1) AS times
FROM counted
WHERE now > before
ORDER BY times DESC, now DESC, tag
LIMIT 30;

-- Tags on the rise
-- Keywords of the last thirty days of the archive, and how many times more often they stand there than in the thirty
-- before.
WITH days AS (
  SELECT max(published_on) AS today FROM articles_per_day WHERE :site IN ('', site)
),
counted AS (
  SELECT
    article_tags.tag_id,
    sum(articles.published_on > date(days.today, '-30 days')) AS now,
    sum(articles.published_on <= date(days.today, '-30 days')) AS before
  FROM days
  CROSS JOIN articles ON articles.published_on > date(days.today, '-60 days')
  CROSS JOIN article_tags ON article_tags.article_id = articles.id
  WHERE :site IN ('', articles.site)
  GROUP BY 1
)
SELECT tags.name AS tag, now, before, round(1.0 * (now + 1) / (before + 1), 1) AS times
FROM counted
JOIN tags ON tags.id = counted.tag_id
WHERE now > before
ORDER BY times DESC, now DESC, tag
LIMIT 30;

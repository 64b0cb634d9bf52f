-- From publication to the archive
-- How long it took until a new article was archived, per site: half of them sooner than the median. Of the time before
-- a site was followed nothing can be said, so only articles are counted that are younger than its first.
WITH followed AS (
  SELECT site, min(first_seen_at) AS since FROM articles GROUP BY site
),
waits AS (
  SELECT
    articles.site,
    (julianday(articles.first_seen_at) - julianday(articles.published)) * 24 AS hours,
    row_number() OVER (
      PARTITION BY articles.site ORDER BY julianday(articles.first_seen_at) - julianday(articles.published)
    ) AS place,
    count(*) OVER (PARTITION BY articles.site) AS articles
  FROM articles
  JOIN followed ON followed.site = articles.site AND articles.published >= followed.since
  WHERE :site IN ('', articles.site)
    AND (:since = '' OR articles.published_on >= :since)
    AND (:until = '' OR articles.published_on < :until)
    AND articles.published_precision <> 'day'
)
SELECT site, articles, round(hours, 2) AS median_hours
FROM waits
WHERE place = (articles + 1) / 2
ORDER BY median_hours DESC, site
LIMIT 50;

-- Coverage gaps
-- Fields that a site once gave and then no more: the months in which the share fell by half or more, which mostly
-- means that the site has a new layout.
WITH months AS MATERIALIZED (
  SELECT site, month, articles, published_time, authors, category, body, images
  FROM coverage
  WHERE month IS NOT NULL AND :site IN ('', site)
),
filled AS (
  SELECT site, month, articles, 'published_time' AS field, published_time AS share FROM months
  UNION ALL SELECT site, month, articles, 'authors', authors FROM months
  UNION ALL SELECT site, month, articles, 'category', category FROM months
  UNION ALL SELECT site, month, articles, 'body', body FROM months
  UNION ALL SELECT site, month, articles, 'images', images FROM months
),
compared AS (
  SELECT *, lag(share) OVER (PARTITION BY site, field ORDER BY month) AS share_before FROM filled
)
SELECT site, field, month, articles, round(share_before, 2) AS share_before, round(share, 2) AS share
FROM compared
WHERE share <= share_before / 2
ORDER BY share_before - share DESC, site, month, field
LIMIT 30;

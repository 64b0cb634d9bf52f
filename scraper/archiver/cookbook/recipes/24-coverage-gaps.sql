-- Coverage gaps
-- Fields that a site once gave and then no more: the months in which the share fell by half or more, which mostly
-- means that the site has a new layout.
WITH filled AS (
  SELECT site, month, 'published_time' AS field, published_time AS share, articles FROM coverage
  UNION ALL SELECT site, month, 'authors', authors, articles FROM coverage
  UNION ALL SELECT site, month, 'category', category, articles FROM coverage
  UNION ALL SELECT site, month, 'body', body, articles FROM coverage
  UNION ALL SELECT site, month, 'images', images, articles FROM coverage
),
compared AS (
  SELECT *, lag(share) OVER (PARTITION BY site, field ORDER BY month) AS share_before
  FROM filled
  WHERE month IS NOT NULL AND :site IN ('', site)
)
SELECT site, field, month, articles, round(share_before, 2) AS share_before, round(share, 2) AS share
FROM compared
WHERE share <= share_before / 2
ORDER BY share_before - share DESC, site, month
LIMIT 30;

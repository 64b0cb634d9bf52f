-- How well the fields are filled
-- The share of articles of each site of which each field is known, in per cent.
SELECT
  site,
  sum(articles) AS articles,
  round(100 * sum(articles * title) / sum(articles)) AS title,
  round(100 * sum(articles * published_time) / sum(articles)) AS published_time,
  round(100 * sum(articles * authors) / sum(articles)) AS authors,
  round(100 * sum(articles * category) / sum(articles)) AS category,
  round(100 * sum(articles * tags) / sum(articles)) AS tags,
  round(100 * sum(articles * body) / sum(articles)) AS body,
  round(100 * sum(articles * images) / sum(articles)) AS images,
  round(100 * sum(articles * language) / sum(articles)) AS language,
  round(100 * sum(articles * modified) / sum(articles)) AS modified,
  round(100 * sum(articles * comment_count) / sum(articles)) AS comment_count,
  round(100 * sum(articles * view_count) / sum(articles)) AS view_count
FROM coverage
WHERE :site IN ('', site)
  AND (:since = '' OR month >= substr(:since, 1, 7))
  AND (:until = '' OR month < :until)
GROUP BY site
ORDER BY articles DESC, site
LIMIT 25;

-- Views over time
-- Every count ever seen of the ten most viewed articles, with the hours since they were published.
WITH most AS (
  SELECT id, title, published FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
    AND view_count IS NOT NULL
  ORDER BY view_count DESC
  LIMIT 10
)
SELECT
  most.id,
  most.title,
  view_counts.seen_at,
  max(view_counts.view_count) AS view_count,
  round((julianday(view_counts.seen_at) - julianday(most.published)) * 24, 1) AS hours_since_publication
FROM most
JOIN view_counts ON view_counts.article_id = most.id
GROUP BY most.id, view_counts.seen_at
ORDER BY most.id, view_counts.seen_at
LIMIT 2000;

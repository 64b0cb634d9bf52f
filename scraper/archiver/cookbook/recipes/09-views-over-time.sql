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
),
seen AS (
  -- The two halves of the view `view_counts`, each from those ten on: joined, SQLite would first make the whole view.
  SELECT most.id, most.title, most.published, sightings.seen_at, sightings.view_count
  FROM most
  CROSS JOIN count_sightings AS sightings ON sightings.article_id = most.id
  WHERE sightings.view_count IS NOT NULL
  UNION ALL
  SELECT most.id, most.title, most.published, sightings.seen_at, sightings.view_count
  FROM most
  CROSS JOIN urls ON urls.article_id = most.id
  CROSS JOIN links ON links.url_id = urls.id
  CROSS JOIN link_sightings AS sightings ON sightings.link_id = links.id
  WHERE sightings.view_count IS NOT NULL
)
SELECT
  id,
  title,
  seen_at,
  max(view_count) AS view_count,
  round((julianday(seen_at) - julianday(published)) * 24, 1) AS hours_since_publication
FROM seen
GROUP BY id, seen_at
ORDER BY id, seen_at
LIMIT 2000;

-- What the raw pages take
-- How many raw pages are kept for each month, and to what share of their size they are packed.
SELECT
  substr(pages.fetched_at, 1, 7) AS month,
  count(*) AS pages,
  sum(page_bodies.body_bytes) AS body_bytes,
  sum(page_bodies.stored_bytes) AS stored_bytes,
  round(1.0 * sum(page_bodies.stored_bytes) / sum(page_bodies.body_bytes), 3) AS share
FROM pages
JOIN page_bodies ON page_bodies.id = pages.body_id
GROUP BY 1
ORDER BY 1 DESC
LIMIT 24;

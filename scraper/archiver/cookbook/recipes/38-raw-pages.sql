-- What the raw pages take
-- How many raw pages are kept for each of the last 24 months, and to what share of their size they are packed.
SELECT
  substr(pages.fetched_at, 1, 7) AS month,
  count(*) AS pages,
  sum(page_bodies.body_bytes) AS body_bytes,
  sum(page_bodies.stored_bytes) AS stored_bytes,
  round(1.0 * sum(page_bodies.stored_bytes) / sum(page_bodies.body_bytes), 3) AS share
FROM pages
-- The sizes stand in an index, so that the pages themselves are not read.
CROSS JOIN page_bodies INDEXED BY page_bodies_size ON page_bodies.id = pages.body_id
WHERE pages.fetched_at >= (SELECT date(max(fetched_at), 'start of month', '-23 months') FROM pages)
GROUP BY 1
ORDER BY 1 DESC
LIMIT 24;

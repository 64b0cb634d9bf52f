-- Where the fields come from
-- Which part of the pages told the date of publication, of the articles published last: a figure to watch when a site
-- changes its layout.
-- :latest = 20000 -- of how many articles; what is asked for stands with their texts, which take long to read
WITH latest AS (
  SELECT id
  FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  ORDER BY published_on DESC, id DESC
  LIMIT CAST(:latest AS INTEGER)
),
read AS MATERIALIZED (
  SELECT site, ifnull(json_extract(sources, '$.published'), 'nowhere') AS published_read_from
  FROM latest
  CROSS JOIN articles ON articles.id = latest.id
)
SELECT site, published_read_from, count(*) AS articles
FROM read
GROUP BY 1, 2
ORDER BY site, articles DESC, 2
LIMIT 50;

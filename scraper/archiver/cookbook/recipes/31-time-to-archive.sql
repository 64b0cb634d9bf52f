-- From publication to the archive
-- How long it took until an article was archived, per site, of the articles published last: half of them sooner than the
-- median. Of the time before a site was followed nothing can be said, so only articles are counted that are younger
-- than its first.
-- :latest = 50000 -- of how many articles
WITH latest AS (
  SELECT id
  FROM articles
  WHERE :site IN ('', site)
    AND (:since = '' OR published_on >= :since)
    AND (:until = '' OR published_on < :until)
  ORDER BY published_on DESC, id DESC
  LIMIT CAST(:latest AS INTEGER)
),
followed AS MATERIALIZED (
  SELECT sites.site, (SELECT min(first_seen_at) FROM articles WHERE articles.site = sites.site) AS since
  FROM (SELECT DISTINCT site FROM coverage) AS sites
),
waits AS MATERIALIZED (
  SELECT articles.site, (julianday(first_seen_at) - julianday(published)) * 24 AS hours
  FROM latest
  CROSS JOIN articles ON articles.id = latest.id
  JOIN followed ON followed.site = articles.site AND articles.published >= followed.since
  WHERE published_precision <> 'day'
),
places AS (
  SELECT
    site,
    hours,
    row_number() OVER (PARTITION BY site ORDER BY hours) AS place,
    count(*) OVER (PARTITION BY site) AS articles
  FROM waits
)
SELECT site, articles, round(hours, 2) AS median_hours
FROM places
WHERE place = (articles + 1) / 2
ORDER BY median_hours DESC, site
LIMIT 50;

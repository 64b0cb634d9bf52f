-- Where the fields come from
-- Which part of the pages told the date of publication, of the articles archived last: a figure to watch when a site
-- changes its layout.
-- :latest = 20000 -- of how many articles; what is asked for stands with their texts, which take long to read
SELECT site, ifnull(json_extract(sources, '$.published'), 'nowhere') AS published_read_from, count(*) AS articles
FROM articles
WHERE id > (SELECT max(id) FROM articles) - CAST(:latest AS INTEGER)
  AND :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY 1, 2
ORDER BY site, articles DESC, 2
LIMIT 50;

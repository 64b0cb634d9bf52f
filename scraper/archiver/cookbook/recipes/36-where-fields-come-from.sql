-- Where the fields come from
-- Which part of the pages told the date of publication: a figure to watch when a site changes its layout.
SELECT site, ifnull(json_extract(sources, '$.published'), 'nowhere') AS published_read_from, count(*) AS articles
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY 1, 2
ORDER BY site, articles DESC, 2
LIMIT 50;

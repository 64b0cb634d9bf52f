-- Where the sites link to
-- The hosts outside the own site that articles name in their text.
WITH outward AS (
  SELECT
    articles.site,
    replace(substr(rest, 1, instr(rest || '/', '/') - 1), 'www.', '') AS linked_host
  FROM (
    SELECT article_id, substr(url, instr(url, '://') + 3) AS rest FROM article_links WHERE kind = 'body'
  ) AS links
  JOIN articles ON articles.id = links.article_id
  WHERE :site IN ('', articles.site)
)
SELECT site, linked_host, count(*) AS links
FROM outward
WHERE linked_host <> site
GROUP BY site, linked_host
ORDER BY links DESC, site, linked_host
LIMIT 50;

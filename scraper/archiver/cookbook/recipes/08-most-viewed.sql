-- Most viewed
-- The articles with most views, as last shown by their site. Many sites show none.
SELECT id, title, site, published, view_count, comment_count, url
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
  AND view_count IS NOT NULL
ORDER BY view_count DESC
LIMIT 20;

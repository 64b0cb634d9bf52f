-- Silent edits
-- Texts whose words were changed while their stated date of modification stayed as it was.
SELECT article_id, version, seen_at, site, title, changed_fields, url
FROM article_revisions
WHERE silent = 1
  AND :site IN ('', site)
  AND (:since = '' OR seen_at >= :since)
  AND (:until = '' OR seen_at < :until)
ORDER BY seen_at DESC, article_id
LIMIT 50;

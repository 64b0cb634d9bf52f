-- Changed headlines
-- What a headline said before, and what it says after.
SELECT later.article_id, later.seen_at, later.site, earlier.title AS before, later.title AS after, later.url
FROM article_revisions AS later
JOIN article_revisions AS earlier ON earlier.article_id = later.article_id AND earlier.version = later.version - 1
WHERE later.version > 1
  AND later.title IS NOT earlier.title
  AND :site IN ('', later.site)
  AND (:since = '' OR later.seen_at >= :since)
  AND (:until = '' OR later.seen_at < :until)
ORDER BY later.seen_at DESC, later.article_id
LIMIT 50;

-- The views of one story
-- Every count of views ever seen of one article, and where it was shown.
-- :id = 15 -- id of the article, as in `articles`
SELECT seen_at, max(view_count) AS view_count, group_concat(DISTINCT source) AS source
FROM view_counts
WHERE article_id = :id
GROUP BY seen_at
ORDER BY seen_at
LIMIT 500;

-- Where one story leads
-- The links of one article, those in its text first, each with the article it leads to, where that is archived.
-- :id = 10 -- id of the article, as in `articles`
SELECT group_concat(DISTINCT kind) AS kinds, max(heading) AS heading, max(title) AS title, url, target_article_id
FROM article_links
WHERE article_id = :id
GROUP BY url
ORDER BY max(kind = 'body') DESC, kinds, min(position), url
LIMIT 200;

-- Most linked
-- The archived articles that most other archived articles point to.
SELECT
  articles.id,
  articles.title,
  articles.site,
  articles.published,
  count(DISTINCT link_graph.from_article_id) AS linked_by,
  count(DISTINCT link_graph.from_site) AS from_sites,
  articles.url
FROM link_graph
JOIN articles ON articles.id = link_graph.to_article_id
WHERE :site IN ('', articles.site)
  AND (:since = '' OR articles.published_on >= :since)
  AND (:until = '' OR articles.published_on < :until)
  AND link_graph.from_article_id <> link_graph.to_article_id
GROUP BY link_graph.to_article_id
ORDER BY linked_by DESC, articles.published DESC
LIMIT 20;

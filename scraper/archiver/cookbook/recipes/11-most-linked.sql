-- Most linked
-- The archived articles that most links of other archived articles lead to, how many articles these stand in, and of
-- how many sites.
WITH most AS (
  SELECT articles.id, articles.title, articles.site, articles.published, linked_articles.links, articles.url
  FROM linked_articles
  CROSS JOIN articles ON articles.id = linked_articles.article_id
  WHERE :site IN ('', articles.site)
    AND (:since = '' OR articles.published_on >= :since)
    AND (:until = '' OR articles.published_on < :until)
  ORDER BY linked_articles.links DESC, linked_articles.article_id DESC
  LIMIT 20
)
SELECT
  most.id,
  most.title,
  most.site,
  most.published,
  most.links,
  count(DISTINCT link_graph.from_article_id) AS linked_by,
  count(DISTINCT link_graph.from_site) AS from_sites,
  most.url
FROM most
JOIN link_graph ON link_graph.to_article_id = most.id AND link_graph.from_article_id <> most.id
GROUP BY most.id
ORDER BY most.links DESC, most.id DESC
LIMIT 20;

-- Which stories belong together
-- Pairs of articles that point to each other, by any kind of link.
SELECT
  there.from_article_id AS one_id,
  there.from_title AS one,
  there.to_article_id AS other_id,
  there.to_title AS other
FROM link_graph AS there
JOIN link_graph AS back
  ON back.from_article_id = there.to_article_id AND back.to_article_id = there.from_article_id
WHERE there.from_article_id < there.to_article_id AND :site IN ('', there.from_site)
GROUP BY 1, 3
ORDER BY 1, 3
LIMIT 20;

-- Who copied whom, and who was first
-- Pairs of articles with the same or nearly the same text, with the one that was published first in front.
SELECT
  iif(published_first_id = article_id, site, earlier_site) AS first_site,
  iif(published_first_id = article_id, title, earlier_title) AS first_title,
  iif(published_first_id = article_id, earlier_site, site) AS second_site,
  iif(published_first_id = article_id, earlier_title, title) AS second_title,
  round(abs(julianday(published) - julianday(earlier_published)) * 24, 1) AS hours_later,
  round(similarity, 2) AS similarity
FROM duplicates
WHERE (:site = '' OR site = :site OR earlier_site = :site)
  AND (:since = '' OR published >= :since)
  AND (:until = '' OR published < :until)
ORDER BY published DESC, article_id
LIMIT 50;

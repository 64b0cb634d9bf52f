-- Words per article
-- How long the texts are, in steps of a hundred words; all from two thousand on together.
SELECT min(word_count / 100 * 100, 2000) AS words_from, count(*) AS articles
FROM articles
WHERE :site IN ('', site)
  AND (:since = '' OR published_on >= :since)
  AND (:until = '' OR published_on < :until)
GROUP BY 1
ORDER BY 1;

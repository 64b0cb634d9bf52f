-- Where the sites link to
-- The hosts outside the own site that articles name in their text.
SELECT from_site AS site, to_host AS linked_host, links
FROM linked_hosts
WHERE :site IN ('', from_site)
ORDER BY links DESC, site, linked_host
LIMIT 50;

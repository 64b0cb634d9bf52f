-- Pages that were given up
-- Addresses that are not tried again, and the last word on each.
SELECT url, host, reason, message, failed_at
FROM failures
WHERE next_try_at IS NULL
ORDER BY failed_at DESC, url
LIMIT 30;

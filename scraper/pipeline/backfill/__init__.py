"""The past of a feed or site, brought by whatever the site offers: lists walked first, then the pages visited."""

"""The report: what is in it (figures), what the archive answers (answers), how it is drawn (charts) and set (page)."""

"""One module a page, plus the shell around them: they place things and know no data."""

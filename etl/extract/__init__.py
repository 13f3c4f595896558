"""One module a source: raw file in, tidy table out; it decides nothing."""

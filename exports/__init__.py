"""Pure functions, data in → a file out. Every file carries its own provenance: filters, data date, hash, sources."""

"""The sheet of a site, drawn: lines, facts, maps, surroundings, questions, sources."""

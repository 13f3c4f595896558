"""The parts of the chronology: the day and its slider, what was known, the lanes, the events, what changed."""

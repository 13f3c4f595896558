"""The parts of the page of measures: the form, the finder's answers, the simulator, the calendar, the catalogue."""

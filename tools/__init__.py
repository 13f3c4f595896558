"""What a developer needs around the atlas: a browser for the tests, the screenshots of the documentation."""

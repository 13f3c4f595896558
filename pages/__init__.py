"""Where layouts and data meet: which page an address shows, and the HTML document around it."""

"""Business questions as functions: (tables, Selection) in, table out. They know no file, no cache, no screen."""

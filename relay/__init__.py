"""The relay between the phone and the console: orders that pass through the server, a handful of bytes a session."""

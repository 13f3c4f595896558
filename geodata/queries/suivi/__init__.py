"""The ministry's questions: where each region stands, against what was announced, and what cannot be said."""

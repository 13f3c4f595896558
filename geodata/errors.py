"""The one base class of the atlas's own errors."""


class AppError(Exception):
    """An error that the atlas explains: what was expected, what was found, where, what to do."""


class PublishedDataError(AppError):
    """The published folder is missing, incomplete or not what its manifest says."""

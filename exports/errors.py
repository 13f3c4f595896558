"""What can go wrong while a file is made, in words."""

from geodata.errors import AppError


class TypesetError(AppError):
    """A page could not be set: the template, the data or a picture is not what it must be."""

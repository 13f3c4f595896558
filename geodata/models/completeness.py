"""How many projects state a field, in one region."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Completeness:
    """One field in one region (``FR``: everywhere). Numbers of projects.

    Attributes:
        published: with a value in the open data.
        imported: with a value only in an imported file.
    """

    field: str
    code_region: str
    total: int
    published: int
    imported: int

    @property
    def share(self) -> float | None:
        """Known, published or imported, 0 to 1; null without projects."""
        return (self.published + self.imported) / self.total if self.total else None

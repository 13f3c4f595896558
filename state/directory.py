"""What a visitor of ``/acteurs`` looks at: one family of actors, or all of them."""

from dataclasses import dataclass
from urllib.parse import parse_qs

import contract

FAMILIES = contract.table("acteurs").fields["famille"].values


@dataclass(frozen=True)
class Directory:
    """The state of ``/acteurs``: a family, empty for all; what cannot be read is the default."""

    language: str = contract.DEFAULT_LANGUAGE
    family: str = ""

    @classmethod
    def from_query(cls, query: str) -> "Directory":
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        last = {key: items[-1] for key, items in parse_qs(written.lstrip("?")[:4000]).items()}
        language, family = last.get("lang", ""), last.get("famille", "")
        return cls(
            language=language if language in contract.LANGUAGES else contract.DEFAULT_LANGUAGE,
            family=family if family in FAMILIES else "",
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?``."""
        pairs = [
            ("lang", self.language if self.language != contract.DEFAULT_LANGUAGE else ""),
            ("famille", self.family),
        ]
        return "&".join(f"{key}={value}" for key, value in pairs if value)

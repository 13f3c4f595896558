"""Every error that the ETL raises on purpose. Messages say what was expected, what was found, where, and what to do."""

from collections.abc import Sequence

from imports.problems import Problem


class EtlError(Exception):
    """Base class of the ETL's errors; the command line prints its text and exits."""


class CatalogError(EtlError):
    """A source description in ``etl/sources`` is wrong."""


class SourceMissing(EtlError):
    """A source is neither in the cache nor reachable."""


class FetchError(EtlError):
    """One origin of a source could not give an acceptable file."""


class SourceDown(FetchError):
    """The origin does not answer, or answers with an error."""


class SourceChanged(FetchError):
    """The origin answers with a well-formed file that is not the pinned one."""


class SourceRefused(FetchError):
    """The answer is not acceptable: wrong host, type, size or columns."""


class CacheBroken(FetchError):
    """The cache cannot be written: disk full, no right. The source may be as good as ever."""


class ExtractError(EtlError):
    """A raw file does not hold what its extractor expects."""


class PublishError(EtlError):
    """The published folder cannot be written or is not whole."""


class ChecksFailed(EtlError):
    """One or several checks failed; ``failures`` lists them all, with row and reason."""

    def __init__(self, failures: Sequence[str], advice: str = "") -> None:
        self.failures = tuple(failures)
        lines = "\n".join(f"  - {failure}" for failure in self.failures)
        super().__init__(f"{len(self.failures)} check(s) failed:\n{lines}" + (f"\n{advice}" if advice else ""))


class ImportFailed(EtlError):
    """A file of the house was not imported; ``problems`` lists its faults and notices, none when it was not opened."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message)

"""Progress bars on a terminal; nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


@dataclass
class Bars:
    """One overall bar and one for the file that is coming in."""

    progress: Progress | None
    overall: TaskID | None = None
    current: TaskID | None = field(default=None)

    def start(self, name: str) -> Callable[[int, int | None], None]:
        """Starts a file; the returned function is told the bytes done and, when known, the total."""
        if self.progress is None or self.overall is None:
            return lambda _done, _total: None
        progress = self.progress
        progress.update(self.overall, advance=1, description=name)
        if self.current is not None:
            progress.remove_task(self.current)
        task = self.current = progress.add_task(name, total=None)
        return lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def show_progress(n_files: int, is_quiet: bool) -> Iterator[Bars]:
    """Bars on the error stream when it is a terminal and not quiet; otherwise bars that do nothing."""
    console = Console(stderr=True)
    if is_quiet or not console.is_terminal:
        yield Bars(None)
        return
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), DownloadColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bars(progress, progress.add_task("sources", total=n_files))

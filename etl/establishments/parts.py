"""Files cut into parts: some row groups of a Parquet file, few enough rows to be held in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from etl.errors import ExtractError
from etl.establishments.columns import Columns, find_columns

PART_ROWS = 250_000
"""Rows of a part, about: some 200 MB while it is placed. More rows are not quicker."""
OVERSIZE = 4
"""A row group this many times larger than a part is cut again, whatever it costs: nothing else bounds the memory."""
BLOCK_BYTES = 16 << 20
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Part:
    """Some rows of a file.

    Attributes:
        number: rank among all parts; it names the file that is written.
        name: the file as it was given, for messages.
        path: the Parquet file to read: the same, or what the file was turned into.
        groups: row groups to read.
        first: number of the first row, from 1, as they are in the file that was given.
        rows: how many.
        crs: ``EPSG:2154``…: the system of x and y; ``official``: that of the département of the stated commune.
    """

    number: int
    name: str
    path: Path
    groups: tuple[int, ...]
    first: int
    rows: int
    crs: str

    @property
    def where(self) -> str:
        return f"{self.name}, rows {self.first:,} to {self.first + self.rows - 1:,}"


def cut(files: Sequence[Path], crs: str, folder: Path, part_rows: int = PART_ROWS) -> list[Part]:
    """The parts of ``files``, in order. CSV files, and Parquet files in too large groups, are rewritten in ``folder``.

    Raises:
        ExtractError: a file that is neither Parquet nor CSV, or without the columns that are needed.
    """
    parts: list[Part] = []
    for rank, file in enumerate(files):
        path = _in_small_groups(file, folder / f"input-{rank:03}.parquet", part_rows)
        parts += _parts_of(file.name, path, crs, part_rows, len(parts))
    if not parts:
        raise ExtractError(f"{', '.join(file.name for file in files)}: expected establishments, found no row.")
    return parts


def _parts_of(name: str, path: Path, crs: str, part_rows: int, number: int) -> Iterator[Part]:
    content = pq.ParquetFile(path).metadata
    groups: list[int] = []
    first, rows = 1, 0
    for group in range(content.num_row_groups):
        groups.append(group)
        rows += content.row_group(group).num_rows
        if rows and (rows >= part_rows or group == content.num_row_groups - 1):
            yield Part(number, name, path, tuple(groups), first, rows, crs)
            number, first, rows, groups = number + 1, first + rows, 0, []


def read_rows(part: Part) -> tuple[pa.Table, Columns]:
    """The rows of a part, and which of the columns hold what."""
    with pq.ParquetFile(part.path) as content:
        columns = find_columns(content.schema_arrow.names, part.name)
        return content.read_row_groups(list(part.groups), columns=sorted(columns.names.values())), columns


def _in_small_groups(file: Path, target: Path, part_rows: int) -> Path:
    """``file`` itself when it is Parquet in groups that fit in memory, else ``target``, written from it as it is read.

    Raises:
        ExtractError: a file that cannot be read as what it says it is.
    """
    try:
        if file.suffix.lower() in (".csv", ".txt"):
            return _rewrite(_csv_batches(file), target, part_rows, file.name)
        with pq.ParquetFile(file) as content:
            columns = find_columns(content.schema_arrow.names, file.name)
            groups = range(content.metadata.num_row_groups)
            most = max((content.metadata.row_group(group).num_rows for group in groups), default=0)
            if most <= OVERSIZE * part_rows:
                return file
            names = sorted(columns.names.values())
            return _rewrite(content.iter_batches(part_rows, columns=names), target, part_rows, file.name)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ExtractError(
            f"{file}: expected a Parquet file, or a CSV in UTF-8 with a header and as many cells in each row, found "
            f"otherwise ({error}). Nothing was written; give the file again, whole."
        ) from error


def _csv_batches(file: Path) -> Iterator[pa.RecordBatch]:
    """All cells as text, only the columns of use; an empty cell is null."""
    with file.open(encoding="utf-8-sig") as lines:
        header = lines.readline().rstrip("\r\n")
    separator = max(SEPARATORS, key=header.count)
    names = sorted(find_columns([cell.strip('"') for cell in header.split(separator)], file.name).names.values())
    converting = pacsv.ConvertOptions(
        include_columns=names,
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
    )
    parsing, reading = pacsv.ParseOptions(delimiter=separator), pacsv.ReadOptions(block_size=BLOCK_BYTES)
    with pacsv.open_csv(file, read_options=reading, parse_options=parsing, convert_options=converting) as batches:
        yield from batches


def _rewrite(batches: Iterator[pa.RecordBatch], target: Path, part_rows: int, name: str) -> Path:
    """Writes groups of exactly ``part_rows`` rows, the last one but for what is left."""
    waiting: list[pa.RecordBatch] = []
    writer: pq.ParquetWriter | None = None
    try:
        for batch in batches:
            writer = writer or pq.ParquetWriter(target, batch.schema, compression="zstd", compression_level=1)
            waiting.append(batch)
            if sum(item.num_rows for item in waiting) >= part_rows:
                content = pa.Table.from_batches(waiting)
                whole = content.num_rows // part_rows * part_rows
                writer.write_table(content.slice(0, whole), row_group_size=part_rows)
                waiting = content.slice(whole).to_batches()
        if writer is not None and waiting:
            writer.write_table(pa.Table.from_batches(waiting), row_group_size=part_rows)
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        raise ExtractError(f"{name}: expected rows after the header, found none.")
    return target

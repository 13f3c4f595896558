"""What every kind of file is held to: its columns, then each cell of each row."""

from dataclasses import dataclass
from typing import Any

from imports.problems import Problem
from imports.reading import FORMULA, Row, Sheet
from imports.schemas import Schema
from imports.values import read_cell


@dataclass(frozen=True)
class Checked:
    """One row with its values by column (what is absent or unfit is not in it) and its faults."""

    line: int
    values: dict[str, Any]
    problems: tuple[Problem, ...]


def check_columns(sheet: Sheet, schema: Schema) -> list[Problem]:
    """Essential columns that lack (faults), columns of the standard that lack and unknown columns (notices)."""
    problems = list(sheet.problems)
    found = ", ".join(sheet.columns)
    for name, column in schema.columns.items():
        if name in sheet.columns:
            continue
        if column.is_essential:
            problems.append(Problem("missing_column", column=name, value=found))
        elif column.is_required:
            problems.append(Problem("missing_standard_column", column=name, is_blocking=False))
    unknown = [name for name in dict.fromkeys(sheet.columns) if name not in schema.columns]
    problems += [Problem("unknown_column", column=name, is_blocking=False) for name in unknown]
    return problems


def check_row(row: Row, schema: Schema) -> Checked:
    """The values of one row. Formulas are refused in unknown columns too: nothing of the file is run or trusted."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, column in schema.columns.items():
        text = row.cells.get(name, "")
        if text.casefold() in schema.missing:
            if column.is_essential:
                problems.append(Problem("required", row.line, name))
            continue
        value, problem = read_cell(text, column, row.line)
        if problem:
            problems.append(problem)
        else:
            values[name] = value
    for name, text in row.cells.items():
        if name not in schema.columns and text.startswith(FORMULA):
            problems.append(Problem("formula", row.line, name, text.removeprefix(FORMULA)))
    return Checked(row.line, values, tuple(problems))

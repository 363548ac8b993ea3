"""Write a table as lines with «|», so that every row has as many cells as the widest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Cell = tuple[str, int, int]
"""Text, how many columns it covers, how many rows."""


def table_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Yield the rows, with a rule below the first.

    A cell that covers several rows is repeated, so that each row can be read alone. One that covers several columns
    is repeated in the heading, and stands in the first of them elsewhere.

    >>> list(table_lines([[("Avtale", 1, 1), ("RHF", 1, 1)], [("Bufetat", 1, 1), ("x", 1, 1)]]))
    ['| Avtale | RHF |', '| --- | --- |', '| Bufetat | x |']
    """
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        waiting = list(row)
        while waiting or len(line) in hanging:
            column = len(line)
            if column in hanging:
                text, left = hanging.pop(column)
                if left > 1:
                    hanging[column] = (text, left - 1)
                line.append(text)
                continue
            text, across, down = waiting.pop(0)
            for step in range(max(across, 1)):
                shown = text if step == 0 or not grid else ""
                if down > 1:
                    hanging[len(line)] = (shown, down - 1)
                line.append(shown)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    for number, line in enumerate(line for line in grid if any(line)):
        cells = [cell.replace("|", "\\|") for cell in line] + [""] * (width - len(line))
        yield "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
        if number == 0:
            yield "| " + " | ".join(["---"] * width) + " |"

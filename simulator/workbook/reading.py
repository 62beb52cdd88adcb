"""What was read from an uploaded file, and where in it each cell stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simulator import indonesian as fmt
from simulator.tables.assemble import Place, Problem
from simulator.tables.layout import TABLE
from simulator.tables.rows import Row, empty


@dataclass(frozen=True)
class Reading:
    """What an uploaded file holds. `refused`: why it cannot be used at all, in one Indonesian line, else empty.

    `tables` hold what was typed; what cannot be read stays as text, for `tables.check` to tell. `problems` are those
    that only a file can have; `remarks` say what was left out. `found` are the tables that the file has, `absent` the
    required columns, (table, column), and tables, (table, ""), that it lacks.
    """

    refused: str = ""
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=empty)
    places: Mapping[Place, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()
    absent: frozenset[tuple[str, str]] = frozenset()

    def where(self, place: Place) -> str:
        """Where a cell of a table stands in the file, as near as is known: lembar Daerah, sel B7."""
        table, row, column, _part = place
        for near in (place, (table, row, column, ""), (table, row, "", ""), (table, -1, "", "")):
            if near in self.places:
                return self.places[near]
        return f"lembar {TABLE[table].title}" if table in TABLE else ""

    def told(self, problems: Iterable[Problem] = ()) -> list[str]:
        """All that is wrong, a line each with its place: the file's own problems, then those of `tables.check`.

        A cell that the file's own problems tell of is not told of again, nor every row of a column that is missing.
        """
        known = {p.place for p in self.problems}
        more = [p for p in problems if not p.table or not {(p.table, p.column), (p.table, "")} & self.absent]
        lines = [*self.problems, *(p for p in more if not p.table or p.place not in known)]
        return list(dict.fromkeys(self.line(p) for p in lines))

    def line(self, problem: Problem) -> str:
        """One problem with its place."""
        where = self.where(problem.place)
        where = where[:1].upper() + where[1:]
        return f"{where}: {problem.text}" if where else problem.text


@dataclass
class Gathered:
    """The same while it is being read."""

    tables: dict[str, tuple[Row, ...]] = field(default_factory=empty)
    places: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    examples: set[tuple[str, str]] = field(default_factory=set)  # (table, row) of examples that were left out
    absent: set[tuple[str, str]] = field(
        default_factory=set
    )  # (table, column) that the file lacks; "": the whole table
    example_sheets: list[str] = field(default_factory=list)

    def problem(self, place: Place, text: str) -> None:
        """Something wrong with a cell of a table that only a file can have."""
        self.problems.append(Problem(*place, text, (), "file"))

    def trouble(self, where: str, text: str) -> None:
        """Something wrong with the file that belongs to no cell of a table; the line says where."""
        self.problems.append(Problem("", -1, "", "", f"{where[:1].upper()}{where[1:]}: {text}", (), "file"))

    def done(self) -> Reading:
        """What was gathered."""
        remarks = list(dict.fromkeys(self.remarks))
        if sheets := list(dict.fromkeys(self.example_sheets)):
            remarks.append(f"Baris contoh yang tidak diubah tidak dibaca (lembar {fmt.listing(sheets)}).")
        problems = tuple(dict.fromkeys(self.problems))
        return Reading(
            "", self.tables, self.places, problems, tuple(remarks), frozenset(self.found), frozenset(self.absent)
        )

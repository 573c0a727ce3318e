"""Results as tables in memory, which all Arrow libraries can use directly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk import _native


class Table:
    """A table of results: `polars.DataFrame(table)`, `pyarrow.table(table)`, and in DuckDB `FROM table` take it without a copy."""

    def __init__(self, native: _native.Table) -> None:
        self._native = native

    @property
    def name(self) -> str:
        """Its name, as in docs/tables.md."""
        return self._native.name

    @property
    def column_names(self) -> list[str]:
        """The names of its columns."""
        return self._native.column_names

    def __len__(self) -> int:
        return len(self._native)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def to_pyarrow(self) -> Any:
        """The same as a `pyarrow.Table`."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> Any:
        """The same as a `polars.DataFrame`."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """The same as a `pandas.DataFrame`, through pyarrow."""
        return self.to_pyarrow().to_pandas()

    def __repr__(self) -> str:
        return f"<Table {self.name}, {len(self)} rows: {', '.join(self.column_names)}>"


class Tables(Mapping[str, Table]):
    """The tables of a call by name, also as attributes: `tables.quotes`."""

    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name not in self._tables:
            raise AttributeError(f"there is no table {name!r}; available: {', '.join(self)}")
        return self._tables[name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self})

    def __repr__(self) -> str:
        return f"<Tables {', '.join(f'{name} {len(table)}' for name, table in self.items())}>"

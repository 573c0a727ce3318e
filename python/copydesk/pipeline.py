"""Pipelines: documents in, annotated documents out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from copydesk import _native
from copydesk.document import Document, DocumentError
from copydesk.stage import Stage
from copydesk.tables import Table, Tables

if TYPE_CHECKING:
    from typing_extensions import Unpack

#: A text, its fields with the names of the pipeline: `{"id", "text", "title", "date", …}`, or these as a line of JSON in bytes.
Record: TypeAlias = "str | bytes | Mapping[str, Any]"


class Columns(TypedDict, total=False):
    """The columns of a table that have the fields of documents; a field that is not named has the column of its own name, if there is one."""

    text: str | None
    id: str | None
    title: str | None
    date: str | None
    language: str | None


def named(columns: Columns) -> dict[str, str | None]:
    """A value for each field; an error for a keyword that is not one."""
    known = Columns.__annotations__
    for name in columns:
        if name not in known:
            raise TypeError(f"unexpected keyword argument {name!r}; columns are named with {', '.join(known)}")
    return {name: columns.get(name) for name in known}  # type: ignore[misc]


class Pipeline:
    """A callable pipeline of stages that analyse documents.

    `Pipeline()` has all built-in stages with their defaults, `Pipeline("pipeline.toml")` those of a file. `overrides` changes values, like
    the command's `--set`: `{"stage.quote.options.kinds": ["direct"]}`. `stages` are functions decorated with `copydesk.stage`. A
    pipeline is built once and can be used by any number of threads.
    """

    def __init__(
        self,
        file: str | PathLike[str] | None = None,
        overrides: Mapping[str, Any] | Iterable[str] | None = None,
        *,
        stages: Iterable[Stage] = (),
    ) -> None:
        self._file = None if file is None else os.fspath(file)
        self._overrides = _settings(overrides or {})
        self._stages = list(stages)
        self._native = _native.Pipeline(self._file, self._overrides, self._stages)
        self._fields = dict(self._native.fields)

    @property
    def stages(self) -> dict[str, str]:
        """The stages in execution order, with their versions."""
        return dict(self._native.stages)

    def __call__(self, text: Record, /, **fields: Any) -> Document:
        """Analyses a document: a text with `id=`, `title=`, `date=` and any other fields, or a record with these.

        Raises `DocumentError` if it has no result.
        """
        outcome = self._native.analyze(self._encode(text, fields))
        document = _document(outcome)
        if document.error is not None:
            raise document.error
        return document

    def pipe(
        self,
        records: Iterable[Record],
        *,
        jobs: int | None = None,
        batch_size: int = 256,
    ) -> Iterator[Document]:
        """Analyses texts or records, in order, with `jobs` threads (by default as many as there are processors).

        Other Python threads run meanwhile. A document that has no result has an `error`; the others are not affected. Records are read
        as they are needed, a few batches ahead, so that memory does not depend on their number; a smaller `batch_size` gives the first
        results earlier if records come slowly. Lines of JSON need not be parsed first: `pipe(open("news.jsonl", "rb"))`.
        """
        jobs = _threads(jobs)
        if batch_size < 1:
            raise ValueError(f"batch_size must be 1 or more, not {batch_size}")
        given = (self._encode_safely(record) for record in records)
        batches = self._native.pipe(given, jobs, batch_size)
        return (_document(outcome) for batch in batches for outcome in batch)

    def tables(
        self,
        table: Any,
        *,
        text: str | None = None,
        id: str | None = None,
        title: str | None = None,
        date: str | None = None,
        language: str | None = None,
        tables: Iterable[str] | None = None,
        jobs: int | None = None,
    ) -> Tables:
        """Analyses the rows of a table or data frame from pyarrow, Polars, DuckDB, or pandas (2.2 or later).

        `text`, `id`, `title`, `date` and `language` name its columns; all others become columns of `documents`. The result has the tables
        that the command writes (docs/tables.md), or those in `tables`, and `errors` with the rows that have no result. Data is passed
        in and out through Arrow's interface, without a copy.
        """
        columns = named({"text": text, "id": id, "title": title, "date": date, "language": language})
        found = self._native.tables(table, columns, _wanted(tables), False, _threads(jobs))
        return Tables({native.name: Table(native) for native in found})

    def nested(
        self,
        table: Any,
        *,
        tables: Iterable[str] | None = None,
        jobs: int | None = None,
        **columns: Unpack[Columns],
    ) -> Table:
        """Like `tables`, but in one table with a row for each row of the input, in order: `doc`, and a column of lists for each table.

        A row without a result has one entry in `errors`. This form is for engines that process parts of a corpus (docs/scale.md); its
        schema does not depend on the rows, so columns that are not named are in `documents.fields`.
        """
        return Table(self._native.tables(table, named(columns), _wanted(tables), True, _threads(jobs))[0])

    def nested_parts(
        self,
        table: Any,
        *,
        tables: Iterable[str] | None = None,
        jobs: int | None = None,
        **columns: Unpack[Columns],
    ) -> Iterator[Table]:
        """Like `nested`, but as an iterator over parts of a few hundred rows.

        With a `table` that is read as it is needed (a `pyarrow.RecordBatchReader`), memory does not depend on the number of rows.
        """
        parts = self._native.parts(table, named(columns), _wanted(tables), _threads(jobs))
        return map(Table, parts)

    def nested_schema(self, tables: Iterable[str] | None = None) -> Table:
        """The table that `nested` returns for no rows, for its schema."""
        return Table(self._native.nothing(_wanted(tables))[0])

    def record(self, text: Record, /, **fields: Any) -> dict[str, Any]:
        """The record for `pipe` with a text and its fields, with the field names of this pipeline."""
        if isinstance(text, bytes):
            text = json.loads(text)
        if isinstance(text, str):
            text = {self._fields["text"]: text}
        elif not isinstance(text, Mapping):
            raise TypeError(f"a document is a text or a dict with its fields, not {type(text).__name__}")
        named = {self._fields.get(name, name): value for name, value in fields.items() if value is not None}
        return {**text, **named}

    def _encode(self, record: Record, fields: Mapping[str, Any]) -> bytes:
        """A record as the bytes of a JSON object."""
        if isinstance(record, bytes) and not fields:
            return record
        whole = self.record(record, **fields)
        return json.dumps(whole, ensure_ascii=False, allow_nan=False, default=_plain).encode()

    def _encode_safely(self, record: Record) -> bytes | str:
        """The same; if that fails, the reason as a text."""
        try:
            return self._encode(record, {})
        except (TypeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self._file, self._overrides, self._stages)

    def __repr__(self) -> str:
        return f"<Pipeline {', '.join(self.stages)}>"


def _restored(kind: type[Pipeline], file: str | None, overrides: list[str], stages: list[Stage]) -> Pipeline:
    return kind(file, overrides, stages=stages)


def _wanted(tables: Iterable[str] | None) -> list[str] | None:
    if isinstance(tables, str):
        raise TypeError(f"tables must be a list of names, such as [{tables!r}]")
    return None if tables is None else list(tables)


def _threads(jobs: int | None) -> int:
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    return jobs or processors()


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _document(outcome: bytes | tuple[str, str | None, str, str]) -> Document:
    if isinstance(outcome, bytes):
        return Document(outcome)
    return Document._failed(DocumentError(*outcome))


def _plain(value: Any) -> Any:
    """A value that JSON does not have: days and times as ISO 8601, numpy numbers as numbers."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, PathLike):
        return os.fspath(value)
    raise TypeError(f"a field cannot be a {type(value).__name__}; give a text, a number, a date, a list or a dict")


def _settings(overrides: Mapping[str, Any] | Iterable[str]) -> list[str]:
    """Overrides in the form of the command's `--set`."""
    if isinstance(overrides, Mapping):
        return [f"{key}={_toml(value)}" for path, value in overrides.items() for key, value in _leaves(path, value)]
    if isinstance(overrides, str):
        raise TypeError("overrides must be a dict, or a list of strings in the form of --set")
    return list(overrides)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}", inner)
    else:
        yield path, value


def _toml(value: Any) -> str:
    """A value as TOML, whose strings, numbers and lists are written as in JSON."""
    return json.dumps(value, allow_nan=False, default=_plain)

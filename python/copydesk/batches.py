"""Shared code for engines that process parts of a corpus: one pipeline per process, and the nested form of its results."""

from __future__ import annotations

import hashlib
import itertools
import pickle
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow

from copydesk.pipeline import Columns, Pipeline, named

_pipelines: dict[str, Pipeline] = {}


class Shared:
    """A pipeline that is sent as its description, and built once in each process that uses it."""

    def __init__(self, pipeline: Pipeline | None) -> None:
        self._given = pickle.dumps(pipeline if pipeline is not None else Pipeline())
        self._key = hashlib.sha256(self._given).hexdigest()

    def get(self) -> Pipeline:
        """The pipeline."""
        if self._key not in _pipelines:
            _pipelines[self._key] = pickle.loads(self._given)
        return _pipelines[self._key]


class Work:
    """Analyses parts of a corpus: called with a table, it returns the nested results.

    Engines run one task per core, so it uses one thread. `columns` are those of `Pipeline.tables`.
    """

    def __init__(self, pipeline: Pipeline | None, tables: Iterable[str] | None, columns: Columns) -> None:
        self._shared = Shared(pipeline)
        # Unknown names are errors now, not in the first task.
        self._columns: Columns = {**columns}
        named(columns)
        self._tables = None if tables is None else list(tables)
        self._schema = self._shared.get().nested_schema(self._tables).to_pyarrow().schema

    def __call__(self, part: Any) -> pyarrow.Table:
        """The nested results of a part; `part` is anything that `Pipeline.tables` accepts."""
        return self._shared.get().nested(part, tables=self._tables, jobs=1, **self._columns).to_pyarrow()

    def stream(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.Table]:
        """The nested results of batches, in parts, while the batches are read."""
        batches = iter(batches)
        for first in batches:
            reader = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))
            for part in self._shared.get().nested_parts(reader, tables=self._tables, jobs=1, **self._columns):
                yield part.to_pyarrow()

    @property
    def schema(self) -> pyarrow.Schema:
        """The schema of the nested results."""
        return self._schema

    @property
    def names(self) -> list[str]:
        """The tables in it."""
        return [name for name in self._schema.names if name != "doc"]


def flat(nested: pyarrow.Table, name: str) -> pyarrow.Table:
    """A table from the nested form, in its usual form: each row with its document."""
    import pyarrow.compute as compute

    lists = nested[name].combine_chunks()
    if isinstance(lists, pyarrow.ChunkedArray):
        lists = pyarrow.concat_arrays(lists.chunks) if lists.num_chunks else pyarrow.array([], lists.type)
    rows = lists.flatten()
    columns = {field.name: rows.field(place) for place, field in enumerate(rows.type)}
    if name != "errors":
        columns = {"doc": compute.take(nested["doc"], compute.list_parent_indices(lists)), **columns}
    return pyarrow.table(columns)

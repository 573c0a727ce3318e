"""copydesk in Spark: analyses a DataFrame of documents into tables of annotations.

    import copydesk.spark

    found = copydesk.spark.analyze(df, text="body", id="url", date="published")
    found["quotes"].groupBy("speaker_name").count().show()

    copydesk.spark.write(df, "s3://bucket/tables/", text="body", id="url", date="published")
    quotes = spark.read.parquet("s3://bucket/tables/quotes")

Each Python worker builds the pipeline once. A document that fails is a row of `errors`, not a failed task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow
from pyspark import StorageLevel, TaskContext
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema

from copydesk.batches import Work, flat
from copydesk.parquet import Folder
from copydesk.pipeline import Columns, Pipeline

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Found(Mapping[str, DataFrame]):
    """The tables by name, as DataFrames."""

    def __init__(self, packed: DataFrame, nested: pyarrow.Schema) -> None:
        #: The results, a few hundred documents in a row: a column for each table, with its rows in Arrow's stream format. Spark would
        #: take longer to convert all rows of all tables to its own form than the analysis takes; so it only converts those that are used.
        self.packed = packed
        self._nested = nested

    def __getitem__(self, name: str) -> DataFrame:
        if name not in self.packed.columns:
            raise KeyError(f"there is no table {name!r}; available: {', '.join(self.packed.columns)}")
        schema = flat(self._nested.empty_table(), name).schema

        def unpacked(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            for batch in batches:
                for packed in batch.column(0):
                    with pyarrow.ipc.open_stream(packed.as_buffer()) as stream:
                        yield from flat(stream.read_all(), name).to_batches()

        return self.packed.select(name).mapInArrow(unpacked, from_arrow_schema(schema))

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed.columns)

    def __len__(self) -> int:
        return len(self.packed.columns)


def analyze(
    df: DataFrame,
    *,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    keep: StorageLevel | None = StorageLevel.MEMORY_AND_DISK,
    **columns: Unpack[Columns],
) -> Found:
    """Analyses the rows of a DataFrame.

    Columns are named as in `Pipeline.tables`: `text="body", id="url"`; all others are in `documents.fields`. `pipeline` is the default
    one unless given; a pipeline file must be available to the executors. The results are cached (`keep`) so that several tables come from
    one analysis; with `keep=None` they are not. For a large corpus, use `write`.
    """
    work = Work(pipeline, tables, columns)
    names = work.names

    def run(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for part in work.stream(batches):
            yield pyarrow.record_batch({name: _packed(part, name) for name in names})

    packed = df.mapInArrow(run, ", ".join(f"`{name}` binary" for name in names))
    return Found(packed if keep is None else packed.persist(keep), work.schema)


def _packed(part: pyarrow.Table, name: str) -> pyarrow.Array:
    """A table of nested results, as one value in Arrow's stream format."""
    chosen = part.select([column for column in ("doc", name) if name != "errors" or column == name])
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, chosen.schema, options=pyarrow.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_table(chosen)
    value = sink.getvalue()
    ends = pyarrow.array([0, value.size], pyarrow.int32()).buffers()[1]
    return pyarrow.Array.from_buffers(pyarrow.binary(), 1, [None, ends, value])


def write(
    df: DataFrame,
    path: str,
    *,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    **columns: Unpack[Columns],
) -> dict[str, int]:
    """Analyses the rows of a DataFrame and writes the tables as Parquet; returns the number of rows of each table.

    Each table is a folder of files, one per partition of `df`: `spark.read.parquet(path + "/quotes")`. The Python workers write the files
    themselves, which takes a fraction of the time that Spark would need; so `path` must be one that all executors can reach, and that
    pyarrow knows: a path of a shared file system, `s3://`, `gs://`, `abfs://` or `hdfs://`, with its usual credentials. It must be empty
    or not exist. A task that is repeated replaces its files. `_SUCCESS` in the folder means that all is there.
    """
    work = Work(pipeline, tables, columns)
    folder = Folder(path, {name: flat(work.schema.empty_table(), name).schema for name in work.names})
    folder.begin()

    def run(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        task: Any = TaskContext.get()
        with folder.part(task.partitionId(), task.taskAttemptId()) as part:
            for nested in work.stream(batches):
                for name in work.names:
                    part.add(name, flat(nested, name))
        yield from part.written().to_batches()

    done = df.mapInArrow(run, from_arrow_schema(Folder.WRITTEN)).collect()
    return folder.finish((row["table"], row["file"], row["rows"]) for row in done)

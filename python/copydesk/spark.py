"""copydesk in Spark: analyses a DataFrame of documents into tables of annotations.

    import copydesk.spark

    found = copydesk.spark.analyze(df, text="body", id="url", date="published")
    found["quotes"].groupBy("speaker_name").count().show()

Each Python worker builds the pipeline once. A document that fails is a row of `errors`, not a failed task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from copydesk.batches import Work
from copydesk.pipeline import Pipeline


class Found(Mapping[str, DataFrame]):
    """The tables by name, as DataFrames over one nested DataFrame, which has a row for each document."""

    def __init__(self, nested: DataFrame) -> None:
        #: A row for each document: `doc`, and a column of lists for each table.
        self.nested = nested
        self._names = [name for name in nested.columns if name != "doc"]

    def __getitem__(self, name: str) -> DataFrame:
        if name not in self._names:
            raise KeyError(f"there is no table {name!r}; available: {', '.join(self._names)}")
        rows = self.nested.select("doc", F.explode(name).alias("row"))
        # A document without a result already has its id in the row.
        return rows.select("row.*") if name == "errors" else rows.select("doc", "row.*")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def analyze(
    df: DataFrame,
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    language: str | None = None,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    keep: StorageLevel | None = StorageLevel.MEMORY_AND_DISK,
) -> Found:
    """Analyses the rows of a DataFrame, with the columns named by `text`, `id`, `title`, `date` and `language`; all others pass through.

    `pipeline` is the default one unless given; a pipeline file must be available to the executors. The nested result is cached (`keep`) so
    that several tables come from one analysis; with `keep=None` it is not. For a large corpus, write it first and continue with the
    file: `found.nested.write.parquet(path)`, then `Found(spark.read.parquet(path))`.
    """
    columns = {"text": text, "id": id, "title": title, "date": date, "language": language}
    # Spark runs one task per core, so each uses one thread.
    work = Work(pipeline, columns, tables, jobs=1)

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from work(batch).to_batches()

    nested = df.mapInArrow(run, from_arrow_schema(work.schema()))
    return Found(nested if keep is None else nested.persist(keep))

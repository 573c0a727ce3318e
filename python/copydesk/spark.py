"""copydesk in Spark: a DataFrame of documents in, the tables of what was found in them out.

    import copydesk.spark

    found = copydesk.spark.analyze(df, text="body", id="url", date="published")
    found["quotes"].groupBy("speaker_name").count().show()

Each Python worker builds the pipeline once. A document that has no result is a row of `errors`, not a failed task.
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
            raise KeyError(f"there is no table {name!r}; the tables are {', '.join(self._names)}")
        rows = self.nested.select("doc", F.explode(name).alias("row"))
        # A document without a result has its id in the row already.
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
    """Analyses the rows of a DataFrame, whose columns `text`, `id`, `title`, `date` and `language` name; all others are passed through.

    `pipeline` is the default one unless given; a pipeline file must be where the executors find it. The nested result is kept (`keep`) so
    that several tables come from one analysis; `keep=None` leaves that to you. Of a large corpus, write it first and go on with what was
    written: `found.nested.write.parquet(path)`, then `Found(spark.read.parquet(path))`.
    """
    columns = {"text": text, "id": id, "title": title, "date": date, "language": language}
    # As many tasks as cores run at once, so one thread in each.
    work = Work(pipeline, columns, tables, jobs=1)

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from work(batch).to_batches()

    nested = df.mapInArrow(run, from_arrow_schema(work.schema()))
    return Found(nested if keep is None else nested.persist(keep))

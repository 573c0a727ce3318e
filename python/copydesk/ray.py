"""copydesk in Ray Data.

    import copydesk.ray

    nested = copydesk.ray.analyze(ray.data.read_parquet("articles/"), text="body", id="url")
    quotes = copydesk.ray.table(nested, "quotes")
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow

from copydesk.batches import Work, flat
from copydesk.pipeline import Pipeline


def analyze(
    dataset: Any,
    *,
    text: str = "text",
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    language: str | None = None,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    batch_size: int = 1000,
    **options: Any,
) -> Any:
    """The nested results of a dataset: a row for each document, with a column of lists for each table.

    `options` are passed to `Dataset.map_batches`, such as `concurrency`. A row without a result has one entry in `errors`.
    """
    columns = {"text": text, "id": id, "title": title, "date": date, "language": language}
    work = Work(pipeline, columns, tables, jobs=1)

    def run(batch: pyarrow.Table) -> pyarrow.Table:
        return work(batch)

    return dataset.map_batches(run, batch_size=batch_size, batch_format="pyarrow", **options)


def table(nested: Any, name: str) -> Any:
    """A table of nested results, as a dataset of its own. Materialise `nested` first if you use several of them."""

    def run(batch: pyarrow.Table) -> pyarrow.Table:
        return flat(batch, name)

    return nested.map_batches(run, batch_format="pyarrow")

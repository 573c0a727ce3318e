"""copydesk in Ray Data.

    import copydesk.ray

    nested = copydesk.ray.analyze(ray.data.read_parquet("articles/"), text="body", id="url")
    quotes = copydesk.ray.table(nested, "quotes")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk.batches import Work, flat
from copydesk.pipeline import Columns, Pipeline

if TYPE_CHECKING:
    from typing_extensions import Unpack


def analyze(
    dataset: Any,
    *,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    batch_size: int = 1000,
    options: Mapping[str, Any] | None = None,
    **columns: Unpack[Columns],
) -> Any:
    """The nested results of a dataset: a row for each document, with a column of lists for each table.

    Columns are named as in `Pipeline.tables`: `text="body", id="url"`. `options` are those of `Dataset.map_batches`, such as
    `{"concurrency": 4}`. A row without a result has one entry in `errors`.
    """
    work = Work(pipeline, tables, columns)
    return dataset.map_batches(work.__call__, batch_size=batch_size, batch_format="pyarrow", **(options or {}))


def table(nested: Any, name: str) -> Any:
    """A table of nested results, as a dataset of its own. Materialise `nested` first if you use several of them."""
    return nested.map_batches(partial(flat, name=name), batch_format="pyarrow")

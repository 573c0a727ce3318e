"""copydesk in Dask.

    import copydesk.dask

    tables = copydesk.dask.analyze(dask.dataframe.read_parquet("articles/"), text="body", id="url")
    quotes, figures = dask.compute(tables["quotes"], tables["figures"])     # one analysis for both
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import dask
import dask.dataframe

from copydesk.batches import Work, flat
from copydesk.pipeline import Columns, Pipeline

if TYPE_CHECKING:
    from typing_extensions import Unpack


def analyze(
    frame: Any,
    *,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    **columns: Unpack[Columns],
) -> dict[str, Any]:
    """The tables of a dask DataFrame of documents, by name. Tables that are computed together share the analysis.

    Columns are named as in `Pipeline.tables`: `text="body", id="url"`.
    """
    work = Work(pipeline, tables, columns)
    empty = work.schema.empty_table()
    parts = [dask.delayed(work, pure=True)(part) for part in frame.to_delayed()]

    def table(name: str) -> Any:
        rows = [dask.delayed(_frame)(part, name) for part in parts]
        return dask.dataframe.from_delayed(rows, meta=_frame(empty, name), verify_meta=False)

    return {name: table(name) for name in work.names}


def _frame(nested: Any, name: str) -> Any:
    return flat(nested, name).to_pandas()

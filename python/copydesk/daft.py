"""copydesk in Daft.

    import copydesk.daft

    nested = copydesk.daft.analyze(daft.read_parquet("articles/*.parquet"), text="body", id="url")
    quotes = copydesk.daft.table(nested, "quotes")
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import daft
import pyarrow
from daft import col

from copydesk.batches import Work
from copydesk.pipeline import Columns, Pipeline

if TYPE_CHECKING:
    from typing_extensions import Unpack

#: The column with the nested results, before it is split.
_FOUND = "_copydesk"


def analyze(
    frame: Any,
    *,
    pipeline: Pipeline | None = None,
    tables: Iterable[str] | None = None,
    batch_size: int = 1000,
    **columns: Unpack[Columns],
) -> Any:
    """The nested results of a DataFrame: a row for each document, with a column of lists for each table.

    Columns are named as in `Pipeline.tables`: `text="body", id="url"`.
    """
    work = Work(pipeline, tables, columns)
    read = frame.column_names

    @daft.func.batch(return_dtype=daft.DataType.from_arrow_type(pyarrow.struct(work.schema)), batch_size=batch_size)
    def run(*series: Any) -> Any:
        part = pyarrow.table({name: one.to_arrow() for name, one in zip(read, series)})
        return work(part).to_struct_array().combine_chunks()

    found = frame.select(run(*(col(name) for name in read)).alias(_FOUND))
    return found.select(*(col(_FOUND)[name].alias(name) for name in work.schema.names))


def table(nested: Any, name: str) -> Any:
    """A table of nested results, as a DataFrame of its own."""
    fields = nested.schema()[name].dtype.dtype.to_arrow_dtype()
    # A document without entries gives a null row, which is dropped.
    rows = nested.select("doc", name).explode(name).where(col(name).not_null())
    kept = [] if name == "errors" else [col("doc")]
    return rows.select(*kept, *(col(name)[field.name].alias(field.name) for field in fields))

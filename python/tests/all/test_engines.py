"""Ray Data, Dask and Daft: the same documents, the same tables."""

from __future__ import annotations

import json

import copydesk
import pandas
import pyarrow
import pytest
from conftest import ROOT
from copydesk.batches import Work, flat

RECORDS = [json.loads(line) for line in (ROOT / "examples/news.jsonl").read_text().splitlines()]
ROWS = pyarrow.table(
    {
        "url": [f"{place}-{record['id']}" for place in range(30) for record in RECORDS] + ["none"],
        "body": [record["text"] for _ in range(30) for record in RECORDS] + [None],
        "published": [record.get("date") for _ in range(30) for record in RECORDS] + [None],
    }
)
NAMED = {"text": "body", "id": "url", "date": "published"}


@pytest.fixture(scope="module")
def expected() -> copydesk.Tables:
    return copydesk.Pipeline().tables(ROWS, **NAMED)


def rows(frame: pandas.DataFrame) -> list:
    return sorted(map(repr, frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)))


def check(found: pandas.DataFrame, expected: copydesk.Table) -> None:
    known = expected.to_pandas()
    assert list(found.columns) == list(known.columns)
    assert rows(found) == rows(known) and len(known) > 0


def test_the_nested_form_holds_the_same_rows_in_the_order_of_the_input(expected):
    work = Work(None, None, NAMED)
    nested = work(ROWS)
    assert pyarrow.concat_tables(work.stream(ROWS.to_batches(max_chunksize=7))).equals(nested.combine_chunks())
    assert nested["doc"].to_pylist() == ROWS["url"].to_pylist()
    assert nested.schema == work.schema and sorted(work.names) == sorted(expected)
    assert [len(errors) for errors in nested["errors"].to_pylist()] == [0] * (len(ROWS) - 1) + [1]
    for name in ("quotes", "figures", "entities", "mentions", "targets"):
        assert flat(nested, name).equals(expected[name].to_pyarrow().cast(flat(nested, name).schema)), name
    assert flat(nested, "errors")["reason"].to_pylist() == expected.errors.to_pyarrow()["reason"].to_pylist()


def test_ray(expected, tmp_path, monkeypatch):
    # Its workers import modules from the folder in which it was started; `python/` has a `copydesk` that is not built.
    monkeypatch.chdir(tmp_path)
    ray = pytest.importorskip("ray")
    import copydesk.ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        nested = copydesk.ray.analyze(ray.data.from_arrow(ROWS), **NAMED, batch_size=20).materialize()
        check(copydesk.ray.table(nested, "quotes").to_pandas(), expected.quotes)
        errors = copydesk.ray.table(nested, "errors").to_pandas()
        assert list(errors["id"]) == ["none"]
    finally:
        ray.shutdown()


def test_dask(expected):
    dask = pytest.importorskip("dask")
    frame = pytest.importorskip("dask.dataframe")
    import copydesk.dask

    tables = copydesk.dask.analyze(frame.from_pandas(ROWS.to_pandas(), npartitions=4), **NAMED)
    quotes, figures, errors = dask.compute(tables["quotes"], tables["figures"], tables["errors"])
    check(quotes, expected.quotes)
    check(figures, expected.figures)
    assert list(errors["id"]) == ["none"]


def test_daft(expected):
    daft = pytest.importorskip("daft")
    import copydesk.daft

    nested = copydesk.daft.analyze(daft.from_arrow(ROWS), **NAMED, batch_size=20).collect()
    check(copydesk.daft.table(nested, "quotes").to_pandas(), expected.quotes)
    assert copydesk.daft.table(nested, "errors").to_pydict()["id"] == ["none"]

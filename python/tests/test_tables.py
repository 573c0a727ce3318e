"""Arrow tables, with each library that supports them."""

from __future__ import annotations

import json
import subprocess
from datetime import date, datetime, timezone

import copydesk
import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import ARTICLE, ROOT

ROWS = {
    "url": ["a", "b", "c"],
    "body": [ARTICLE, "Mayor Clara Bell said on Tuesday that 5 people had died.", None],
    "published": ["2023-05-03", "2024-05-08", "2024-05-09"],
    "outlet": ["Post", None, "Mail"],
    "words": [41, 10, 0],
}
NAMED = {"text": "body", "id": "url", "date": "published", "jobs": 2}


def inputs():
    frame = pandas.DataFrame(ROWS)
    return {
        "pyarrow": pyarrow.table(ROWS),
        "pyarrow batch": pyarrow.table(ROWS).to_batches()[0],
        "pyarrow reader": pyarrow.table(ROWS).to_reader(max_chunksize=1),
        "polars": polars.DataFrame(ROWS),
        "polars lazy": polars.DataFrame(ROWS).lazy().collect(),
        "pandas": frame,
        "pandas categories": frame.assign(outlet=frame["outlet"].astype("category")),
        "duckdb": duckdb.sql("SELECT * FROM frame"),
    }


@pytest.mark.parametrize("kind", inputs())
def test_every_library_that_knows_arrow_is_read(nlp, kind):
    tables = nlp.tables(inputs()[kind], **NAMED)
    documents = tables.documents.to_pyarrow()
    assert documents["doc"].to_pylist() == ["a", "b"]
    assert documents["date"].to_pylist() == [date(2023, 5, 3), date(2024, 5, 8)]
    assert documents["outlet"].to_pylist() == ["Post", None]
    assert documents["words"].to_pylist() == [41, 10]
    figures = tables["figures"].to_pyarrow()
    assert "2024-05-07" in figures["text_value"].to_pylist()
    errors = tables.errors.to_pyarrow().to_pylist()
    assert [(error["id"], error["row"], error["class"]) for error in errors] == [("c", 2, "field")]


def test_every_library_takes_them(nlp):
    tables = nlp.tables(polars.DataFrame(ROWS), **NAMED)
    quotes = tables.quotes
    speakers = ["the mining ministry", "Mining Minister Clara Fuentes", "Environmental groups", "Mayor Clara Bell"]
    assert pyarrow.table(quotes)["speaker_text"].to_pylist() == speakers
    assert polars.DataFrame(quotes)["speaker_text"].to_list() == speakers
    assert list(quotes.to_pandas()["speaker_text"]) == speakers
    arrow = quotes.to_pyarrow()
    assert duckdb.sql("SELECT speaker_text FROM arrow").fetchall() == [(speaker,) for speaker in speakers]
    assert quotes.to_polars().schema["confidence"] == polars.Float64
    assert pyarrow.schema(quotes) == arrow.schema
    assert "description" in {key.decode() for key in arrow.schema.field("cue").metadata}
    assert len(quotes) == 4 and "quotes" in dir(tables) and quotes.column_names[0] == "doc"


def test_tables_are_those_of_the_command(nlp, command, tmp_path):
    records = [json.loads(line) for line in (ROOT / "examples/news.jsonl").read_text().splitlines()]
    subprocess.run([command, "run", ROOT / "examples/news.jsonl", "-o", tmp_path, "--format", "parquet", "-q"], check=True)
    tables = nlp.tables(polars.DataFrame(records, infer_schema_length=None))
    names = sorted(path.stem for path in tmp_path.glob("*.parquet"))
    assert names == sorted(name for name in tables if name != "errors")
    for name in names:
        written = polars.read_parquet(tmp_path / f"{name}.parquet")
        assert written.equals(tables[name].to_polars()), name


def test_data_is_shared_and_not_copied(nlp):
    tables = nlp.tables(pyarrow.table({"text": ["Clara Bell spoke."] * 10}), tables=["entities"])
    first, second = tables.entities.to_pyarrow(), tables.entities.to_pyarrow()
    for column in ("doc", "name", "mentions"):
        places = [
            [buffer.address for chunk in table[column].chunks for buffer in chunk.buffers() if buffer is not None]
            for table in (first, second)
        ]
        assert places[0] == places[1]
    kept = first["name"]
    del tables, first, second
    assert kept.to_pylist() == ["Clara Bell"] * 10


def test_columns_of_all_types_are_fields(nlp):
    table = pyarrow.table(
        {
            "text": pyarrow.array(["He left on Tuesday."], pyarrow.large_string()),
            "id": pyarrow.array([7], pyarrow.uint8()),
            "date": pyarrow.array([datetime(2024, 5, 8, 23, 30, tzinfo=timezone.utc)], pyarrow.timestamp("us", "America/New_York")),
            "day": pyarrow.array([date(2024, 1, 2)]),
            "at": pyarrow.array([datetime(2024, 1, 2, 3, 4, 5)], pyarrow.timestamp("ms")),
            "share": pyarrow.array([0.25]),
            "small": pyarrow.array([0.1], pyarrow.float32()),
            "none": pyarrow.array([float("nan")]),
            "true": pyarrow.array([True]),
            "tags": pyarrow.array([["a", None]]),
            "by": pyarrow.array([{"name": "Ada \"Q\"", "age": 3}]),
            "price": pyarrow.array([12], pyarrow.decimal128(10, 2)),
            "kind": pyarrow.array(["x"]).dictionary_encode(),
            "view": pyarrow.array(["v"], pyarrow.string_view()),
        }
    )
    tables = nlp.tables(table, tables=["documents", "figures"])
    assert set(tables) == {"documents", "figures", "errors"}
    row = tables.documents.to_pyarrow().to_pylist()[0]
    assert (row["doc"], row["date"]) == ("7", date(2024, 5, 8))
    assert (row["day"], row["at"], row["share"], row["small"]) == ("2024-01-02", "2024-01-02T03:04:05", 0.25, 0.1)
    assert (row["true"], row["price"], row["kind"], row["view"]) == (True, 12.0, "x", "v")
    rest = json.loads(row["fields"])
    assert rest["tags"] == ["a", None] and rest["by"] == {"name": 'Ada "Q"', "age": 3} and "none" not in rest
    assert tables.figures.to_pyarrow()["text_value"].to_pylist() == ["2024-05-07"]


def test_unreadable_tables_are_errors_with_a_remedy(nlp):
    table = pyarrow.table(ROWS)
    with pytest.raises(copydesk.CopydeskError, match='no column `text`; it has: url, body.*text="…"'):
        nlp.tables(table)
    with pytest.raises(copydesk.CopydeskError, match='no column `link`.*id="…"'):
        nlp.tables(table, text="body", id="link")
    with pytest.raises(copydesk.CopydeskError, match="no table `qoutes`; available: documents, entities"):
        nlp.tables(table, text="body", tables=["qoutes"])
    with pytest.raises(TypeError, match="__arrow_c_stream__.*this is a list"):
        nlp.tables([1])
    with pytest.raises(TypeError, match="`raw` has the type Binary"):
        nlp.tables(pyarrow.table({"text": ["x"], "raw": [b"x"]}))
    with pytest.raises(ValueError, match="jobs"):
        nlp.tables(table, text="body", jobs=0)


def test_keys_of_repeated_ids_are_made_unique(nlp):
    tables = nlp.tables(pyarrow.table({"text": ["One."] * 3, "id": ["a", "b", "a"]}))
    assert tables.documents.to_pyarrow()["doc"].to_pylist() == ["a", "b", "a#2"]


def test_an_error_of_the_reader_is_raised(nlp):
    def batches():
        yield pyarrow.record_batch({"text": ["One."]})
        raise OSError("the disk broke")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), batches())
    with pytest.raises(copydesk.CopydeskError, match="the disk broke"):
        nlp.tables(reader)


def test_empty_tables_have_their_columns(nlp):
    tables = nlp.tables(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}))
    assert len(tables.quotes) == 0 and "speaker_name" in tables.quotes.column_names
    assert tables.quotes.to_pyarrow().num_rows == 0 and tables.documents.to_polars().height == 0


def test_nested_parts_come_while_the_table_is_read(nlp):
    read = 0

    def batches():
        nonlocal read
        for number in range(100):
            read += 100
            yield pyarrow.record_batch({"text": [f"Ada Bell opened {10_000 + 100 * number + place} schools." for place in range(100)]})

    schema = pyarrow.schema([("text", pyarrow.string())])
    parts = nlp.nested_parts(pyarrow.RecordBatchReader.from_batches(schema, batches()), tables=["figures"], jobs=1)
    first = next(parts).to_pyarrow()
    assert 0 < first.num_rows < read < 10_000
    rows = [first, *(part.to_pyarrow() for part in parts)]
    assert all(part.schema == nlp.nested_schema(["figures"]).to_pyarrow().schema for part in rows)
    figures = [row["figures"][0]["value"] for part in rows for row in part.to_pylist()]
    assert figures == [float(number) for number in range(10_000, 20_000)]
    with pytest.raises(TypeError, match="unexpected keyword argument 'body'; columns are named with text, id"):
        nlp.nested_parts(pyarrow.table(ROWS), body="text")
    with pytest.raises(TypeError, match=r"tables must be a list of names, such as \['quotes'\]"):
        nlp.nested(pyarrow.table(ROWS), text="body", tables="quotes")


def test_an_error_of_the_reader_ends_the_parts(nlp):
    def batches():
        yield pyarrow.record_batch({"text": ["One."]})
        raise OSError("the disk broke")

    parts = nlp.nested_parts(pyarrow.RecordBatchReader.from_batches(pyarrow.schema({"text": pyarrow.string()}), batches()))
    with pytest.raises(copydesk.CopydeskError, match="the disk broke"):
        list(parts)
    assert list(parts) == []


def test_a_folder_of_parquet_has_each_part_once(nlp, tmp_path):
    from copydesk.parquet import Folder

    schema = pyarrow.schema([("doc", pyarrow.string()), ("number", pyarrow.int64())])
    folder = Folder(str(tmp_path / "out"), {"quotes": schema, "errors": schema})
    folder.begin()
    files = []
    for number, attempt in ((0, 1), (1, 2), (1, 3)):
        with folder.part(number, attempt) as part:
            part.add("quotes", pyarrow.table({"doc": ["a", "b"], "number": [number, number]}, schema))
            part.add("errors", schema.empty_table())
        files = [*(file for file in files if file["file"] != f"quotes/part-{number:05}.parquet"), *part.written().to_pylist()]
    with pytest.raises(OSError, match="lost"), folder.part(2, 4) as part:
        part.add("quotes", pyarrow.table({"doc": ["c"], "number": [2]}, schema))
        raise OSError("lost")
    assert (tmp_path / "out/quotes/.part-00002-4").exists() and not (tmp_path / "out/_SUCCESS").exists()
    rows = folder.finish((file["table"], file["file"], file["rows"]) for file in files)
    assert rows == {"quotes": 4, "errors": 0} and (tmp_path / "out/_SUCCESS").exists()
    assert sorted(path.name for path in (tmp_path / "out/quotes").iterdir()) == ["part-00000.parquet", "part-00001.parquet"]
    written = polars.read_parquet(tmp_path / "out/quotes/*.parquet")
    assert written["number"].to_list() == [0, 0, 1, 1]
    assert polars.read_parquet(tmp_path / "out/errors/*.parquet").columns == ["doc", "number"]
    with pytest.raises(FileExistsError, match="is not empty"):
        folder.begin()

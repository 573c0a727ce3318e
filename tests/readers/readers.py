"""Opens results with the libraries that users have, and compares what they read.

Usage: readers.py FOLDER VIEWS.sql, where FOLDER has out.jsonl, schema.json, queries.json, news.sqlite, csv/, csv.gz/ and pq/,
all of one run. Prints a line for each check, and ends at the first that fails.
"""

import asyncio
import json
import pathlib
import re
import sqlite3
import sys

import duckdb
import jsonschema
import pandas
import polars
from datasette.app import Datasette

TABLES = ["documents", "entities", "mentions", "quotes", "figures", "targets", "stances", "sentences"]


def cell(value):
    """A cell as text, whatever type a reader gives it."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return str(value)


def rows(table):
    return [[cell(value) for value in row] for row in table]


def compare(what, found, expected):
    if found != expected:
        for number, (a, b) in enumerate(zip(found, expected)):
            if a != b:
                sys.exit(f"{what}: row {number} differs\n{a}\n{b}")
        sys.exit(f"{what}: {len(found)} rows, not {len(expected)}")
    print(f"ok {what}: {len(found)} rows")


def by_sqlite(folder):
    """The rows of each table as read by SQLite, which the others must match."""
    with sqlite3.connect(folder / "news.sqlite") as database:
        return {table: rows(database.execute(f"SELECT * FROM {table}")) for table in TABLES}


def check_pandas(folder, expected):
    for table in TABLES:
        frame = pandas.read_parquet(folder / "pq" / f"{table}.parquet")
        compare(f"pandas, Parquet, {table}", rows(frame.astype(object).values.tolist()), expected[table])
        # Pandas reads integers in a column with empty cells as floats.
        for kind in ["csv", "csv.gz"]:
            frame = pandas.read_csv(folder / kind / f"{table}.{kind}", keep_default_na=False, na_values=[""])
            compare(f"pandas, {kind}, {table}", rows(frame.astype(object).values.tolist()), expected[table])
    frame = pandas.read_parquet(folder / "pq" / "figures.parquet")
    assert frame["value"].dtype == "float64" and (frame["value"] > 1e6).any(), "a number is a number"


def check_polars(folder, expected):
    for table in TABLES:
        frame = polars.read_parquet(folder / "pq" / f"{table}.parquet")
        compare(f"polars, Parquet, {table}", rows(frame.rows()), expected[table])
        frame = polars.read_csv(folder / "csv" / f"{table}.csv", infer_schema_length=None)
        compare(f"polars, CSV, {table}", rows(frame.rows()), expected[table])
    dates = polars.read_parquet(folder / "pq" / "documents.parquet")["date"]
    assert dates.dtype == polars.Date, dates.dtype


def check_duckdb(folder, expected, views, queries):
    for kind, name in [("Parquet", "pq/{}.parquet"), ("CSV", "csv/{}.csv")]:
        database = duckdb.connect()
        for table in TABLES:
            file = str(folder / name.format(table))
            database.execute(f"CREATE VIEW {table} AS FROM '{file}'")
            # DuckDB reads true and false as booleans, and days as dates.
            compare(f"duckdb, {kind}, {table}", rows(database.execute(f"FROM {table}").fetchall()), expected[table])
    database = duckdb.connect()
    for table in TABLES:
        database.execute(f"CREATE VIEW {table} AS FROM '{folder / 'pq' / table}.parquet'")
    database.execute(views)
    for query in queries:
        if "_fts" in query["sql"]:
            continue
        found = rows(database.execute(query["sql"]).fetchall())
        compare(f"duckdb, query {query['heading']}", found, query["rows"])


async def check_datasette(folder, queries):
    server = Datasette([str(folder / "news.sqlite")], settings={"max_returned_rows": 10000})
    await server.invoke_startup()
    page = await server.client.get("/news/quotes")
    assert page.status_code == 200 and "speaker_name" in page.text, page.status_code
    # It detects the full-text index automatically.
    found = (await server.client.get("/news/quotes.json?_search=price&_shape=array")).json()
    assert found and all("price" in row["text"].lower() for row in found), [row["text"] for row in found]
    print(f"ok datasette, search: {len(found)} rows")
    keys = await server.databases["news"].foreign_keys_for_table("quotes")
    assert {"column": "doc", "other_table": "documents", "other_column": "doc"} in keys, keys
    for query in queries:
        answer = await server.client.get("/news.json", params={"sql": query["sql"], "_shape": "arrays"})
        assert answer.status_code == 200, answer.text
        compare(f"datasette, query {query['heading']}", rows(answer.json()["rows"]), query["rows"])


def check_schema(folder):
    """Checks the schema with an independent implementation of JSON Schema."""
    schema = json.loads((folder / "schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = (folder / "out.jsonl").read_text().splitlines()
    for line in lines:
        validator.validate(json.loads(line))
    line = json.loads(lines[0])
    line["quotes"][0]["kind"] = "loud"
    assert not validator.is_valid(line), "the schema accepts anything"
    print(f"ok schema: {len(lines)} lines")


def main():
    folder, views = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text()
    views = re.sub(r"^--.*$", "", views, flags=re.M)
    queries = json.loads((folder / "queries.json").read_text())
    check_schema(folder)
    expected = by_sqlite(folder)
    check_pandas(folder, expected)
    check_polars(folder, expected)
    check_duckdb(folder, expected, views, queries)
    asyncio.run(check_datasette(folder, queries))


main()

"""Spark, with threads of this process and with a cluster of processes, compared with the command on the same documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pyarrow
import pyarrow.parquet
import pytest
from conftest import ROOT

pyspark = pytest.importorskip("pyspark")
os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable

import copydesk.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

DOCUMENTS = 20_000
TABLES = ["documents", "entities", "mentions", "quotes", "figures", "targets", "stances", "sentences", "claims"]


@pytest.fixture(scope="module")
def released():
    """The release build of the command, and the generator of articles."""
    names = ["copydesk", "generate"]
    build = ["cargo", "build", "-q", "--release", "--workspace", "--bins"]
    subprocess.run(build, cwd=ROOT, check=True)
    folder = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    return [os.path.join(folder, "release", name) for name in names]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, released):
    """Articles as JSON and as partitioned Parquet."""
    folder = tmp_path_factory.mktemp("corpus")
    _, generate = released
    written = subprocess.run([generate, "--documents", str(DOCUMENTS), "--seed", "7"], capture_output=True, check=True).stdout
    (folder / "in.jsonl").write_bytes(written)
    rows = [json.loads(line) for line in written.splitlines()]
    table = pyarrow.table(
        {
            "url": [row["id"] for row in rows],
            "headline": [row.get("title") for row in rows],
            "published": [row.get("date") for row in rows],
            "body": [row["text"] for row in rows],
            "part": [str(place % 8) for place in range(len(rows))],
        }
    )
    pyarrow.parquet.write_to_dataset(table, folder / "articles", partition_cols=["part"])
    return folder


@pytest.fixture(scope="module")
def command(corpus, released):
    """Runs the command on the articles, with tables as Parquet; returns the seconds that it took."""

    def run() -> float:
        started = time.monotonic()
        arguments = ["run", "in.jsonl", "-o", "tables/", "--format", "parquet", "--jobs", "2", "-q", "--force"]
        subprocess.run([released[0], *arguments], cwd=corpus, check=True)
        return time.monotonic() - started

    return run


@pytest.fixture(params=["local[2]", "local-cluster[2,1,1024]"])
def spark(request, tmp_path, monkeypatch):
    # Workers of `local[2]` import modules from the folder in which Java was started; `python/` has a `copydesk` that is not built.
    monkeypatch.chdir(tmp_path)
    session = (
        SparkSession.builder.master(request.param)
        .config("spark.ui.enabled", "false")
        # Java starts once for all tests, with this much memory: whole tables are fetched to be compared.
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "2000")
        .config("spark.local.dir", str(tmp_path))
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def compared(table: pyarrow.Table, columns: list[str]) -> pyarrow.Table:
    """The rows of a table as a set."""
    chosen = table.select(columns)
    plain = pyarrow.schema([(field.name, field.type) for field in chosen.schema])
    return chosen.cast(plain).sort_by([(name, "ascending") for name in columns]).combine_chunks()


NAMED = {"text": "body", "id": "url", "title": "headline", "date": "published"}


def check(ours: pyarrow.Table, theirs: pyarrow.Table, name: str) -> None:
    # Input columns that are not named are in `fields` here, and columns there.
    columns = [column for column in ours.column_names if column != "fields"]
    assert set(theirs.column_names) - set(columns) <= {"fields", "outlet", "lang"}
    assert len(columns) > 5 and compared(ours, columns).equals(compared(theirs, columns)), name


def test_tables_are_those_of_the_command(spark, corpus, command, tmp_path, capsys):
    articles = spark.read.parquet(str(corpus / "articles")).drop("part").repartition(8)
    # The first task starts Python and builds the pipeline.
    copydesk.spark.analyze(articles.limit(1000), **NAMED, keep=None).packed.count()
    speeds = {"the command": [], "write": [], "analyze": []}
    for place in range(2):
        speeds["the command"].append(command())
        started = time.monotonic()
        rows = copydesk.spark.write(articles, str(tmp_path / f"tables-{place}"), **NAMED)
        speeds["write"].append(time.monotonic() - started)
        started = time.monotonic()
        copydesk.spark.analyze(articles, **NAMED, keep=None).packed.write.format("noop").mode("overwrite").save()
        speeds["analyze"].append(time.monotonic() - started)
    with capsys.disabled():
        told = [f"{name} {', '.join(f'{DOCUMENTS / seconds:.0f}' for seconds in all)}" for name, all in speeds.items()]
        print(f"\n{spark.sparkContext.master}, documents per second: {'; '.join(told)}")
    assert sorted(rows) == sorted([*TABLES, "errors"]) and rows["documents"] == DOCUMENTS and rows["errors"] == 0
    found = copydesk.spark.analyze(articles, **NAMED)
    assert sorted(found) == sorted(rows)
    assert spark.read.parquet(str(tmp_path / "tables-1" / "errors")).columns == ["id", "row", "stage", "class", "reason"]
    for name in TABLES:
        theirs = pyarrow.parquet.read_table(corpus / "tables" / f"{name}.parquet")
        check(spark.read.parquet(str(tmp_path / "tables-1" / name)).toArrow(), theirs, name)
        if name in ("documents", "quotes"):
            check(found[name].toArrow(), theirs, name)
    found.packed.unpersist()


def test_a_poisoned_document_fails_alone(spark):
    rows = [(str(number), None if number % 100 == 7 else f"Mayor Ada Bell opened {number} schools.") for number in range(1000)]
    frame = spark.createDataFrame(rows, "id string, text string")
    found = copydesk.spark.analyze(frame, tables=["documents", "figures"])
    assert found["documents"].count() == 990
    errors = found["errors"].collect()
    assert sorted(int(error["id"]) for error in errors) == list(range(7, 1000, 100))
    assert {error["class"] for error in errors} == {"field"}
    with pytest.raises(KeyError, match="there is no table 'quotes'; available: documents, figures, errors"):
        found["quotes"]


@pytest.mark.parametrize("kind", ["analyze", "write"])
def test_the_task_of_a_killed_worker_is_done_again_without_doubles(spark, tmp_path, kind):
    mark = str(tmp_path / "killed")
    if spark.sparkContext.master.startswith("local["):
        pytest.skip("the tasks of local[2] are not tried again")

    def kill_once(batches):
        for batch in batches:
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                yield batch
                continue
            import signal

            # The executor is the grandparent of this worker.
            daemon = os.getppid()
            with open(f"/proc/{daemon}/stat") as stat:
                os.kill(int(stat.read().rsplit(")", 1)[1].split()[1]), signal.SIGKILL)
            yield batch

    frame = spark.range(4000).selectExpr("cast(id as string) id", "concat('Mayor Ada Bell opened ', id, ' schools.') text")
    frame = frame.repartition(8).mapInArrow(kill_once, frame.schema)
    if kind == "write":
        rows = copydesk.spark.write(frame, str(tmp_path / "out"), tables=["documents"])
        assert rows == {"documents": 4000, "errors": 0}
        assert sorted(os.listdir(tmp_path / "out")) == ["_SUCCESS", "documents", "errors"]
        assert sorted(os.listdir(tmp_path / "out/documents")) == [f"part-{number:05}.parquet" for number in range(8)]
    else:
        found = copydesk.spark.analyze(frame, keep=None, tables=["documents"])
        found["documents"].select("doc").write.parquet(str(tmp_path / "out/documents"))
    written = pyarrow.parquet.read_table(tmp_path / "out/documents")["doc"].to_pylist()
    assert os.path.exists(mark) and len(written) == 4000 and len(set(written)) == 4000


def test_a_folder_that_is_not_empty_is_not_written_to(spark, tmp_path):
    (tmp_path / "old.parquet").touch()
    with pytest.raises(FileExistsError, match="is not empty: name another folder"):
        copydesk.spark.write(spark.range(1).selectExpr("'One.' text"), str(tmp_path))
    with pytest.raises(TypeError, match="unexpected keyword argument 'body'; columns are named with text, id"):
        copydesk.spark.analyze(spark.range(1), body="text")

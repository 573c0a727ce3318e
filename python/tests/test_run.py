"""Runs over files."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import copydesk
import polars
import pytest
from conftest import ARTICLE, ROOT

NEWS = ROOT / "examples/news.jsonl"


def test_files_are_those_of_the_command(command, tmp_path):
    subprocess.run([command, "run", NEWS, "-o", tmp_path / "theirs.jsonl", "-q"], check=True)
    report = copydesk.run(NEWS, tmp_path / "ours.jsonl", jobs=2, progress=False)
    assert (tmp_path / "ours.jsonl").read_bytes() == (tmp_path / "theirs.jsonl").read_bytes()
    assert (report.documents, report.failed, report.errors, report.warnings) == (3, 0, None, [])
    assert report.outputs == [str(tmp_path / "ours.jsonl")] and report.text_bytes > 500 and report.stages["quote"] >= 0
    manifest = json.loads((tmp_path / "ours.jsonl.run.json").read_text())
    assert manifest["state"] == "finished"
    assert [doc.id for doc in copydesk.read(tmp_path / "ours.jsonl")] == ["lithium"] + [
        json.loads(line)["id"] for line in NEWS.read_text().splitlines()[1:]
    ]


def test_outputs_and_documents_are_selected(tmp_path):
    outputs = [tmp_path / "quotes.parquet", tmp_path / "news.sqlite"]
    report = copydesk.run([NEWS], outputs, overrides={"input.limit": 2, "stage.quote.options.kinds": ["direct"]}, progress=False)
    assert report.documents == 2
    assert set(polars.read_parquet(outputs[0])["kind"]) == {"direct"}
    copydesk.run(NEWS, f"{tmp_path}/tables/", format="csv", keep=["figures"], progress=False)
    assert [path.name for path in (tmp_path / "tables").glob("*.csv")] == ["figures.csv"]


def test_failures_and_warnings_are_reported(tmp_path):
    lines = ['{"id": "a", "text": "He left.", "date": "31/31/31"}', '{"id": "b"}', "nonsense"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    report = copydesk.run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", progress=False)
    assert (report.documents, report.failed) == (1, 2)
    assert [(failure.id, failure.kind) for failure in report.failures][0] == ("b", "field")
    assert report.failures[1].place.endswith("in.jsonl:3") and report.errors == str(tmp_path / "errors.jsonl")
    assert any("date could not be read" in warning for warning in report.warnings)


def test_progress_is_reported(tmp_path):
    told = []
    copydesk.run(NEWS, tmp_path / "out.jsonl", progress=told.append)
    assert told[-1].documents == 3 and told[-1].read == told[-1].total == NEWS.stat().st_size
    assert str(told[-1]).startswith("3 documents, ") and str(told[-1]).endswith("100 %")

    def stop(progress):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        copydesk.run(NEWS, tmp_path / "other.jsonl", progress=stop)


def test_errors_are_those_of_the_command(tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    for arguments, told in [
        ({"inputs": tmp_path / "none.jsonl"}, "none.jsonl"),
        ({}, "nothing to read: name a file, a folder, a glob"),
        ({"inputs": NEWS, "output": NEWS}, "is an input of this run: writing there would destroy it"),
        ({"inputs": NEWS, "output": tmp_path / "quotes.xyz"}, "xyz"),
        ({"inputs": NEWS, "output": "out.jsonl", "format": "xml"}, "expected jsonl, csv, parquet or sqlite"),
        ({"inputs": NEWS, "output": "out.jsonl", "shard": "3"}, "write the number of the shard"),
    ]:
        with pytest.raises(copydesk.CopydeskError, match=told):
            copydesk.run(**arguments, progress=False)
    with pytest.raises(copydesk.PipelineError, match="did you mean `limit`"):
        copydesk.run(NEWS, "out.jsonl", overrides={"input.limmit": 2})
    with pytest.raises(ValueError, match="continued .* or started over"):
        copydesk.run(NEWS, "out.jsonl", resume=True, restart=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_run_that_was_interrupted_is_continued(tmp_path, monkeypatch):
    records = (json.dumps({"id": str(number), "text": ARTICLE}) + "\n" for number in range(12_000))
    (tmp_path / "in.jsonl").write_text("".join(records))
    program = "import copydesk; copydesk.run('in.jsonl', 'out.jsonl', jobs=1, progress=lambda p: print(p.documents, flush=True))"
    child = subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while int(child.stdout.readline()) == 0:
        pass
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert "KeyboardInterrupt: the run was interrupted after" in told and "continue with resume=True" in told
    assert not (tmp_path / "out.jsonl").exists()
    partial = (tmp_path / "out.jsonl.partial").read_bytes().count(b"\n")
    assert 0 < partial < 12_000
    monkeypatch.chdir(tmp_path)
    report = copydesk.run("in.jsonl", "out.jsonl", resume=True, progress=False)
    assert (report.resumed, report.documents) == (partial, 12_000)


def test_isolated_stages_need_the_command(command, tmp_path, monkeypatch):
    pipeline = tmp_path / "p.toml"
    pipeline.write_text('[[stage]]\nuse = "entity"\nisolate = true\n')
    monkeypatch.setenv("COPYDESK", str(command))
    isolated = copydesk.Pipeline(pipeline)(ARTICLE)
    plain = copydesk.Pipeline(pipeline, overrides={"stage.entity.isolate": False})(ARTICLE)
    assert isolated.entities and [one.name for one in isolated.entities] == [one.name for one in plain.entities]
    monkeypatch.setenv("COPYDESK", str(tmp_path / "none"))
    with pytest.raises(copydesk.PipelineError, match="needs the command copydesk, and .*none.* cannot be started"):
        copydesk.Pipeline(pipeline)
    monkeypatch.setenv("COPYDESK", "/bin/true")
    with pytest.raises(copydesk.PipelineError, match="stage `entity`"):
        copydesk.Pipeline(pipeline)

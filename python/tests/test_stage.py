"""Stages that are Python functions."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys

import copydesk
import pyarrow
import pytest

FILE = '''
import re
import copydesk

SCHEMA = {"type": "object", "properties": {"word": {"type": "string", "default": "budget"}}, "additionalProperties": False}

@copydesk.stage(provides="keywords", uses=["entities"], options=SCHEMA)
def keywords(doc, options):
    """Marks a word."""
    names = [entity["name"] for entity in doc["entities"]]
    for match in re.finditer(options["word"], doc["text"]):
        if match.start() == 0:
            raise ValueError("a text cannot begin so")
        yield {"start": match.start(), "end": match.end(), "value": names, "confidence": 0.5}

if __name__ == "__main__":
    keywords.run()
'''


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """The stage in the file, as a module that can be imported."""
    (tmp_path / "keywords_stage.py").write_text(FILE)
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("keywords_stage", None)
    import keywords_stage

    return keywords_stage.keywords


def test_a_function_is_a_stage_of_this_process(stage):
    nlp = copydesk.Pipeline(stages=[stage])
    assert list(nlp.stages)[-1] == "keywords" and stage.name == "keywords"
    doc = nlp("Mayor Clara Bell read the budget. The 🙂 budget passed.")
    assert [found.text for found in doc.keywords] == ["budget", "budget"]
    assert doc.layers["keywords"][0].value == ["Clara Bell"] and doc.keywords[0].confidence == 0.5
    assert "keywords" in dir(doc)
    other = copydesk.Pipeline(overrides={"stage.keywords.options.word": "passed"}, stages=[stage])
    assert [found.text for found in other(doc.text).keywords] == ["passed"]
    assert nlp.tables(pyarrow.table({"text": [doc.text]})).keywords.to_pyarrow().num_rows == 2


def test_an_exception_fails_only_its_document(stage):
    nlp = copydesk.Pipeline(stages=[stage])
    found = list(nlp.pipe(["The budget passed.", "budget", "No budget."] * 100, jobs=2))
    assert [doc.error is None for doc in found] == [True, False, True] * 100
    assert re.search(r"ValueError: a text cannot begin so \(.*keywords_stage.py, line \d+\)", found[1].error.reason)
    assert found[1].error.stage == "keywords"


def test_an_invalid_annotation_fails_only_its_document():
    for wrong in WRONG:
        nlp = copydesk.Pipeline(stages=[copydesk.stage(provides="words", name="wrong")(lambda doc: wrong)])
        found = next(iter(nlp.pipe(["A text."])))
        assert found.error is not None and found.error.stage == "wrong", wrong


WRONG = (
    [{"start": 5, "end": 900}],
    [{"start": 0}],
    [{"start": 0, "end": 1, "text": "B"}],
    [{"start": 0, "end": 1, "value": float("nan")}],
    [{"start": 0, "end": 1, "rule": "unknown"}],
    [3],
    3,
    {"other": [{"start": 0, "end": 1}]},
)


def test_the_same_file_is_a_stage_of_the_command(stage, command, tmp_path):
    text = "Mayor Clara Bell read the budget."
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n")
    path = f"{sys.exec_prefix}/bin"
    ran = subprocess.run(
        [command, "run", "in.jsonl", "-q", "--stage", "./keywords_stage.py"],
        cwd=tmp_path,
        env={"PATH": f"{path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.rstrip("\n") == copydesk.Pipeline(stages=[stage])(text, id="a").to_json()


def test_stages_join_a_pipeline_file_and_travel_between_processes(stage, tmp_path):
    file = tmp_path / "pipeline.toml"
    file.write_text('[[stage]]\nuse = "entity"\n')
    nlp = copydesk.Pipeline(file, stages=[stage])
    assert list(nlp.stages) [-2:] == ["entity", "keywords"]
    assert pickle.loads(pickle.dumps(nlp))("The budget.").keywords[0].text == "budget"
    file.write_text('[[stage]]\nuse = "keywords"\noptions = { word = "The" }\n[[stage]]\nuse = "entity"\n')
    assert copydesk.Pipeline(file, stages=[stage])("At The Hague.").keywords[0].text == "The"
    with pytest.raises(copydesk.CopydeskError, match="`quotes`, which only stages in Rust or C can"):
        copydesk.Pipeline(stages=[copydesk.stage(provides="quotes")(lambda doc: None)])

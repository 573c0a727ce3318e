"""The examples in the README and the guide work as shown."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_examples_work_as_shown(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tried >= 4 and failed == 0


def test_stubs_match_the_schema():
    subprocess.run([sys.executable, ROOT / "python/tools/stubs.py", "--check"], check=True, cwd=Path.home())


@pytest.mark.parametrize("checked", ["copydesk", "typed.py"])
def test_types_are_right(checked, tmp_path):
    """The package, and a program that uses it, pass the strict type checker."""
    program = tmp_path / "typed.py"
    program.write_text(PROGRAM)
    what = ["-p", "copydesk"] if checked == "copydesk" else [str(program)]
    settings = ["--config-file", str(ROOT / "python/pyproject.toml"), "--cache-dir", str(tmp_path)]
    ran = subprocess.run([sys.executable, "-m", "mypy", "--strict", *settings, *what], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout


PROGRAM = '''
import copydesk
from copydesk.layers import Entity, Quote

nlp = copydesk.Pipeline("pipeline.toml", overrides={"output.detail": "full"})
doc = nlp("text", date="2024-05-08")
quotes: list[Quote] = doc.quotes
speaker = quotes[0].speaker
entity: Entity | None = speaker.entity if speaker is not None else None
start: int = quotes[0].start
said: str = quotes[0].text
negated: bool = quotes[0].cue.negated if quotes[0].cue else False
for found in nlp.pipe(["text", {"text": "text"}], jobs=2):
    reason: str | None = found.error.reason if found.error is not None else None
rows: int = len(nlp.tables(object(), text="body").quotes)
'''

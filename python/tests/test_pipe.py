"""Streams of documents."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time

import copydesk
import pytest
from conftest import ARTICLE, ROOT


def test_documents_come_in_order_and_a_bad_one_fails_alone(nlp):
    def records():
        for number in range(700):
            if number % 100 == 50:
                yield {"id": str(number), "words": "none"}
            elif number % 100 == 51:
                yield number
            elif number % 100 == 52:
                yield "a lone surrogate \ud800"
            else:
                yield {"id": str(number), "text": f"Number {number}: {ARTICLE}", "number": number}

    found = list(nlp.pipe(records(), jobs=2))
    assert len(found) == 700
    for number, doc in enumerate(found):
        if number % 100 in (50, 51, 52):
            assert doc.error is not None and doc.entities == [] and doc.text == ""
        else:
            assert doc.error is None and doc.fields == {"number": number} and doc.id == str(number)
    assert found[50].error.kind == "field" and "no field `text`" in found[50].error.reason
    assert "not int" in found[51].error.reason and "surrogates" in found[52].error.reason
    assert found[51].id == "text#52"


def test_lines_are_those_of_the_command(nlp, command, tmp_path):
    inputs = ROOT / "examples" / "news.jsonl"
    output = tmp_path / "out.jsonl"
    subprocess.run([command, "run", inputs, "-o", output, "-q"], check=True)
    records = [json.loads(line) for line in inputs.read_text().splitlines()]
    assert [doc.to_json() for doc in nlp.pipe(records, jobs=2)] == output.read_text().splitlines()
    assert [nlp(record).to_json() for record in records] == output.read_text().splitlines()
    with inputs.open("rb") as lines:
        assert [bytes(doc) for doc in nlp.pipe(lines, jobs=2)] == output.read_bytes().splitlines()


def test_a_broken_line_fails_alone(nlp):
    lines = [b'{"text": "Ada Bell left."}\n', b'{"text": "Ada', b"[]", b"\xff", b'{"text": "She returned."}']
    found = list(nlp.pipe(lines, jobs=1))
    assert [doc.error is None for doc in found] == [True, False, False, False, True]
    assert found[0].text == "Ada Bell left." and found[1].id == "text#2"
    assert nlp(lines[0], id="named").id == "named"


def test_records_are_read_as_they_are_needed(nlp):
    read = 0

    def endless():
        nonlocal read
        for number in itertools.count():
            read += 1
            yield f"Number {number} is here."

    first = list(itertools.islice(nlp.pipe(endless(), jobs=2, batch_size=5), 12))
    assert [doc.text for doc in first] == [f"Number {number} is here." for number in range(12)]
    # In progress: four batches for each thread, and one that is being returned.
    assert read <= 5 * (2 * 4 + 3)


def test_an_exception_of_the_records_comes_after_the_results_before_it(nlp):
    def records():
        yield from ("One.", "Two.")
        raise OSError("the feed broke")

    pipe = nlp.pipe(records())
    assert [next(pipe).text, next(pipe).text] == ["One.", "Two."]
    with pytest.raises(OSError, match="the feed broke"):
        next(pipe)
    assert list(pipe) == []


def test_nothing_in_nothing_out(nlp):
    assert list(nlp.pipe([])) == []
    for wrong in ({"jobs": 0}, {"batch_size": 0}):
        with pytest.raises(ValueError, match="must be 1 or more"):
            nlp.pipe([], **wrong)


def test_other_threads_run_meanwhile(nlp):
    turns, done = 0, threading.Event()

    def count():
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    list(nlp.pipe([ARTICLE] * 1000, jobs=1))
    done.set()
    thread.join()
    # It would run once or not at all if the interpreter were locked for the whole half second or more.
    assert turns > 20


def test_many_threads_share_a_pipeline(nlp):
    found = {}

    def work(number):
        found[number] = [nlp(f"Number {number}.{place} is here.").text for place in range(30)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: [f"Number {number}.{place} is here." for place in range(30)] for number in range(8)}


def test_two_threads_cannot_read_from_one_pipe_at_once(nlp):
    pipe = nlp._native.pipe(iter([b'{"text": "One."}'] * 2000), 1, 256)
    problems = []

    def take():
        try:
            for _ in pipe:
                pass
        except ValueError as error:
            problems.append(str(error))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("another thread" in problem for problem in problems)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_workers_of_its_own(nlp):
    nlp("Before.")
    begun = nlp._native.pipe(iter([b'{"text": "One."}'] * 2), 1, 1)
    next(begun)
    child = os.fork()
    if child == 0:
        try:
            next(begun)
        except copydesk.CopydeskError as error:
            refused = "started by another process" in str(error)
        os._exit(0 if refused and nlp("After.").text == "After." and len(list(nlp.pipe(["One."]))) == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert nlp("Here.").text == "Here."


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("work", ["sum(1 for _ in nlp.pipe(itertools.repeat(text), jobs=2))", "nlp(text * 40_000)"])
def test_ctrl_c_interrupts(work, tmp_path):
    program = f"import itertools, copydesk; nlp = copydesk.Pipeline(); text = {ARTICLE!r}; print('ready', flush=True); {work}"
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": tmp_path}
    child = subprocess.Popen([sys.executable, "-c", program], **piped)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in told, told

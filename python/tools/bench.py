"""Compares the speed of the package with that of the command on the same documents.

    cargo run --release -p copydesk-bench --bin generate -- --documents 9000 --seed 7 > corpus.jsonl
    python python/tools/bench.py corpus.jsonl [--command target/release/copydesk] [--flat 100000]

Each measurement is a process of its own, in turn; the lowest of three is printed. `--flat` streams this many documents and prints the
memory of `pipe` and of `nested_parts` at each tenth.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START = """
import time; start = time.perf_counter()
import copydesk; imported = time.perf_counter()
doc = copydesk.Pipeline()("Mayor Ada Bell said on Tuesday that 12 schools were built.", date="2024-05-08")
print((imported - start) * 1e3, (time.perf_counter() - imported) * 1e3)
"""
PIPE = """
import json, sys, copydesk
nlp = copydesk.Pipeline()
with open(sys.argv[1]) as lines, open(sys.argv[2], "w") as out:
    for doc in nlp.pipe(map(json.loads, lines), jobs=2):
        out.write(doc.to_json() + "\\n")
"""
LINES = """
import sys, copydesk
with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as out:
    for doc in copydesk.Pipeline().pipe(lines, jobs=2):
        out.write(bytes(doc))
        out.write(b"\\n")
"""
READ = """
import sys, pyarrow.json
table = pyarrow.json.read_json(sys.argv[1])
with pyarrow.OSFile(sys.argv[2], "wb") as file, pyarrow.ipc.new_stream(file, table.schema) as stream:
    stream.write_table(table)
"""
TABLES = """
import sys, copydesk, pyarrow
with pyarrow.OSFile(sys.argv[1], "rb") as file, pyarrow.ipc.open_stream(file) as stream:
    copydesk.Pipeline().tables(stream.read_all(), jobs=2)
"""
FLAT = """
import itertools, json, sys, copydesk, pyarrow
records = [json.loads(line) for line in itertools.islice(open(sys.argv[1]), 1000)]
nlp, most = copydesk.Pipeline(), int(sys.argv[2])
def memory():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) // 1024
told = []
for number, doc in enumerate(nlp.pipe(itertools.islice(itertools.cycle(records), most), jobs=2), 1):
    doc.entities
    if number % (most // 10) == 0:
        told.append(memory())
print(told)
rows = pyarrow.RecordBatch.from_pylist(records)
reader = pyarrow.RecordBatchReader.from_batches(rows.schema, itertools.repeat(rows, most // len(rows)))
told, number = [], 0
for part in nlp.nested_parts(reader, jobs=2):
    before, number = number, number + len(part)
    if number * 10 // most > before * 10 // most:
        told.append(memory())
print(told)
"""


def measured(command: list[str]) -> tuple[float, float, int]:
    """Seconds, seconds of processor and megabytes of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss // 1024


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--command", default="target/release/copydesk")
    arguments.add_argument("--flat", type=int, default=0)
    given = arguments.parse_args()
    documents = sum(1 for _ in given.corpus.open())
    text = sum(len(json.loads(line)["text"].encode()) for line in given.corpus.open())
    print(f"{documents} documents, {text / 1e6:.1f} MB of text")
    starts = [subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True) for _ in range(3)]
    times = [tuple(map(float, start.stdout.split())) for start in starts]
    print(f"import {min(time[0] for time in times):.0f} ms, pipeline and first document {min(time[1] for time in times):.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.jsonl"
        commands = {
            "the command": [given.command, "run", str(given.corpus), "-o", out, "--jobs", "2", "-q", "--force"],
            "pipe, lines of JSON": [sys.executable, "-c", LINES, str(given.corpus), f"{folder}/lines.jsonl"],
            "pipe": [sys.executable, "-c", PIPE, str(given.corpus), f"{folder}/pipe.jsonl"],
            "pyarrow reads the input of tables": [sys.executable, "-c", READ, str(given.corpus), f"{folder}/in.arrow"],
            "tables": [sys.executable, "-c", TABLES, f"{folder}/in.arrow"],
        }
        rounds = [{name: measured(command) for name, command in commands.items()} for _ in range(3)]
        for name in commands:
            seconds, cpu, _ = (min(one[name][place] for one in rounds) for place in range(3))
            print(f"{name}: {seconds:.2f} s, {cpu:.2f} s of processor, {text / 1e6 / seconds:.1f} MB/s")
        for name in ("pipe", "lines"):
            assert Path(out).read_bytes() == Path(f"{folder}/{name}.jsonl").read_bytes(), "the lines differ"
    if given.flat:
        flat = subprocess.run([sys.executable, "-c", FLAT, str(given.corpus), str(given.flat)], capture_output=True, text=True, check=True)
        for what, told in zip(("pipe", "nested_parts"), flat.stdout.splitlines()):
            print(f"memory of {what} over {given.flat} documents, MB: {told}")


if __name__ == "__main__":
    main()

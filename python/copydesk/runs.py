"""Runs over files, like the command `copydesk run`, with progress shown in Python."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any, NamedTuple, TypeAlias

from copydesk import _native
from copydesk.pipeline import _settings
from copydesk.stage import Stage

Path: TypeAlias = "str | PathLike[str]"


class Progress(NamedTuple):
    """The progress of a run."""

    documents: int
    failed: int
    text_bytes: int
    #: Bytes of the inputs that have been read, and their total; None if unknown.
    read: int
    total: int | None
    seconds: float

    def __str__(self) -> str:
        share = f", {100 * min(1.0, self.read / self.total):.0f} %" if self.total else ""
        failed = f", {self.failed} failed" if self.failed else ""
        speed = self.text_bytes / 1e6 / max(self.seconds, 1e-3)
        return f"{self.documents} documents{failed}, {speed:.1f} MB/s{share}"


class Failure(NamedTuple):
    """A document that failed."""

    id: str
    place: str
    stage: str | None
    kind: str
    reason: str


@dataclass(frozen=True)
class Report:
    """The outcome of a run."""

    #: Documents written, and the number of these that earlier runs had written, which this one continues.
    documents: int
    resumed: int
    #: Documents that failed. The first are in `failures`, all of them in the file `errors`.
    failed: int
    #: Documents that the selection left out, and those left out because they have no date and the selection needs one.
    left_out: int
    undated: int
    #: Documents with the id of an earlier one.
    duplicates: int
    text_bytes: int
    seconds: float
    failures: list[Failure]
    #: The problems of documents, with their number.
    warnings: list[str]
    outputs: list[str]
    errors: str | None
    #: The seconds spent in each stage, summed over all threads.
    stages: dict[str, float]


def run(
    inputs: Path | Iterable[Path] | None = None,
    output: Path | Iterable[Path] | None = None,
    *,
    pipeline: Path | None = None,
    overrides: Mapping[str, Any] | Iterable[str] | None = None,
    stages: Iterable[Stage] = (),
    format: str | None = None,
    keep: Iterable[str] | None = None,
    errors: Path | None = None,
    force: bool = False,
    resume: bool = False,
    restart: bool = False,
    shard: str | None = None,
    jobs: int | None = None,
    shown_failures: int = 100,
    progress: bool | Callable[[Progress], object] | None = None,
) -> Report:
    """Analyses files and writes the results to files, like `copydesk run` (see `copydesk run --help` for inputs and outputs).

    Inputs and outputs that are not given are those of the pipeline file; `overrides` changes its values, such as which documents are read:
    `{"input.limit": 100, "input.where": 'outlet == "Post"'}`. `progress` is a function that is called ten times a second;
    by default there is a progress bar in notebooks and a line on a terminal, with False nothing. Ctrl-C ends the run after the documents
    in progress, and `resume=True` continues it.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    if resume and restart:
        raise ValueError("a run can be continued (resume) or started over (restart), not both")
    request = {
        "inputs": _paths(inputs),
        "outputs": _paths(output),
        "format": format,
        "keep": None if keep is None else list(keep),
        "errors": None if errors is None else os.fspath(errors),
        "force": force,
        "resume": resume,
        "restart": restart,
        "shard": shard,
        "jobs": jobs or 0,
        "shown_failures": shown_failures,
    }
    file = None if pipeline is None else os.fspath(pipeline)
    shown = progress if callable(progress) else _shown(progress)
    started = time.monotonic()

    def watch(documents: int, failed: int, text_bytes: int, read: int, total: int | None) -> None:
        if shown is not None:
            shown(Progress(documents, failed, text_bytes, read, total, time.monotonic() - started))

    try:
        done = _native.run(file, _settings(overrides or {}), list(stages), request, watch)
    finally:
        if isinstance(shown, _Line):
            shown.end()
    failures = [Failure(*failure) for failure in done.pop("failures")]
    outputs = [os.fspath(path) for path in done.pop("outputs")]
    told = done.pop("errors")
    return Report(
        **done | {"stages": dict(done["stages"])},
        failures=failures,
        outputs=outputs,
        errors=None if told is None else os.fspath(told),
    )


def _paths(given: Path | Iterable[Path] | None) -> list[str]:
    if given is None:
        return []
    if isinstance(given, (str, PathLike)):
        return [os.fspath(given)]
    return [os.fspath(path) for path in given]


def _shown(progress: object) -> Callable[[Progress], object] | None:
    """The default way to show progress."""
    if progress is False:
        return None
    if "IPython" in sys.modules and _kernel():
        return _Bar()
    return _Line() if progress or sys.stderr.isatty() else None


def _kernel() -> bool:
    """Whether this is a notebook."""
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")


class _Line:
    """A line on a terminal."""

    def __call__(self, progress: Progress) -> None:
        print(f"\r{progress}  ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Ends the line."""
        print(file=sys.stderr)


class _Bar:
    """A bar in a notebook."""

    def __init__(self) -> None:
        self._handle: Any = None
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        from IPython.display import HTML, display

        # Notebooks are updated less often.
        whole = progress.total is not None and progress.read >= progress.total
        if not whole and progress.seconds - self._last < 0.5:
            return
        self._last = progress.seconds
        share = f' value="{min(1.0, progress.read / progress.total):.3f}"' if progress.total else ""
        shown = HTML(f'<progress style="width:20em"{share}></progress> {progress}')
        if self._handle is None:
            self._handle = display(shown, display_id=True)
        else:
            self._handle.update(shown)

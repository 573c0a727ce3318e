"""The native part of copydesk, which returns lines of JSON and Arrow tables."""

from collections.abc import Callable, Iterator, Mapping
from os import PathLike
from typing import Any, TypeAlias

from copydesk.stage import Stage

__version__: str

class CopydeskError(Exception):
    """A task that copydesk cannot perform, and why."""

class PipelineError(CopydeskError):
    """An invalid pipeline: file, line, key, and what to write instead."""

#: The bytes of a line, or for a document without a result (id, stage, class, reason).
Outcome: TypeAlias = bytes | tuple[str, str | None, str, str]

class Pipeline:
    def __new__(cls, file: str | PathLike[str] | None, overrides: list[str], stages: list[Stage]) -> Pipeline: ...
    @property
    def stages(self) -> list[tuple[str, str]]: ...
    @property
    def fields(self) -> list[tuple[str, str]]: ...
    def analyze(self, given: bytes | str) -> Outcome: ...
    def pipe(self, records: Iterator[bytes | str], jobs: int, batch: int) -> Pipe: ...

    def tables(
        self, table: object, columns: dict[str, str | None], wanted: list[str] | None, nested: bool, jobs: int
    ) -> list[Table]: ...
    def nothing(self, wanted: list[str] | None) -> list[Table]: ...

class Table:
    @property
    def name(self) -> str: ...
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

class Pipe:
    def __iter__(self) -> Pipe: ...
    def __next__(self) -> list[Outcome]: ...

def schema() -> str: ...
def run(
    file: str | None,
    overrides: list[str],
    stages: list[Stage],
    request: Mapping[str, object],
    watch: Callable[[int, int, int, int, int | None], None],
) -> dict[str, Any]: ...

"""Stages written as Python functions.

    import re
    import copydesk

    @copydesk.stage(provides="keywords")
    def keywords(doc, options):
        for match in re.finditer(r"\\bbudget\\b", doc["text"]):
            yield {"start": match.start(), "end": match.end(), "value": "budget"}

    nlp = copydesk.Pipeline(stages=[keywords])      # in this process

    if __name__ == "__main__":
        keywords.run()                              # copydesk run article.txt --stage ./keywords.py
"""

from __future__ import annotations

import inspect
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

#: Annotations of the layer that a stage provides: `{"start", "end", "value", "confidence", "rule"}`; of several layers, a dict of lists.
Found: TypeAlias = "Iterable[Mapping[str, Any]] | Mapping[str, Iterable[Mapping[str, Any]]] | None"


class Stage:
    """A function that reads a document and returns annotations. It can be called like the function itself."""

    def __init__(self, function: Callable[..., Found], hello: dict[str, Any]) -> None:
        self._function = function
        self._hello = hello
        self._takes_options = len(inspect.signature(function).parameters) > 1
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__qualname__ = function.__qualname__

    @property
    def name(self) -> str:
        """Its name in a pipeline."""
        return str(self._hello["name"])

    def __call__(self, *arguments: Any, **named: Any) -> Found:
        return self._function(*arguments, **named)

    def run(self) -> None:
        """Serves requests of the command, which has started this file as a stage (docs/process-stages.md), until it ends."""
        answers, sys.stdout = sys.stdout, sys.stderr
        options: dict[str, Any] = {}

        def write(message: bytes) -> None:
            answers.buffer.write(message + b"\n")
            answers.flush()

        write(self._greeting())
        for line in sys.stdin.buffer:
            message = json.loads(line)
            if "options" in message:
                options = message["options"]
                write(b'{"ready": true}')
            else:
                write(self._answer(line, options))

    def _greeting(self) -> bytes:
        return json.dumps(self._hello).encode()

    def _answer(self, request: bytes, options: Mapping[str, Any]) -> bytes:
        """The answer to a request for annotations."""
        message = json.loads(request)
        try:
            given = (message["document"], options) if self._takes_options else (message["document"],)
            found = self._function(*given)
            if not isinstance(found, Mapping):
                found = {self._hello["provides"][0]: found or ()}
            layers = {layer: list(items) for layer, items in found.items()}
            return json.dumps({"number": message["number"], "layers": layers}, allow_nan=False).encode()
        except Exception as error:
            traceback.print_exc()
            place = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"{type(error).__name__}: {error} ({place.filename}, line {place.lineno})"
            return json.dumps({"number": message["number"], "error": reason}).encode()

    def __reduce__(self) -> str | tuple[Any, ...]:
        # The function's name now refers to the stage; in a notebook, other processes cannot look it up.
        return (Stage, (self._function, self._hello)) if self.__module__ == "__main__" else self.__qualname__

    def __repr__(self) -> str:
        return f"<Stage {self.name}>"


def stage(
    *,
    provides: str | Iterable[str],
    name: str | None = None,
    version: str = "0.1.0",
    summary: str | None = None,
    requires: Iterable[str] = (),
    uses: Iterable[str] = (),
    options: Mapping[str, Any] | None = None,
    rules: Iterable[Mapping[str, str]] = (),
    schemas: Mapping[str, Mapping[str, Any]] | None = None,
) -> Callable[[Callable[..., Found]], Stage]:
    """Makes a stage from a function. It receives a document as a dict like a line of output and, if it has two parameters, the options.

    `provides` names its layer or layers, `requires` and `uses` those that it reads (`entities`, `quotes`, `figures`, or those of other
    stages); `options` is the JSON Schema of its options, `rules` a list of `{"code", "what"}`, `schemas` the JSON Schema of the values of each
    layer; every value is validated, and a string with `"format": "entity"` is the id of an entity. If the function raises, only that document
    fails.
    """

    def made(function: Callable[..., Found]) -> Stage:
        about = (inspect.getdoc(function) or "").split("\n")[0]
        hello = {
            "copydesk": 1,
            "name": name or function.__name__,
            "version": version,
            "summary": about if summary is None else summary,
            "provides": [provides] if isinstance(provides, str) else list(provides),
            "requires": list(requires),
            "uses": list(uses),
            "options": dict(options or {}),
            "rules": [dict(rule) for rule in rules],
            "schemas": {layer: dict(schema) for layer, schema in (schemas or {}).items()},
        }
        return Stage(function, hello)

    return made

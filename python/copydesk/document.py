"""A document with its annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from copydesk._native import CopydeskError
from copydesk.layers import Layers, line_fields

if TYPE_CHECKING:
    from typing import Self

class DocumentError(CopydeskError):
    """A document that has no result: its id, the stage that failed, the class of the problem, and the reason."""

    id: str
    stage: str | None
    kind: str
    reason: str

    def __init__(self, id: str, stage: str | None, kind: str, reason: str) -> None:
        super().__init__(id, stage, kind, reason)
        self.id, self.stage, self.kind, self.reason = id, stage, kind, reason

    def __str__(self) -> str:
        stage = f"stage {self.stage}: " if self.stage else ""
        return f"{self.id}: {stage}{self.reason}"


class Document(Layers):
    """A document with its annotations. Offsets count code points: `doc.text[start:end]` is the annotated text.

    Its layers are lists of annotations (`doc.quotes`), with ids resolved to objects (`doc.quotes[0].speaker.entity.name`).
    """

    def __init__(self, line: bytes | str, error: DocumentError | None = None) -> None:
        self._line = line.encode() if isinstance(line, str) else bytes(line)
        #: Why it has no result; None if it has one.
        self.error = error
        self._parsed: dict[str, Any] | None = None
        self._ids = None
        self._article = None
        self._made = {}

    @classmethod
    def from_json(cls, line: bytes | str) -> Self:
        """A document from a line written by copydesk. Its offsets must count code points, as they do by default."""
        document = cls(line)
        unit = document._found.get("offset_unit", "chars")
        if unit != "chars":
            raise ValueError(f"the offsets of this line count {unit}: write it with output.offsets=chars")
        return document

    @classmethod
    def _failed(cls, error: DocumentError) -> Self:
        return cls(json.dumps({"id": error.id, "text": ""}, ensure_ascii=False), error)

    @property
    def _found(self) -> dict[str, Any]:
        if self._parsed is None:
            self._parsed = json.loads(self._line)
        return self._parsed

    @property
    def id(self) -> str:
        """Its id, as given."""
        return str(self._found["id"])

    @property
    def text(self) -> str:
        """The text, unchanged."""
        return str(self._found["text"])

    @property
    def title(self) -> str | None:
        """Its headline."""
        return self._found.get("title")

    @property
    def date(self) -> str | None:
        """The day of publication, ISO 8601."""
        return self._found.get("date")

    @property
    def language(self) -> str | None:
        """Its language, ISO 639-1; None if the text is too short to detect it."""
        return self._found.get("language")

    @property
    def warnings(self) -> list[str]:
        """Its problems."""
        return [warning["message"] for warning in self._found.get("warnings") or ()]

    @property
    def stages(self) -> dict[str, str]:
        """The stages that ran, with their versions."""
        return dict(self._found.get("stages") or {})

    @property
    def fields(self) -> dict[str, Any]:
        """The other fields of the record that it was made from."""
        own = line_fields()
        fields = {name: value for name, value in self._found.items() if name not in own}
        return {**fields, **(self._found.get("input") or {})}

    @property
    def headline(self) -> Layers | None:
        """The annotations of a title that the text does not begin with; offsets are relative to the title."""
        found = self._found.get("headline")
        if found is None:
            return None
        if "headline" not in self._made:
            self._made["headline"] = Layers(found, self.title or "", self)
        headline: Layers = self._made["headline"]
        return headline

    def to_dict(self) -> dict[str, Any]:
        """The line that the command would write, as a new dict."""
        line: dict[str, Any] = json.loads(self._line)
        return line

    def to_json(self) -> str:
        """The line that the command would write; `bytes(doc)` is the same in UTF-8, and faster."""
        return self._line.decode()

    def __bytes__(self) -> bytes:
        return self._line

    def to_spacy(self, nlp: Any) -> Any:
        """A `spacy.tokens.Doc` with entities, quotes and figures (see `copydesk.spacy`), tokenized by the spaCy pipeline `nlp`."""
        from copydesk.spacy import convert

        return convert(self, nlp)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._line, self.error)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and self._line == other._line

    def __hash__(self) -> int:
        return hash(self._line)

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        if self.error is not None:
            return f"<Document {self.id!r}, failed: {self.error.reason}>"
        counts = ", ".join(f"{name} {len(getattr(self, name))}" for name in ("entities", "quotes", "figures"))
        return f"<Document {self.id!r}, {counts}>"

    def _repr_html_(self) -> str:
        from copydesk.html import render

        return render(self)


def read(path: str | PathLike[str]) -> Iterator[Document]:
    """The documents in a file of lines written by copydesk (`.jsonl`, or compressed with gzip)."""
    import gzip
    import os

    opened = gzip.open if os.fspath(path).endswith(".gz") else open
    with opened(path, "rb") as lines:
        for line in lines:
            yield Document.from_json(line.rstrip(b"\n"))

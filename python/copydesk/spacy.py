"""copydesk in spaCy: its annotations on spaCy's documents, and a component for its pipelines.

    nlp = spacy.blank("en")
    nlp.add_pipe("copydesk")
    doc = nlp("The mining ministry said output rose by 51%.")
    doc.spans["copydesk_quotes"][0]._.copydesk_quote.speaker.text

Names become `doc.ents`; all mentions, quotes and figures are in `doc.spans`, each span with its annotation, and `doc._.copydesk` is the
whole document; `span.id_` is the annotation's id. Spans that start or end inside a spaCy token are widened to it. spaCy's own ways to write
documents (`Doc.to_bytes`, `DocBin`) include the annotations; to read them, import this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, raise_error

from copydesk.document import Document
from copydesk.layers import Annotation, Entity, Figure, Quote
from copydesk.pipeline import Pipeline, processors

#: The spaCy label for each kind of entity.
LABELS = {
    "person": "PERSON",
    "organization": "ORG",
    "location": "LOC",
    "facility": "FAC",
    "group": "NORP",
    "event": "EVENT",
    "product": "PRODUCT",
    "work": "WORK_OF_ART",
    "law": "LAW",
    "other": "MISC",
}
#: Further fields for the analysis of a spaCy document, such as its date.
FIELDS = "copydesk_fields"
#: Takes the name of a component, the component, documents that failed, and the exception.
ErrorHandler: TypeAlias = Callable[[str, Any, list[Doc], Exception], object]

#: The key of a copydesk document in what spaCy writes.
_PACKED = "copydesk.document"


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Lets spaCy write documents, as `Doc.to_bytes`, `DocBin` and `nlp.pipe(n_process=2)` do."""
    if isinstance(value, Document):
        return {_PACKED: bytes(value)}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.keys() == {_PACKED}:
        return Document(value[_PACKED])
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("copydesk", func=_encode)
srsly.msgpack_decoders.register("copydesk", func=_decode)


def _annotation(kind: type[Annotation]) -> Callable[[Span], Annotation | None]:
    """Finds the annotation of a span by the span's id, so that only the document has to be stored."""

    def found(span: Span) -> Annotation | None:
        document = span.doc._.copydesk
        annotation = document._annotation(span.id_) if document is not None else None
        return annotation if isinstance(annotation, kind) else None

    return found


for _name, _kind in (("copydesk_entity", Entity), ("copydesk_quote", Quote), ("copydesk_figure", Figure)):
    if not Span.has_extension(_name):
        Span.set_extension(_name, getter=_annotation(_kind))
if not Doc.has_extension("copydesk"):
    Doc.set_extension("copydesk", default=None)
if not Doc.has_extension(FIELDS):
    Doc.set_extension(FIELDS, default=None)


def convert(document: Document, nlp: Language) -> Doc:
    """A spaCy document with the annotations of a copydesk document, tokenized by `nlp`."""
    doc = nlp.make_doc(document.text)
    annotate(doc, document)
    return doc


def annotate(doc: Doc, document: Document) -> None:
    """Adds the annotations of a document to a spaCy document with the same text."""
    if doc.text != document.text:
        raise ValueError("the two documents have different texts")
    mentions, names = [], []
    for entity in document.entities:
        for mention in entity.mentions:
            span = _span(doc, mention.start, mention.end, _label(entity), entity)
            if span is not None:
                mentions.append(span)
                if mention.form in (None, "name", "alias", "demonym"):
                    names.append(span)
    doc.ents = filter_spans(names)
    doc.spans["copydesk_mentions"] = mentions
    doc.spans["copydesk_quotes"] = _spans(doc, document.quotes)
    doc.spans["copydesk_figures"] = _spans(doc, document.figures)
    doc._.copydesk = document


def _label(entity: Any) -> str:
    links = entity.links or {}
    if entity.kind == "location" and ("iso3166" in links or "geonames" in links):
        return "GPE"
    return LABELS.get(entity.kind, str(entity.kind).upper())


def _spans(doc: Doc, annotations: Iterable[Any]) -> list[Span]:
    spans = (_span(doc, one.start, one.end, one.kind.upper(), one) for one in annotations)
    return [span for span in spans if span is not None]


def _span(doc: Doc, start: int, end: int, label: str, annotation: Any) -> Span | None:
    links = annotation.links if isinstance(annotation, Entity) else None
    known = next(iter(f"{scheme}:{id}" for scheme, id in (links or {}).items()), "")
    return doc.char_span(start, end, label=label, kb_id=known, alignment_mode="expand", span_id=annotation.id)


class Component:
    """A component of a spaCy pipeline. `doc._.copydesk_fields = {"date": "2024-05-08"}` gives it fields besides the text."""

    def __init__(self, name: str, pipeline: Pipeline, jobs: int) -> None:
        self._name = name
        self._pipeline = pipeline
        self._jobs = jobs
        self._on_error: ErrorHandler = raise_error

    def __call__(self, doc: Doc) -> Doc:
        annotate(doc, self._pipeline(doc.text, **(doc._.get(FIELDS) or {})))
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Annotates a stream of documents, with several threads; one that fails goes to the error handler, which raises by default."""
        waiting: list[Doc] = []

        def records() -> Iterator[Mapping[str, Any]]:
            for doc in docs:
                waiting.append(doc)
                yield self._pipeline.record(doc.text, **(doc._.get(FIELDS) or {}))

        for document in self._pipeline.pipe(records(), jobs=self._jobs, batch_size=batch_size):
            doc = waiting.pop(0)
            if document.error is None:
                annotate(doc, document)
                yield doc
            else:
                self._on_error(self._name, self, [doc], document.error)

    def set_error_handler(self, handler: ErrorHandler) -> None:
        """Sets what is done with a document that fails in a stream; `nlp.set_error_handler` calls it. The document is left out."""
        self._on_error = handler

    def get_error_handler(self) -> ErrorHandler:
        """What is done with a document that fails in a stream."""
        return self._on_error


@Language.factory("copydesk", default_config={"file": None, "overrides": {}, "jobs": 0})
def make(nlp: Language, name: str, file: str | None, overrides: dict[str, Any], jobs: int) -> Component:
    """The component: `nlp.add_pipe("copydesk", config={"file": "pipeline.toml", "overrides": {…}, "jobs": 2})`."""
    return Component(name, Pipeline(file, overrides), jobs or processors())

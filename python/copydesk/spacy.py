"""copydesk in spaCy: its annotations on spaCy's documents, and a component for its pipelines.

    nlp = spacy.blank("en")
    nlp.add_pipe("copydesk")
    doc = nlp("The mining ministry said output rose by 51%.")
    doc.spans["copydesk_quotes"][0]._.copydesk_quote.speaker.text

Names become `doc.ents`; all mentions, quotes and figures are in `doc.spans`, each span with its annotation, and `doc._.copydesk` is the
whole document. Spans that start or end inside a spaCy token are widened to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from copydesk.document import Document
from copydesk.layers import Annotation
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

for _name in ("copydesk_entity", "copydesk_quote", "copydesk_figure"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
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
            span = _span(doc, mention.start, mention.end, _label(entity), entity, "copydesk_entity")
            if span is not None:
                mentions.append(span)
                if mention.form in (None, "name", "alias", "demonym"):
                    names.append(span)
    doc.ents = filter_spans(names)
    doc.spans["copydesk_mentions"] = mentions
    doc.spans["copydesk_quotes"] = _spans(doc, document.quotes, "copydesk_quote")
    doc.spans["copydesk_figures"] = _spans(doc, document.figures, "copydesk_figure")
    doc._.copydesk = document


def _label(entity: Any) -> str:
    links = entity.links or {}
    if entity.kind == "location" and ("iso3166" in links or "geonames" in links):
        return "GPE"
    return LABELS.get(entity.kind, str(entity.kind).upper())


def _spans(doc: Doc, annotations: Iterable[Any], extension: str) -> list[Span]:
    spans = (_span(doc, one.start, one.end, one.kind.upper(), one, extension) for one in annotations)
    return [span for span in spans if span is not None]


def _span(doc: Doc, start: int, end: int, label: str, annotation: Annotation, extension: str) -> Span | None:
    links = annotation.links if extension == "copydesk_entity" else None
    known = next(iter(f"{scheme}:{id}" for scheme, id in (links or {}).items()), "")
    span = doc.char_span(start, end, label=label, kb_id=known, alignment_mode="expand")
    if span is not None:
        span._.set(extension, annotation)
    return span


class Component:
    """A component of a spaCy pipeline. `doc._.copydesk_fields = {"date": "2024-05-08"}` gives it fields besides the text."""

    def __init__(self, pipeline: Pipeline, jobs: int) -> None:
        self._pipeline = pipeline
        self._jobs = jobs

    def __call__(self, doc: Doc) -> Doc:
        annotate(doc, self._pipeline(doc.text, **(doc._.get(FIELDS) or {})))
        return doc

    def pipe(self, docs: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """Annotates a stream of documents, with several threads."""
        waiting: list[Doc] = []

        def records() -> Iterator[Mapping[str, Any]]:
            for doc in docs:
                waiting.append(doc)
                yield self._pipeline.record(doc.text, **(doc._.get(FIELDS) or {}))

        for document in self._pipeline.pipe(records(), jobs=self._jobs, batch_size=batch_size):
            doc = waiting.pop(0)
            if document.error is not None:
                raise document.error
            annotate(doc, document)
            yield doc


@Language.factory("copydesk", default_config={"file": None, "overrides": {}, "jobs": 0})
def make(nlp: Language, name: str, file: str | None, overrides: dict[str, Any], jobs: int) -> Component:
    """The component: `nlp.add_pipe("copydesk", config={"file": "pipeline.toml", "overrides": {…}, "jobs": 2})`."""
    return Component(Pipeline(file, overrides), jobs or processors())

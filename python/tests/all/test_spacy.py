"""The bridge to spaCy."""

from __future__ import annotations

import pickle

import copydesk
import pytest
import spacy
from conftest import ARTICLE
from spacy.tokens import DocBin


def test_a_document_becomes_one_of_spacy(doc):
    found = doc.to_spacy(spacy.blank("en"))
    assert found.text == doc.text and found._.copydesk is doc
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in found.ents] == [
        ("Chile", "GPE", "iso3166:CL"),
        ("Clara Fuentes", "PERSON", ""),
        ("Santiago", "GPE", "geonames:3871336"),
    ]
    quotes = found.spans["copydesk_quotes"]
    assert [quote.label_ for quote in quotes] == [quote.kind.upper() for quote in doc.quotes]
    assert quotes[1]._.copydesk_quote.speaker.name == "Clara Fuentes"
    figures = found.spans["copydesk_figures"]
    assert figures[0].text == "51%" and figures[0]._.copydesk_figure.value == 51
    assert [span._.copydesk_entity.name for span in found.spans["copydesk_mentions"]][:1] == ["Chile"]


@pytest.fixture(scope="module")
def pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("copydesk", config={"jobs": 2})
    return nlp


def test_a_component_is_one_changed_line(pipeline):
    assert "Clara Fuentes" in [ent.text for ent in pipeline(ARTICLE).ents]
    dated = pipeline.make_doc("He left on Tuesday.")
    dated._.copydesk_fields = {"date": "2024-05-08"}
    assert pipeline(dated).spans["copydesk_figures"][0]._.copydesk_figure.value == "2024-05-07"


def test_streams_keep_their_order(pipeline):
    texts = [f"Number {number}. {ARTICLE}" for number in range(300)]
    found = list(pipeline.pipe(texts))
    assert [doc.text for doc in found] == texts
    assert all("Clara Fuentes" in [ent._.copydesk_entity.name for ent in doc.ents] for doc in found)


def test_overlapping_mentions_and_odd_texts_do_no_harm(pipeline):
    for text in ("", "   ", "\n\n", "U.S.-China trade's 3%-a-year", "🙂 Ada Bell’s “plan”"):
        assert pipeline(text).text == text


def test_a_document_that_fails_goes_to_the_error_handler():
    nlp = spacy.blank("en")
    nlp.add_pipe("copydesk", config={"jobs": 2, "overrides": {"limits.document_bytes": 200}})
    texts = ["Ada Bell left.", "Ada Bell stayed. " * 100, "Ada Bell came back."]
    with pytest.raises(copydesk.DocumentError, match="200"):
        list(nlp.pipe(texts))
    failed = []
    nlp.set_error_handler(lambda name, component, docs, error: failed.append((name, docs[0].text, type(error))))
    assert [doc.text for doc in nlp.pipe(texts)] == [texts[0], texts[2]]
    assert failed == [("copydesk", texts[1], copydesk.DocumentError)]


def test_documents_that_spacy_stores_keep_their_annotations(pipeline):
    doc = pipeline(ARTICLE)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    for copy in (next(DocBin().from_bytes(stored).get_docs(spacy.blank("en").vocab)), pickle.loads(pickle.dumps(doc))):
        assert copy._.copydesk == doc._.copydesk and copy.spans["copydesk_quotes"][1]._.copydesk_quote.speaker.name == "Clara Fuentes"
        assert [(ent.text, ent._.copydesk_entity.name) for ent in copy.ents] == [(ent.text, ent._.copydesk_entity.name) for ent in doc.ents]
        assert copy.ents[0]._.copydesk_quote is None and copy[0:1]._.copydesk_entity is None
    assert spacy.blank("en")("No component.")[0:1]._.copydesk_entity is None


def test_processes_of_spacy_can_use_it(pipeline):
    texts = [f"Number {number}. {ARTICLE}" for number in range(40)]
    found = list(pipeline.pipe(texts, n_process=2, batch_size=10))
    assert [doc.text for doc in found] == texts
    assert all("Clara Fuentes" in [ent._.copydesk_entity.name for ent in doc.ents] for doc in found)

"""The bridge to spaCy."""

from __future__ import annotations

import pytest
import spacy
from conftest import ARTICLE


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
    assert all("Clara Fuentes" in [ent.text for ent in doc.ents] for doc in found)


def test_overlapping_mentions_and_odd_texts_do_no_harm(pipeline):
    for text in ("", "   ", "\n\n", "U.S.-China trade's 3%-a-year", "🙂 Ada Bell’s “plan”"):
        assert pipeline(text).text == text

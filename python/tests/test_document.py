"""Documents, their annotations, and the links between them."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime
from pathlib import Path

import copydesk
import pytest
from conftest import ARTICLE
from copydesk import layers


def test_offsets_count_code_points_and_links_are_followed(doc):
    assert [entity.name for entity in doc.entities] == ["Chile", "Clara Fuentes", "Santiago"]
    for entity in doc.entities:
        for mention in entity.mentions:
            assert doc.text[mention.start : mention.end] == mention.text
    first, second = doc.quotes[:2]
    assert first.speaker.text == "the mining ministry"
    assert first.speaker.entity is None and first.speaker.name is None
    assert second.speaker.name == "Clara Fuentes"
    assert second.speaker.entity == doc.entities[1]
    assert second.speaker.entity.attributes == {"role": "Minister"}
    assert (second.cue.lemma, second.cue.class_, second.cue.negated) == ("tell", "speech", False)
    percent, tonnes, year = doc.figures[:3]
    assert (percent.value, percent.unit.code, percent.text) == (51, "%", "51%")
    assert percent.change.of == tonnes and percent.period == year and percent.quote == first
    assert first.entities == [doc.entities[0]] and first.figures == [percent, tonnes, year]
    assert (doc.figures[3].text, doc.figures[3].value) == ("Wednesday", "2023-05-03")
    assert [target.entity.name for target in doc.targets] == ["Chile", "Clara Fuentes", "Santiago"]
    assert doc.sentiment.document.label == "negative"


def test_code_points_beyond_the_first_plane_count_once(nlp):
    doc = nlp("🙂🙂 Mayor Clara Bell said: “We won.”")
    words = [mention.text for entity in doc.entities for mention in entity.mentions]
    assert "Clara Bell" in words[0]
    assert all(doc.text[quote.start : quote.end] in doc.text for quote in doc.quotes)


def test_missing_values_are_none_and_unknown_fields_are_errors(doc):
    figure = doc.figures[3]
    assert (figure.bound, figure.measure, figure.relative) == (None, None, False)
    with pytest.raises(AttributeError, match="Figure has no field 'messure'; it has .*measure"):
        figure.messure
    with pytest.raises(AttributeError, match="no layer or field 'qoutes'"):
        doc.qoutes
    assert "measure" in dir(figure) and "quotes" in dir(doc)


def test_each_field_of_the_schema_is_a_field_of_an_annotation(doc):
    seen = set()
    for name in ("entities", "quotes", "figures"):
        for annotation in getattr(doc, name):
            kind = type(annotation).__name__
            seen.add(kind)
            for field in layers._properties(kind):
                getattr(annotation, f"{field}_" if field == "class" else field)
    assert seen == {"Entity", "Quote", "Figure"}
    assert isinstance(doc.quotes[0], layers.Quote)
    schema = layers._schema()
    for name in schema["$defs"]["Layers"]["properties"]:
        if name != "layers":
            # Every layer that copydesk has is an attribute.
            getattr(doc, name)


def test_the_line_is_that_of_the_command(doc):
    line = doc.to_dict()
    assert line == json.loads(doc.to_json())
    assert (line["id"], line["date"], line["title"]) == (doc.id, doc.date, doc.title)
    assert doc.fields == {"desk": "economy"}
    assert doc.stages["quote"] and doc.language == "en" and doc.warnings == []
    line["quotes"].clear()
    assert doc.to_dict()["quotes"] and doc.quotes


def test_a_headline_has_layers_of_its_own_that_refer_to_the_article(nlp):
    doc = nlp("Clara Bell won the vote in Lund on Monday.", title="Clara Bell promises 3 new schools")
    assert doc.headline.text == "Clara Bell promises 3 new schools"
    assert [figure.text for figure in doc.headline.figures] == ["3"]
    bell = doc.headline.entities[0]
    assert bell.entity == doc.entities[0] and bell.entity.name == "Clara Bell"
    assert nlp("Clara Bell won.").headline is None


def test_dates_numbers_and_lists_are_fields(nlp):
    for given in (date(2024, 5, 8), datetime(2024, 5, 8, 10, 30), "8 May 2024"):
        assert nlp("He left on Tuesday.", date=given).date == "2024-05-08"
    doc = nlp({"text": "He left.", "id": 7, "tags": ["a", {"b": None}], "words": 2})
    assert (doc.id, doc.fields) == ("7", {"tags": ["a", {"b": None}], "words": 2})


def test_a_document_without_a_result_is_an_error_that_says_why(nlp):
    with pytest.raises(copydesk.DocumentError, match="no field `text`; the line has: body") as raised:
        nlp({"id": "a", "body": "x"})
    assert (raised.value.id, raised.value.kind, raised.value.stage) == ("a", "field", None)
    assert isinstance(raised.value, copydesk.CopydeskError)
    for wrong in (3, None, ["text"]):
        with pytest.raises(TypeError, match="a document is a text or a dict"):
            nlp(wrong)
    with pytest.raises(TypeError, match="a field cannot be a object"):
        nlp("x", field=object())


def test_hostile_texts_fail_alone(nlp):
    for text in ("", " ", "\0", "\ufeff", '"' * 5000, "𝒳" * 1000, "<script>", "a\u202eb"):
        assert nlp(text).text == text
    with pytest.raises(UnicodeEncodeError):
        nlp("a lone surrogate \ud800")
    with pytest.raises(ValueError, match="JSON"):
        nlp("x", number=float("nan"))


def test_an_invalid_pipeline_shows_where(tmp_path):
    file = tmp_path / "pipeline.toml"
    file.write_text('[[stage]]\nuse = "entity"\noptoins = {}\n')
    with pytest.raises(copydesk.PipelineError) as raised:
        copydesk.Pipeline(file)
    assert "pipeline.toml:3:1" in str(raised.value) and "did you mean `options`?" in str(raised.value)
    with pytest.raises(copydesk.PipelineError, match="no stage `qoute`"):
        copydesk.Pipeline(overrides={"stage.qoute.options.kinds": ["direct"]})
    with pytest.raises(copydesk.PipelineError, match="no such file"):
        copydesk.Pipeline(tmp_path / "none.toml")


def test_overrides_are_those_of_the_command():
    text = 'Lena Ode said that it rained. "It rained," she said.'
    for overrides in (
        {"stage.quote.options.kinds": ["direct"]},
        {"stage": {"quote": {"options": {"kinds": ["direct"]}}}},
        ['stage.quote.options.kinds=["direct"]'],
    ):
        nlp = copydesk.Pipeline(overrides=overrides)
        assert {quote.kind for quote in nlp(text).quotes} == {"direct"}
    mapped = copydesk.Pipeline(overrides={"input.fields.text": "body", "input.fields.id": "url"})
    assert mapped({"body": "He left.", "url": "u"}).id == "u"
    assert mapped("He left.", id="v").id == "v"


def test_only_the_stages_of_a_file_run(tmp_path):
    file = tmp_path / "pipeline.toml"
    file.write_text('[[stage]]\nuse = "figure"\n')
    nlp = copydesk.Pipeline(file)
    doc = nlp(ARTICLE)
    # Syntax, which is never written, is added if a stage uses it.
    assert set(nlp.stages) - {"syntax"} == {"figure"}
    assert doc.figures and doc.entities == [] and doc.sentiment is None and doc.targets == []


def test_documents_and_pipelines_travel_between_processes(nlp, doc):
    again = pickle.loads(pickle.dumps(doc))
    assert again == doc and again.quotes == doc.quotes and len({again, doc}) == 1
    limited = copydesk.Pipeline(overrides={"stage.quote.options.kinds": ["direct"]})
    assert pickle.loads(pickle.dumps(limited))(ARTICLE).to_json() == limited(ARTICLE).to_json()


def test_files_of_lines_are_read_back(tmp_path, doc):
    file = tmp_path / "out.jsonl"
    file.write_text(doc.to_json() + "\n" + doc.to_json() + "\n")
    assert list(copydesk.read(file)) == [doc, doc]
    with pytest.raises(ValueError, match="count bytes"):
        copydesk.Document.from_json(doc.to_json().replace('"chars"', '"bytes"'))


def test_the_package_is_typed():
    assert (Path(copydesk.__file__).parent / "py.typed").exists()

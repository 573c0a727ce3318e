"""Documents in notebooks."""

from __future__ import annotations

from html.parser import HTMLParser

from copydesk.html import render


class Checked(HTMLParser):
    """Collects text and elements, and checks that each element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.words, self.marked = [], "", []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        named = dict(attrs)
        if "title" in named:
            self.marked.append((named["class"], named["title"], ""))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words += data
            if self.open[-1:] == ["span"] and self.marked:
                style, title, words = self.marked[-1]
                self.marked[-1] = (style, title, words + data)


def checked(doc) -> Checked:
    page = Checked()
    page.feed(doc._repr_html_())
    assert page.open == []
    return page


def test_the_text_is_marked_with_what_was_found(doc):
    page = checked(doc)
    assert doc.text in page.words and doc.title in page.words
    assert ("entity person", "person: Clara Fuentes", "Clara Fuentes") in page.marked
    assert ("figure", "date: 2023-05-03", "Wednesday") in page.marked
    assert ("quote entity location", "indirect quote: the mining ministry; location: Chile", "Chile") in page.marked
    assert ("cue", "cue: tell", "told") in page.marked


def test_what_an_article_says_is_never_mark_up(nlp):
    hostile = nlp('<script>alert("1")</script> & Mayor <b onclick=x>Clara Bell</b> said "</style><img src=x>".', title="<i>\"'&")
    page = checked(hostile)
    assert hostile.text in page.words
    written = render(hostile)
    assert "<script" not in written and "<img" not in written and "<b " not in written and "<i>" not in written


def test_it_needs_nothing_from_elsewhere(doc):
    written = render(doc)
    assert "http" not in written and "url(" not in written and "prefers-color-scheme:dark" in written


def test_failed_and_long_documents_are_shown_too(nlp):
    failed = next(nlp.pipe([{"id": "<a>"}]))
    assert "No result: <a>: no field `text`" in checked(failed).words
    long = nlp("Clara Bell spoke. " * 3000)
    assert len(render(long)) < 400_000 and "more characters" in render(long)

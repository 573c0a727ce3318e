"""A document as HTML, for notebooks: the text with its annotations marked, and the quotes with their speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from copydesk.document import Document
from copydesk.layers import Layers

#: Longer texts are truncated, since a notebook stores what it shows.
_LONGEST = 20_000
_STYLE = """
.copydesk{--person:#b3e0f2;--organization:#c9d4ff;--location:#c4ecc4;--other:#e3d9f2;--figure:#ffe2a8;--cue:#a626a4;--line:#8886;
font:15px/1.65 system-ui,sans-serif;max-width:46em}
.copydesk p{margin:.6em 0;white-space:pre-wrap;overflow-wrap:anywhere}
.copydesk span[title]{cursor:help}
.copydesk .quote{text-decoration:underline;text-decoration-color:var(--cue);text-underline-offset:.22em}
.copydesk .cue{color:var(--cue);font-weight:600}
.copydesk .entity,.copydesk .figure{border-radius:.25em;padding:.05em .15em;background:var(--other)}
.copydesk .person{background:var(--person)}
.copydesk .organization{background:var(--organization)}
.copydesk .location,.copydesk .facility,.copydesk .group{background:var(--location)}
.copydesk .figure{background:var(--figure)}
.copydesk table{border-collapse:collapse;font:inherit;margin-top:.8em}
.copydesk td{border-top:1px solid var(--line);padding:.25em .8em .25em 0;text-align:left;vertical-align:top}
.copydesk .note{opacity:.7;font-size:.9em}
"""
_DARK = (
    "--person:#17495c;--organization:#2b3a7a;--location:#1f5130;--other:#4a3a66;--figure:#6b4a0c;--cue:#e08bde"
)
#: Dark if the reader's system or the notebook is.
_STYLE += (
    f"@media (prefers-color-scheme:dark){{.copydesk{{{_DARK}}}}}\n"
    f"[data-jp-theme-light=false] .copydesk,.vscode-dark .copydesk{{{_DARK}}}\n"
    "[data-jp-theme-light=true] .copydesk,.vscode-light .copydesk{--person:#b3e0f2;--organization:#c9d4ff;--location:#c4ecc4;"
    "--other:#e3d9f2;--figure:#ffe2a8;--cue:#a626a4}\n"
)


class _Mark(NamedTuple):
    """A part of the text, its style, and its description."""

    start: int
    end: int
    style: str
    about: str


def render(document: Document) -> str:
    """A document as a self-contained piece of HTML."""
    parts = [f"<style>{_STYLE}</style>", '<div class="copydesk">']
    if document.error is not None:
        parts.append(f'<p class="note">No result: {escape(str(document.error))}</p>')
    headline = document.headline
    if document.title:
        marked = _marked(headline) if headline is not None else escape(document.title)
        parts.append(f"<p><strong>{marked}</strong></p>")
    parts.append(f"<p>{_marked(document)}</p>")
    parts.extend(f'<p class="note">{escape(warning)}</p>' for warning in document.warnings)
    parts.append(_quotes(document))
    parts.append("</div>")
    return "".join(parts)


def _marked(layers: Layers) -> str:
    """The text of layers, split at each edge of a mark; a piece has the styles of all marks over it."""
    text = layers.text
    shown = text[:_LONGEST]
    marks = [mark for mark in _marks(layers) if 0 <= mark.start < mark.end <= len(shown)]
    out: list[str] = []
    for start, end, over in _pieces(marks, len(shown)):
        words = escape(shown[start:end])
        if over:
            styles = " ".join(dict.fromkeys(mark.style for mark in over))
            about = escape("; ".join(dict.fromkeys(mark.about for mark in over)))
            words = f'<span class="{escape(styles)}" title="{about}">{words}</span>'
        out.append(words)
    if len(shown) < len(text):
        out.append(f'<span class="note"> … {len(text) - len(shown)} more characters</span>')
    return "".join(out)


def _pieces(marks: Iterable[_Mark], length: int) -> Iterator[tuple[int, int, list[_Mark]]]:
    starts: dict[int, list[_Mark]] = {}
    ends: dict[int, list[_Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.start, []).append(mark)
        ends.setdefault(mark.end, []).append(mark)
    edges = sorted({0, length, *starts, *ends})
    over: list[_Mark] = []
    for start, end in zip(edges, edges[1:]):
        gone = ends.get(start, ())
        over = [mark for mark in over if mark not in gone] + starts.get(start, [])
        yield start, end, list(over)


def _marks(layers: Layers) -> Iterator[_Mark]:
    for quote in layers.quotes:
        said = f"{quote.kind} quote: {_speaker(quote)}"
        for part in quote.content:
            yield _Mark(part.start, part.end, "quote", said)
        if quote.cue is not None:
            yield _Mark(quote.cue.start, quote.cue.end, "cue", f"cue: {quote.cue.lemma}")
    for entity in layers.entities:
        for mention in entity.mentions:
            yield _Mark(mention.start, mention.end, f"entity {entity.kind}", f"{entity.kind}: {entity.name}")
    for figure in layers.figures:
        yield _Mark(figure.start, figure.end, "figure", f"{figure.kind}: {_value(figure)}")
    for name, items in layers.layers.items():
        for item in items:
            yield _Mark(item.start or 0, item.end or 0, "entity", f"{name}: {item.value}")


def _speaker(quote: Any) -> str:
    speaker = quote.speaker
    return (speaker.name or speaker.text or "unnamed speaker") if speaker is not None else "unnamed speaker"


def _value(figure: Any) -> str:
    value = figure.value
    if isinstance(value, dict):
        ends = [str(value.get(key, "")) for key in (("from", "to") if "from" in value or "to" in value else ("min", "max"))]
        value = "–".join(ends)
    unit = figure.unit
    unit = (unit.code or unit.name or "") if unit is not None else ""
    return f"{'?' if value is None else value} {unit}".strip()


def _quotes(document: Document) -> str:
    rows = [
        f"<tr><td>{escape(_speaker(quote))}</td><td>{escape(quote.text or '')}</td></tr>" for quote in document.quotes
    ]
    return f"<table>{''.join(rows)}</table>" if rows else ""

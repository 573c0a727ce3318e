"""Annotations as objects.

Their classes and fields follow the JSON Schema of a line of output, so a new layer of copydesk needs no code here. The types for
type checkers, `layers.pyi`, are generated from the same schema by `tools/stubs.py`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from copydesk import _native

#: Fields with these names have text, never the id of an annotation. So do all fields that end in `_name`.
_WORDS = frozenset({"id", "text", "name", "value", "lemma", "rule", "measure", "role"})
#: Fields whose values are plain data.
_PLAIN = frozenset({"value", "links", "attributes"})


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(_native.schema())
    return schema


@cache
def _properties(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _schema()["$defs"].get(name, {}).get("properties", {})
    return found


def line_fields() -> dict[str, Any]:
    """The fields of a line that are its own; all others passed through from the input."""
    fields: dict[str, Any] = _schema()["properties"]
    return fields


def _definition(prop: dict[str, Any]) -> str | None:
    """The definition that a property, or the items of a list, refers to."""
    for schema in (prop, prop.get("items") or {}, *prop.get("anyOf", ())):
        if "$ref" in schema:
            return str(schema["$ref"]).rsplit("/", 1)[-1]
    return None


def _default(prop: dict[str, Any]) -> Any:
    """The value of a field that a line omits."""
    kind = prop.get("type")
    if kind == "array":
        return []
    if kind == "boolean":
        return False
    return None


class Annotation:
    """An annotation of a text. Its fields are those of the line; ids are resolved, so `quote.speaker.entity` is an entity."""

    __slots__ = ("_data", "_layers")
    _data: dict[str, Any]
    _layers: Layers

    def __init__(self, data: dict[str, Any], layers: Layers) -> None:
        self._data = data
        self._layers = layers

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # `class` is a keyword in Python.
        key = name[:-1] if name.endswith("_") else name
        prop = _properties(type(self).__name__).get(key)
        if key not in self._data:
            if prop is None:
                known = ", ".join(sorted(_properties(type(self).__name__)))
                raise AttributeError(f"{type(self).__name__} has no field {key!r}; it has {known}", name=name, obj=self)
            return _default(prop)
        return self._layers._value(key, self._data[key], prop or {})

    @property
    def text(self) -> str | None:
        """Its text."""
        text = self._data.get("text")
        if text is not None:
            return str(text)
        start, end = self.start, self.end
        if start is None or end is None:
            name = self._data.get("name")
            return None if name is None else str(name)
        return self._layers.text[start:end]

    @property
    def start(self) -> int | None:
        """The start offset: `doc.text[start:end]` is the text. For an entity, that of its first mention."""
        return self._end("start")

    @property
    def end(self) -> int | None:
        """The end offset."""
        return self._end("end")

    def _end(self, key: str) -> int | None:
        mentions = self._data.get("mentions")
        place = mentions[0] if isinstance(mentions, list) and mentions else self._data
        end: int | None = place.get(key)
        return end

    def to_dict(self) -> dict[str, Any]:
        """Its fields as in the line, with ids unresolved."""
        copied: dict[str, Any] = json.loads(json.dumps(self._data))
        return copied

    def __dir__(self) -> list[str]:
        fields = [f"{name}_" if name == "class" else name for name in _properties(type(self).__name__)]
        return sorted({*super().__dir__(), *fields, *self._data})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Annotation):
            return NotImplemented
        return self._data == other._data and self._layers.text == other._layers.text

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._data.get("id"), self.start, self.end))

    def __repr__(self) -> str:
        words = self.text or self._data.get("label") or ""
        words = words if len(words) <= 60 else f"{words[:59]}…"
        told = [str(self._data[key]) for key in ("id", "kind") if key in self._data]
        return f"<{' '.join([type(self).__name__, *told])} {words!r}>"


@cache
def _class(name: str) -> type[Annotation]:
    about = _schema()["$defs"].get(name, {}).get("description", Annotation.__doc__)
    return type(name, (Annotation,), {"__slots__": (), "__doc__": about, "__module__": __name__})


def __getattr__(name: str) -> type[Annotation]:
    if name.startswith("_") or name not in _schema()["$defs"]:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _class(name)


class Layers:
    """The annotations of a text. Each layer is an attribute: `entities`, `quotes`, `figures`, `sentiment`, `claims`, and others."""

    def __init__(self, data: dict[str, Any], text: str, article: Layers | None = None) -> None:
        self._given = data
        self._text = text
        self._article = article
        self._ids: dict[str, Annotation] | None = None
        self._made: dict[str, Any] = {}

    @property
    def _found(self) -> dict[str, Any]:
        return self._given

    @property
    def text(self) -> str:
        """The text, unchanged."""
        return self._text

    @property
    def layers(self) -> dict[str, list[Annotation]]:
        """The layers of other stages, by name."""
        made = self._made.get("layers")
        if made is None:
            found = self._found.get("layers") or {}
            kind = _class("Annotation")
            made = {name: [kind(item, self) for item in items] for name, items in found.items()}
            self._made["layers"] = made
        layers: dict[str, list[Annotation]] = made
        return layers

    @property
    def targets(self) -> list[Annotation]:
        """Each mention with the tone towards it."""
        return self._of_sentiment("targets")

    @property
    def stances(self) -> list[Annotation]:
        """Stances of one entity towards another."""
        return self._of_sentiment("stances")

    def _of_sentiment(self, name: str) -> list[Annotation]:
        sentiment = getattr(self, "sentiment")
        return getattr(sentiment, name) if sentiment is not None else []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._made:
            return self._made[name]
        prop = _properties("Layers").get(name)
        if prop is None:
            if name in self.layers:
                return self.layers[name]
            raise AttributeError(f"{type(self).__name__} has no layer or field {name!r}", name=name, obj=self)
        value = self._found.get(name)
        if value is None:
            # A pipeline without the stage, or a text that was not analysed.
            value = None if "anyOf" in prop else []
        made = value if value in (None, []) else self._value(name, value, prop)
        self._made[name] = made
        return made

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_properties("Layers"), *self.layers})

    def _value(self, key: str, value: Any, prop: dict[str, Any]) -> Any:
        """The value of a field as a Python object."""
        if isinstance(value, str):
            if key in _WORDS or key.endswith("_name"):
                return value
            found = self._annotation(value)
            return value if found is None else found
        if key in _PLAIN:
            return value
        if isinstance(value, list):
            return [self._value(key, item, prop) for item in value]
        if isinstance(value, dict):
            return self._object(value, _definition(prop))
        return value

    def _object(self, value: dict[str, Any], name: str | None) -> Annotation:
        known = self._known().get(value.get("id", ""))
        if known is not None and known._data is value:
            return known
        return _class(name or "Annotation")(value, self)

    def _annotation(self, id: str) -> Annotation | None:
        found = self._known().get(id)
        if found is None and self._article is not None:
            return self._article._annotation(id)
        return found

    def _known(self) -> dict[str, Annotation]:
        """The annotations with an id."""
        if self._ids is None:
            self._ids = {}
            for name, prop in _properties("Layers").items():
                items = self._found.get(name)
                if not isinstance(items, list):
                    continue
                kind = _class(_definition(prop) or "Annotation")
                self._ids.update((item["id"], kind(item, self)) for item in items if "id" in item)
        return self._ids

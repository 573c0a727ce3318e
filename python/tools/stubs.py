"""Writes `copydesk/layers.pyi` from the JSON Schema of a line of output.

    python tools/stubs.py            # rewrites it
    python tools/stubs.py --check    # fails if it does not match the schema
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from copydesk import _native

STUBS = Path(__file__).parents[1] / "copydesk" / "layers.pyi"

#: The type that the ids in a field refer to, by class and field or by field.
REFERENCES = {
    "entity": "Entity",
    "entities": "Entity",
    "figures": "Figure",
    "period": "Figure",
    "quote": "Quote",
    "parent": "Quote",
    "holder": "Entity | str",
    "target": "Entity | str",
    "about": "Entity",
    "change": "Figure",
    "Change.of": "Figure",
    "Speaker.of": "Entity",
    "Claim.speaker": "Entity | str",
    "Claim.baseline": "Figure",
    "contradicts": "Claim",
}
TYPES = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"}
HEAD = '''"""Annotations as objects. Written by tools/stubs.py from the JSON Schema of a line of output."""

from typing import Any

class Annotation:
    """An annotation of a text."""
    def __init__(self, data: dict[str, Any], layers: Layers) -> None: ...
    @property
    def text(self) -> str | None:
        """Its text."""
    @property
    def start(self) -> int | None:
        """The start offset: `doc.text[start:end]` is the text. For an entity, that of its first mention."""
    @property
    def end(self) -> int | None:
        """The end offset."""
    # Fields of layers of other stages.
    def __getattr__(self, name: str) -> Any: ...
    def to_dict(self) -> dict[str, Any]:
        """Its fields as in the line, with ids unresolved."""

'''
LAYERS = '''class Layers:
    """The annotations of a text."""
    _given: dict[str, Any]
    _article: Layers | None
    _ids: dict[str, Annotation] | None
    _made: dict[str, Any]
    def __init__(self, data: dict[str, Any], text: str, article: Layers | None = None) -> None: ...
    @property
    def _found(self) -> dict[str, Any]: ...
    @property
    def text(self) -> str:
        """The text, unchanged."""
    @property
    def targets(self) -> list[Target]:
        """Each mention with the tone towards it."""
    @property
    def stances(self) -> list[Stance]:
        """Stances of one entity towards another."""
    @property
    def layers(self) -> dict[str, list[Annotation]]:
        """The layers of other stages, by name."""
    # The layers of other stages are attributes too.
    def __getattr__(self, name: str) -> Any: ...
'''


def kind(owner: str, name: str, prop: dict[str, Any]) -> str:
    """The type of a property."""
    if name in ("value", "links", "attributes"):
        return {"value": "Any"}.get(name, "dict[str, str] | None")
    if "$ref" in prop:
        return str(prop["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in prop:
        return " | ".join(kind(owner, name, one) for one in prop["anyOf"])
    if "enum" in prop:
        return "str"
    types = prop.get("type", [])
    types = [types] if isinstance(types, str) else types
    named = []
    for one in types:
        if one == "null":
            named.append("None")
        elif one == "array":
            named.append(f"list[{kind(owner, name, prop['items'])}]")
        elif one == "object":
            named.append("dict[str, Any]")
        else:
            reference = REFERENCES.get(f"{owner}.{name}", REFERENCES.get(name))
            named.append(reference if reference and one == "string" else TYPES[one])
    return " | ".join(named) or "Any"


def fields(owner: str, definition: dict[str, Any]) -> list[str]:
    """The lines of a class's fields."""
    required = definition.get("required", [])
    lines = []
    for name, prop in definition.get("properties", {}).items():
        if name == "layers" and owner == "Layers":
            continue
        told = kind(owner, name, prop)
        absent = not told.startswith(("list[", "bool")) and name not in required
        if owner == "Layers" and told.startswith("list["):
            told, absent = told.replace(" | None", ""), False
        if name == "text" and "start" in required:
            # Taken from the document's text if the line has none.
            told = "str"
        elif absent and "None" not in told and told != "Any":
            told += " | None"
        about = " ".join(prop.get("description", "").split())
        lines.append("    @property")
        # `class` is a keyword in Python.
        known = f"{name}_" if name == "class" else name
        lines.append(f"    def {known}(self) -> {told}:")
        lines.append(f'        """{about}"""')
    return lines


def stubs() -> str:
    """The whole file."""
    schema = json.loads(_native.schema())
    parts = [HEAD]
    for name, definition in schema["$defs"].items():
        if name in ("Layers", "Value", "OffsetUnit", "Warning", "Annotation"):
            continue
        parts.append(f"class {name}(Annotation):")
        parts.append(f'    """{definition.get("description", "")}"""')
        parts.extend(fields(name, definition))
        parts.append("")
    parts.append(LAYERS.rstrip("\n"))
    parts.extend(fields("Layers", schema["$defs"]["Layers"]))
    parts.append("\ndef line_fields() -> dict[str, Any]: ...\n")
    return "\n".join(parts)


def main() -> None:
    """Writes or checks the file."""
    wanted = stubs()
    if "--check" not in sys.argv:
        STUBS.write_text(wanted)
    elif STUBS.read_text() != wanted:
        sys.exit(f"{STUBS} does not match the schema: run python tools/stubs.py")


if __name__ == "__main__":
    main()

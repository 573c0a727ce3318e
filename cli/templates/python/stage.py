"""A copydesk stage: marks a word. Change `analyze` to find what you need."""

import re

import copydesk_stage


def analyze(doc, options):
    """Yields the annotations of a document, which has `id`, `text`, and the layers required below."""
    for match in re.finditer(r"\b" + re.escape(options["word"]) + r"\b", doc["text"], re.IGNORECASE):
        yield {"start": match.start(), "end": match.end(), "value": {"word": match.group().lower()}}


OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"word": {"type": "string", "minLength": 1, "default": "budget", "description": "The word."}},
}

# The values of annotations. copydesk validates them, and tables have a column for each property.
SCHEMAS = {
    "@NAME@": {
        "type": "object",
        "additionalProperties": False,
        "required": ["word"],
        "properties": {"word": {"type": "string", "description": "The word that was found."}},
    },
}

if __name__ == "__main__":
    # With requires=["entities"] the document also has its entities, from the stage of that name.
    copydesk_stage.run(analyze, name="@NAME@", provides="@NAME@", summary="Marks a word.", options=OPTIONS, schemas=SCHEMAS)

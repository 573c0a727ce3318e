"""A copydesk stage in Python: what kind of headline an article has.

    copydesk run examples/news.jsonl --stage examples/plugins/headlines/headlines.py

The layer `headlines` has one annotation on the first sentence of each article with a title: `{"kind": "quote", "words": 9}`.
"""

import re
import sys
from pathlib import Path

# The library is beside a stage that `copydesk plugin new` made; here it is in copydesk's sources.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "core" / "python"))

import copydesk_stage  # noqa: E402

# The first kind whose pattern is found is the kind.
KINDS = [
    ("question", r"\?\s*$|^(?:who|what|why|how|when|where|is|are|can|will|should)\b"),
    ("quote", r"[\"“”]|[‘'][^’']+\s[^’']+[’']|^[^:]{3,40}:\s"),
    ("list", r"^(?:the\s+)?(?:\d+|five|six|seven|eight|nine|ten)\s+(?:things|ways|reasons|questions|facts|takeaways)\b"),
    ("number", r"\d"),
    ("plain", r""),
]


def kind_of(title):
    return next(kind for kind, pattern in KINDS if re.search(pattern, title, re.IGNORECASE))


def analyze(doc, options):
    title = doc.get("title") or ""
    words = title.split()
    if len(words) < options["min_words"]:
        return
    text = doc["text"]
    end = re.search(r"[.!?](?=\s|$)|\n|$", text).end()
    if text[:end].strip():
        yield {"start": 0, "end": end, "value": {"kind": kind_of(title), "words": len(words)}, "rule": "pattern"}


OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "min_words": {"type": "integer", "minimum": 1, "default": 3, "description": "Shorter titles have no kind."}
    },
}

RULES = [{"code": "pattern", "what": "Tells the kind of a headline by a pattern.", "example": "Why [rates] rise"}]

SCHEMAS = {
    "headlines": {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "words"],
        "properties": {
            "kind": {"enum": [kind for kind, _ in KINDS], "description": "The kind of headline."},
            "words": {"type": "integer", "minimum": 1, "description": "How many words it has."},
        },
    },
}

if __name__ == "__main__":
    copydesk_stage.run(analyze, name="headlines", provides="headlines", version="1.0.0",
                       summary="Tells what kind of headline an article has.", options=OPTIONS, rules=RULES,
                       schemas=SCHEMAS)

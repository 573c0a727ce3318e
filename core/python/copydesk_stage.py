"""A copydesk stage in Python: one file without dependencies.

    import re
    import copydesk_stage

    def analyze(doc, options):
        for match in re.finditer(r"\\bbudget\\b", doc["text"]):
            yield {"start": match.start(), "end": match.end(), "value": "budget"}

    copydesk_stage.run(analyze, name="budget", provides="budget")

`analyze` receives a document in the form of an output line (`id`, `text`, optionally `title`, `date` and `language`, and the layers that
the stage `requires` or `uses`, such as `entities`) and the stage's options. It returns annotations of the layer that it provides, or, for
several layers, a dict of lists. Offsets count characters of `text`. What `analyze` prints goes to standard error; an exception fails the
document, not the run.
"""

import json
import sys
import traceback


def run(analyze, name, provides, version="0.1.0", summary="", requires=(), uses=(), options=None, rules=(), schemas=None):
    """Serves documents until copydesk closes the pipe. `options` is a JSON Schema, `rules` a list of {"code", "what", …},
    `schemas` has a JSON Schema of the values for each layer; a string with "format": "entity" is the id of an entity."""
    answers, sys.stdout = sys.stdout, sys.stderr
    requests = sys.stdin.buffer

    def answer(message):
        answers.write(json.dumps(message) + "\n")
        answers.flush()

    layers = [provides] if isinstance(provides, str) else list(provides)
    answer({"copydesk": 1, "name": name, "version": version, "summary": summary, "provides": layers,
            "requires": list(requires), "uses": list(uses), "options": options or {}, "rules": list(rules), "schemas": schemas or {}})
    settings = {}
    for line in requests:
        message = json.loads(line)
        number = message.get("number")
        try:
            if "options" in message:
                settings = message["options"]
                answer({"ready": True})
                continue
            found = analyze(message["document"], settings)
            if not isinstance(found, dict):
                found = {layers[0]: list(found or ())}
            answer({"number": number, "layers": found})
        except Exception as error:
            traceback.print_exc()
            place = traceback.extract_tb(error.__traceback__)[-1]
            answer({"number": number, "error": f"{type(error).__name__}: {error} ({place.filename}, line {place.lineno})"})

"""Who said what about whom, with which figures, in what tone: English news text, annotated.

    import copydesk

    nlp = copydesk.Pipeline()
    doc = nlp("Chile's lithium output rose by 51% in 2022, the mining ministry said on Wednesday.", date="2023-05-03")
    for quote in doc.quotes:
        print(quote.speaker.text, "said:", quote.text)

`nlp(...)` returns a `Document`, `nlp.pipe(...)` a stream of them, and `nlp.tables(...)` Arrow tables.
"""

from copydesk._native import CopydeskError, PipelineError, __version__
from copydesk.document import Document, DocumentError, read
from copydesk.pipeline import Pipeline
from copydesk.runs import Failure, Progress, Report, run
from copydesk.stage import Stage, stage
from copydesk.tables import Table, Tables

__all__ = [
    "CopydeskError",
    "Document",
    "DocumentError",
    "Failure",
    "Pipeline",
    "PipelineError",
    "Progress",
    "Report",
    "Stage",
    "Table",
    "Tables",
    "__version__",
    "read",
    "run",
    "stage",
]

"""Fixtures shared by the tests."""

from __future__ import annotations

import os
from pathlib import Path

import copydesk
import pytest

#: Tests that take long or need much: run by `./test.sh --all`.
collect_ignore = [] if os.environ.get("COPYDESK_ALL") else ["all"]
ROOT = Path(__file__).parents[2]
ARTICLE = (
    "Chile's lithium output rose by 51% to 204,000 tonnes in 2022, the mining ministry said on Wednesday.\n\n"
    '"Demand has never been stronger," Mining Minister Clara Fuentes told lawmakers in Santiago. Environmental groups '
    "accused the government of ignoring the damage to the salt flats."
)


@pytest.fixture(scope="session")
def nlp() -> copydesk.Pipeline:
    """The default pipeline."""
    return copydesk.Pipeline()


@pytest.fixture(scope="session")
def doc(nlp: copydesk.Pipeline) -> copydesk.Document:
    """An article, analysed."""
    return nlp(ARTICLE, id="lithium", title="Lithium output up by half", date="2023-05-03", desk="economy")


@pytest.fixture(scope="session")
def command() -> str:
    """The command, as built by test.sh."""
    return os.environ.get("COPYDESK", str(ROOT / "target" / "debug" / "copydesk"))

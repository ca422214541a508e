"""What an act makes of a status: the table says it, and each refusal has its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spplus_app.domain import experiences, reports
from spplus_app.domain.documents import values as documents
from spplus_app.domain.errors import Conflict
from spplus_app.domain.transitions import moved

TABLE = {("open", "close"): ("closed", "told")}


def test_the_table_says_what_is_made() -> None:
    assert moved(TABLE, "open", "close", "Non.") == ("closed", "told")


def test_what_is_not_in_the_table_is_a_conflict() -> None:
    with pytest.raises(Conflict) as refused:
        moved(TABLE, "closed", "close", "Rechargez la page.")
    assert refused.value.message == "Rechargez la page."


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (
            lambda: experiences.after(experiences.Status.ERASED, experiences.Act.PUBLISH),
            "Cette expérience a changé entre-temps. Relisez-la avant de continuer.",
        ),
        (
            lambda: reports.after(reports.CaseStatus.CLOSED, reports.Decision.KEEP),
            "Ce signalement est déjà traité. Rechargez la page.",
        ),
        (
            lambda: documents.after(documents.Status.RECEIVED, documents.Act.TEST),
            "Ce document a changé entre-temps. Relisez-le avant de continuer.",
        ),
    ],
)
def test_each_refusal_says_what_to_do(refused: Callable[[], object], words: str) -> None:
    with pytest.raises(Conflict) as said:
        refused()
    assert said.value.message == words

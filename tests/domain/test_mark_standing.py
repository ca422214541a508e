"""Where a mark stands: the table, and what tells its words from others."""

from __future__ import annotations

import pytest

from spplus_app.domain.documents.marks import (
    TRANSITIONS,
    Standing,
    Step,
    after,
    words_version,
)
from spplus_app.domain.errors import Conflict


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("step", Step)
def test_only_the_table_moves_a_mark(standing: Standing, step: Step) -> None:
    if (standing, step) in TRANSITIONS:
        assert after(standing, step) is TRANSITIONS[standing, step]
        return
    with pytest.raises(Conflict) as refused:
        after(standing, step)
    assert "Rechargez la page" in refused.value.message


def test_what_is_hidden_comes_back_and_what_is_removed_does_not() -> None:
    assert after(after(Standing.SENT, Step.HIDE), Step.RESTORE) is Standing.SENT
    assert after(after(Standing.SENT, Step.HIDE), Step.REMOVE) is Standing.REMOVED
    assert not any(standing is Standing.REMOVED for standing, _ in TRANSITIONS)
    assert not any((Standing.PRIVATE, step) in TRANSITIONS for step in Step if step != Step.SEND)


def test_words_that_read_the_same_have_the_same_version() -> None:
    first = words_version("Je dois payer", "Vous devez")
    assert first == words_version("Je dois payer", "Vous devez")
    others = [
        ("Je dois payer", ""),
        ("", "Je dois payer"),
        ("Je dois payerVous devez", ""),
        ("", ""),
    ]
    versions = {first, *(words_version(*one) for one in others)}
    assert len(versions) == 5
    assert all(0 <= one < 2**31 for one in versions)

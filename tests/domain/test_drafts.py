"""Drafts: the steps, in order, each with a title."""

from __future__ import annotations

from spplus_app.domain.drafts import DRAFT_BYTES_MAX, STEP_TITLES, DraftKind, Step
from spplus_app.domain.experiences import NARRATIVE_MAX, TITLE_MAX


def test_every_step_has_its_title_in_order() -> None:
    assert list(STEP_TITLES) == list(Step)
    assert next(iter(Step)) is Step.SERVICE
    assert list(Step)[-1] is Step.CHECK


def test_the_longest_story_holds_in_a_draft() -> None:
    # Four bytes for the largest characters.
    assert (NARRATIVE_MAX + TITLE_MAX) * 4 < DRAFT_BYTES_MAX


def test_kinds_hold_in_their_column() -> None:
    assert all(len(kind) <= 16 for kind in DraftKind)

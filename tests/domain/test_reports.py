"""Reports: what hides a text, what is remembered, what cannot be said."""

from __future__ import annotations

import pytest

from spplus_app.domain.errors import Conflict, Invalid
from spplus_app.domain.ledger import NAME_MAX, hours_in_words, reason_name
from spplus_app.domain.reports import (
    ADDRESSES,
    BY_ADDRESS,
    KIND_NAMES,
    REASON_HINTS,
    REASON_NAMES,
    WORDS_MAX,
    CaseStatus,
    Decision,
    Kind,
    ReportReason,
    accepted,
    after,
    again,
    hides,
)

DATA, INSULT, OTHER = ReportReason.PERSONAL_DATA, ReportReason.INSULT, ReportReason.OTHER


def test_everything_has_its_words() -> None:
    assert set(REASON_NAMES) == set(REASON_HINTS) == set(ReportReason)
    assert set(KIND_NAMES) == set(ADDRESSES) == set(Kind) == set(BY_ADDRESS.values())
    assert len(BY_ADDRESS) == len(ADDRESSES)


@pytest.mark.parametrize(
    ("reasons", "hidden"),
    [
        ([], False),
        ([DATA], True),
        ([INSULT], False),
        ([INSULT, INSULT], False),
        ([INSULT, OTHER, INSULT], True),
        ([INSULT, DATA], True),
    ],
)
def test_what_hides_a_text(reasons: list[ReportReason], hidden: bool) -> None:
    assert hides(CaseStatus.OPEN, reasons) is hidden
    assert not any(hides(one, reasons) for one in CaseStatus if one is not CaseStatus.OPEN)


def test_what_was_kept_stays_kept_until_it_reads_otherwise() -> None:
    for status in (CaseStatus.KEPT, CaseStatus.REMOVED):
        assert again(status, same_version=True) is CaseStatus.KEPT
        assert again(status, same_version=False) is CaseStatus.OPEN
    for one in (None, CaseStatus.OPEN, CaseStatus.CLOSED):
        assert again(one, same_version=True) is CaseStatus.OPEN


def test_decisions_follow_the_table() -> None:
    allowed = {
        (status, decision) for status in CaseStatus for decision in Decision if ok(status, decision)
    }
    assert allowed == {
        (CaseStatus.OPEN, Decision.KEEP),
        (CaseStatus.OPEN, Decision.REMOVE),
        (CaseStatus.KEPT, Decision.REMOVE),
    }


def ok(status: CaseStatus, decision: Decision) -> bool:
    """Whether the table allows it."""
    try:
        after(status, decision)
    except Conflict:
        return False
    return True


def test_what_is_typed_is_cleaned_and_bounded() -> None:
    assert accepted("insult", "  Des mots\r\nblessants ") == (INSULT, "Des mots\nblessants")
    assert accepted("personal_data", "") == (DATA, "")
    for reason, words, field in (
        ("", "", "raison"),
        ("duplicate", "x", "raison"),
        ("other", "  ", "mots"),
        ("insult", "a" * (WORDS_MAX + 1), "mots"),
        ("insult", "non\x00", "mots"),
    ):
        with pytest.raises(Invalid) as refused:
            accepted(reason, words)
        assert field in refused.value.errors


def test_a_reason_is_counted_under_a_name_that_a_table_holds() -> None:
    assert reason_name("insult") == "ledger.r.insult"
    assert len(reason_name("a" * 40)) == NAME_MAX


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "moins de 1\u00a0heure"),
        (1, "moins de 2\u00a0heures"),
        (47, "moins de 48\u00a0heures"),
        (48, "moins de 3\u00a0jours"),
        (71, "moins de 3\u00a0jours"),
        (72, "moins de 4\u00a0jours"),
    ],
)
def test_a_delay_is_never_told_shorter_than_it_was(hours: int, words: str) -> None:
    assert hours_in_words(hours) == words

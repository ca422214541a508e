"""The ledger: counted exactly on both databases, shown with its n, its date, or not at all."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from spplus_app.domain.reports import Decision, Kind
from spplus_app.persistence.tables import AppealRow, ModerationRow
from spplus_app.services import appeals, clock, figures, ledger, moderation, reports
from tests import factories as make

AUTHOR = make.visitor("author")


def shown(session: Session) -> dict[str, dict[str, tuple[str, str]]]:
    """Count, then return what is shown: part → label → value and note."""
    ledger.keep(session, ledger.measure(session))
    return {
        part.title: {one.label: (one.value, one.note) for one in part.figures}
        for part in ledger.shown(session).parts
    }


def test_before_the_first_count_it_says_so(session: Session) -> None:
    view = ledger.shown(session)
    assert (view.parts, view.nothing) == ([], ledger.NOT_COUNTED)


def test_an_empty_site_has_nothing_to_count(session: Session) -> None:
    assert shown(session) == {}
    assert ledger.shown(session).nothing == ledger.NOTHING
    make.sent(session, AUTHOR)  # sent is not read
    assert shown(session) == {}


def test_decisions_are_counted_by_reason(session: Session) -> None:
    judge = make.moderator(session)
    with make.at():
        rows = [make.sent(session, AUTHOR) for _ in range(12)]
    with make.at(hours=5, minutes=40):
        for row in rows[:9]:
            moderation.publish(session, judge, row.id, 1)
    with make.at(3):
        for row, reason in zip(rows[9:], ("insult", "insult", "complaint"), strict=True):
            moderation.refuse(session, judge, row.id, 1, reason, "")
        told = shown(session)
    assert told["Les textes relus"]["Expériences relues"][0] == "12"
    assert told["Les textes relus"]["Publiées"] == (
        "9",
        "Sur 12 expériences relues, soit 75\u202f%.",
    )
    assert told["Les textes relus"]["Non publiées en l’état"][0] == "3"
    assert told["Autres motifs"] == {"Motifs comptés ensemble": ("Moins de 5", "")}
    for rare in ("Correction demandée", "Orienté ailleurs", "Texte refusé"):
        assert rare not in told
    delays = told["Le délai de relecture"]
    assert delays["La moitié des textes sont relus en"][0] == "moins de 6\u00a0heures"
    assert delays["Neuf textes sur dix sont relus en"] == (
        "moins de 4\u00a0jours",
        "Mesuré sur 12 textes du 5\u00a0mars\u00a02025 au 5\u00a0mars\u00a02026, "
        "de l’envoi à la première décision.",
    )
    with make.at(400):
        told = shown(session)
    assert (
        told["Le délai de relecture"]["La moitié des textes sont relus en"][0] == "Trop peu de cas"
    )
    assert told["Les textes relus"]["Expériences relues"][0] == "12"


def test_reports_and_appeals_are_counted(session: Session) -> None:
    judge = make.moderator(session)
    rows = [make.published(session, AUTHOR) for _ in range(3)]
    for row in rows:
        for reader in ("a", "b"):
            reports.report(session, make.visitor(reader), Kind.EXPERIENCE, row.id, "insult", "")
    kept, removed, _ = rows
    reports.decide(session, judge, Kind.EXPERIENCE, kept.id, 1, Decision.KEEP)
    reports.decide(session, judge, Kind.EXPERIENCE, removed.id, 1, Decision.REMOVE, "insult")
    now = clock.now()
    decisions = list(session.scalars(select(ModerationRow.id).order_by(ModerationRow.id)))
    for number, status in zip(decisions, ("pending", "upheld", "rejected"), strict=False):
        session.add(
            AppealRow(
                experience_id=kept.id,
                moderation_id=number,
                status=status,
                created_at=now,
                due_at=now + timedelta(days=7),
            )
        )
    session.flush()
    told = shown(session)
    assert {label: value for label, (value, _) in told["Les signalements"].items()} == {
        "Textes signalés": "3",
        "Gardés": "1",
        "Retirés": "1",
    }
    assert "6 signalements" in told["Les signalements"]["Textes signalés"][1]
    assert [value for value, _ in told["Les seconds avis demandés"].values()] == ["3", "1", "1"]
    assert told["Les textes relus"]["Non publiées en l’état"][0] == "1"


def test_the_ledger_and_the_figures_keep_apart(session: Session) -> None:
    make.published(session, AUTHOR)
    ledger.keep(session, ledger.measure(session))
    figures.keep(session, figures.measure(session))
    ledger.keep(session, ledger.measure(session))
    assert ledger.shown(session).parts and figures.shown(session).figures


def test_a_text_published_by_a_second_opinion_is_published(session: Session) -> None:
    first, second = make.moderator(session), make.moderator(session)
    row = make.sent(session, AUTHOR)
    moderation.refuse(session, first, row.id, 1, "insult", "")
    decision = session.scalars(select(ModerationRow.id)).one()
    appeals.ask(session, AUTHOR, row.id, decision, "")
    appeals.uphold(session, second, session.scalars(select(AppealRow.id)).one(), "")
    told = shown(session)["Les textes relus"]
    assert (told["Expérience relue"][0], told["Publiée"][0]) == ("1", "1")


def test_a_reason_given_a_few_times_is_told_with_others(session: Session) -> None:
    judge = make.moderator(session)
    given = ["insult"] * 6 + ["off_topic"] * 5 + ["complaint"] * 2
    for reason in given:
        row = make.sent(session, AUTHOR)
        moderation.refuse(session, judge, row.id, 1, reason, "")
    told = shown(session)
    assert told["Correction demandée"] == {
        "Propos injurieux ou discriminatoires": ("6", "Sur 13 décisions, soit 46\u202f%.")
    }
    # Alone, the rare one would be the whole less what is told.
    assert told["Autres motifs"] == {
        "Motifs comptés ensemble": ("7", "Sur 13 décisions, soit 53\u202f%.")
    }
    assert "Orienté ailleurs" not in told and "Texte refusé" not in told

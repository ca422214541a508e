"""Words of distress beside a document: whom to call, told to who wrote them and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from spplus_app.domain.documents.annotations import Tone
from spplus_app.domain.roles import NOBODY
from spplus_app.services import clock
from spplus_app.services.documents import deposit, distress, following, marks
from spplus_app.settings import settings
from tests import documents, factories
from tests.services.test_documents import TYPED

ONE, TWO = factories.visitor("one"), factories.visitor("two")
HURT = "Je n’en peux plus, j’ai envie de mourir."


def _numbers(told: list[dict[str, list[str]]]) -> list[str]:
    return [number for one in told for number in one["numbers"]]


def test_what_one_types_with_a_document(var: object, session: Session) -> None:
    for name in ("hard", "wished", "described"):
        typed = {**TYPED, "form": "Cerfa 10840", name: HURT}
        number = deposit.send(session, ONE, str(uuid4()), typed)
        assert _numbers(distress.sent(session, ONE, number)) == ["3114", "17", "112"], name
        assert distress.sent(session, TWO, number) == []
    number = deposit.send(session, ONE, str(uuid4()), {**TYPED, "form": "Cerfa 10840"})
    assert distress.sent(session, ONE, number) == []


def test_a_key_that_has_changed_hides_nothing_else(var: Path, session: Session) -> None:
    number = deposit.send(session, ONE, str(uuid4()), {**TYPED, "form": "Cerfa", "hard": HURT})
    next(var.glob("originals_key*")).unlink()
    settings.cache_clear()
    assert distress.sent(session, ONE, number) == []
    assert following.follow(session, ONE, number).id == number


def test_what_one_writes_beside_a_passage(session: Session) -> None:
    row = documents.published(session, None, f"{HURT} Vous devez 412 euros.")

    def put(day: int, words: str, **told: str) -> None:
        given = documents.mark(words, Tone.WORRYING, within=f"{HURT} Vous devez 412 euros.", **told)
        with clock.at(factories.START + timedelta(days=day)):
            marks.put(session, ONE, row.id, str(uuid4()), given)

    put(0, HURT)
    assert distress.marked(session, ONE, row.id) == [], "the letter's own words are nobody's"
    put(1, "412 euros", rewrite=HURT)
    put(2, "Vous devez")
    assert _numbers(distress.marked(session, ONE, row.id)) == ["3114", "17", "112"]
    assert distress.marked(session, TWO, row.id) == distress.marked(session, NOBODY, row.id) == []
    put(3, "devez", understood="Je dois payer.")
    assert distress.marked(session, ONE, row.id) == []

"""Limits and proofs, by their tables: what is allowed, asked, refused, and for how long."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from spplus_app.domain import abuse, proofs
from spplus_app.domain.abuse import (
    HOUR,
    LIMITS,
    PROVABLE,
    Answer,
    Count,
    Gesture,
    Limit,
    Scope,
)

NOW = datetime(2026, 3, 4, 10, 20, tzinfo=UTC)
OWNER, OTHER = "a" * 64, "b" * 64


def sign(text: str, key: str = "key") -> str:
    return hashlib.sha256(f"{key}{text}".encode()).hexdigest()


def same(one: str, other: str) -> bool:
    return one == other


def test_every_gesture_has_limits_that_make_sense() -> None:
    assert set(LIMITS) == set(Gesture)
    for gesture, scopes in LIMITS.items():
        assert {Scope.BLOCK, Scope.ACCOUNT} <= set(scopes), gesture
        for scope, limit in scopes.items():
            assert limit.free is not None or limit.most is not None
            if limit.free is not None and limit.most is not None:
                assert 0 < limit.free < limit.most
            if scope is Scope.SUBJECT and gesture is not Gesture.HIDE:
                assert limit.most is None, "a wave about one subject refuses nobody"
            if scope is Scope.ACCOUNT:
                assert limit.free is None, "an agent is never asked for a proof"
            assert (limit.free is None) or gesture in PROVABLE
        visitor, block = scopes.get(Scope.VISITOR), scopes[Scope.BLOCK]
        if visitor and visitor.most and block.most:
            assert visitor.most < block.most, "a block is many people"


@pytest.mark.parametrize(
    ("number", "answer"),
    [(1, "allowed"), (3, "allowed"), (3.01, "proof"), (4, "proof"), (9, "proof"), (10, "refused")],
)
def test_three_answers(number: float, answer: str) -> None:
    assert abuse.judged(Limit(3, 9), number).value == answer


def test_a_limit_without_a_bound_refuses_nobody() -> None:
    assert abuse.judged(Limit(3, None), 10_000) is Answer.PROOF
    assert abuse.judged(Limit(None, 9), 9) is Answer.ALLOWED
    assert Limit(3, None).times(10) == Limit(30, None)


def test_a_window_slides() -> None:
    full = Count(abuse.began(NOW, HOUR), 6, 0)
    assert abuse.rate(full, NOW, HOUR) == 6
    later = abuse.turned(full, NOW + HOUR, HOUR)
    assert (later.current, later.previous) == (0, 6)
    assert abuse.rate(later, later.since + HOUR / 2, HOUR) == 3
    assert abuse.turned(full, NOW + 2 * HOUR, HOUR) == Count(later.since + HOUR)
    assert abuse.turned(None, NOW, HOUR) == Count(abuse.began(NOW, HOUR))
    ahead = Count(abuse.began(NOW + 5 * HOUR, HOUR), 9, 9)
    assert abuse.turned(ahead, NOW, HOUR) == Count(abuse.began(NOW, HOUR)), "a clock set back"


@for_all(st.integers(0, 50), st.integers(0, 50), st.integers(1, 20), st.integers(0, 3599))
def test_the_wait_told_is_the_wait_needed(
    current: int, previous: int, most: int, second: int
) -> None:
    limit, since = Limit(None, most), abuse.began(NOW, HOUR)
    now = since + timedelta(seconds=second)
    count = Count(since, current, previous)
    if abuse.judged(limit, abuse.rate(count, now, HOUR) + 1) is not Answer.REFUSED:
        return
    then = now + abuse.wait(count, limit, now) + timedelta(seconds=1)
    turned = abuse.turned(count, then, HOUR)
    assert abuse.judged(limit, abuse.rate(turned, then, HOUR) + 1) is Answer.ALLOWED
    assert then - now <= 2 * HOUR + timedelta(seconds=1)


def test_a_refusal_says_when_to_come_back() -> None:
    told = abuse.refusal(Gesture.DEPOSIT, Scope.BLOCK, timedelta(minutes=11, seconds=1))
    assert "12\u00a0minutes" in told and abuse.KEPT in told
    assert abuse.KEPT not in abuse.refusal(Gesture.VOTE, Scope.VISITOR, HOUR)
    waits = [(1, "1\u00a0seconde"), (60, "60\u00a0secondes"), (61, "2\u00a0minutes")]
    waits += [(3600, "60\u00a0minutes"), (3601, "2\u00a0heures"), (0, "1\u00a0seconde")]
    assert [(n, abuse.french_wait(timedelta(seconds=n))) for n, _ in waits] == waits


def solved(told: dict[str, str | int]) -> dict[str, str | int]:
    """What ALTCHA's own widget answers."""
    for number in range(proofs.HARDNESS + 1):
        if hashlib.sha256(f"{told['salt']}{number}".encode()).hexdigest() == told["challenge"]:
            kept = ("algorithm", "challenge", "salt", "signature")
            return {**{name: told[name] for name in kept}, "number": number}
    raise AssertionError("no number fits")


def written(answer: object) -> str:
    return base64.b64encode(json.dumps(answer).encode()).decode()


def made(number: int = 731, gesture: Gesture = Gesture.DEPOSIT) -> dict[str, str | int]:
    return proofs.challenge("0" * 24, number, gesture, OWNER, NOW, sign)


def check(
    payload: str, gesture: Gesture = Gesture.DEPOSIT, owner: str = OWNER, now: datetime = NOW
) -> proofs.Spendable | None:
    return proofs.checked(payload, gesture, owner, now, sign, same)


def test_a_challenge_is_found_again_and_holds_once_checked() -> None:
    answer = solved(made())
    assert answer["number"] == 731
    spendable = check(written(answer))
    assert spendable is not None and spendable.ident == answer["challenge"]
    assert spendable.expires == NOW + proofs.VALID_FOR


def test_a_proof_holds_for_its_gesture_its_owner_and_its_time() -> None:
    payload = written(solved(made()))
    others = [one for one in Gesture if one is not Gesture.DEPOSIT]
    assert all(check(payload, gesture=one) is None for one in others)
    assert check(payload, owner=OTHER) is None
    assert check(payload, now=NOW + proofs.VALID_FOR - timedelta(seconds=1)) is not None
    assert check(payload, now=NOW + proofs.VALID_FOR) is None


def test_a_forged_proof_holds_nothing() -> None:
    good = solved(made())
    salt = str(good["salt"])
    later = salt.replace("expires=", "expires=9")
    other = salt.replace("depot", "signalement")
    # The last digit of what is signed moved to the number, as ALTCHA once allowed.
    spliced = {**good, "salt": salt + "7", "number": 31}
    forged: list[object] = [
        {**good, "number": 732},
        {**good, "signature": "0" * 64},
        {**good, "signature": sign(str(good["challenge"]), "another key")},
        {**good, "salt": later},
        {**good, "salt": other},
        {**good, "salt": salt + "expires=99999999999&"},
        spliced,
        {**good, "algorithm": "SHA-1"},
        {**good, "number": str(good["number"])},
        {**good, "number": True},
        {**good, "number": -1},
        {**good, "number": 1e300},
        {**good, "salt": 12},
        {**good, "signature": None},
        {name: value for name, value in good.items() if name != "salt"},
        [good],
        None,
    ]
    for one in forged:
        assert check(written(one)) is None, one
    for text in ("", "a", "é", "A" * 5_000, written(good) + "\n", "[" * 900, "attente.x"):
        assert check(text) is None


def test_a_wait_counts_once_it_is_over() -> None:
    word = proofs.ticket("0" * 24, Gesture.REPORT, OWNER, NOW, sign)

    def wait(
        at: timedelta, gesture: Gesture = Gesture.REPORT, owner: str = OWNER, told: str = word
    ) -> proofs.Spendable | None:
        return proofs.waited(told, gesture, owner, NOW + at, sign, same)

    with pytest.raises(proofs.TooSoon) as refused:
        wait(timedelta(seconds=30))
    assert refused.value.left == proofs.WAIT - timedelta(seconds=30)
    good = wait(proofs.WAIT)
    assert good is not None and len(good.ident) == 64
    assert wait(proofs.WAIT_VALID_FOR) is None
    assert wait(proofs.WAIT, gesture=Gesture.DEPOSIT) is None
    assert wait(proofs.WAIT, owner=OTHER) is None
    sooner = word.replace(str(int((NOW + proofs.WAIT).timestamp())), "0000000001")
    assert sooner != word and wait(proofs.WAIT, told=sooner) is None
    assert wait(proofs.WAIT, told=word + "0") is None


def test_what_a_form_says_besides_its_words() -> None:
    told = abuse.given({"remarque": " x", "cachet": "c", "preuve": "p", "titre": "t"})
    assert told == abuse.Given(" x", "c", "p") and told.automatic
    assert not abuse.given({"remarque": "  "}).automatic
    assert abuse.given({}) == abuse.NOTHING
    assert len({abuse.TRAP, abuse.STAMP, abuse.PROOF}) == 3


def test_every_pair_is_named_in_a_refusal() -> None:
    for gesture, scope in product(Gesture, Scope):
        assert abuse.refusal(gesture, scope, HOUR).endswith("Recommencez dans 60\u00a0minutes.")

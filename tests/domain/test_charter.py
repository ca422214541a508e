"""The charter announces every reason of refusal, once, and says what to do instead."""

from __future__ import annotations

from spplus_app.domain.charter import PROMISES, RULES, rule_of
from spplus_app.domain.moderation import REASONS


def test_every_reason_of_refusal_is_announced_by_one_rule() -> None:
    announced = [code for rule in RULES for code in rule.reasons]
    assert sorted(announced) == sorted(reason.code for reason in REASONS)
    for reason in REASONS:
        rule = rule_of(reason.code)
        assert rule is not None and reason.code in rule.reasons
    assert rule_of("unknown") is None


def test_rules_are_short_and_say_what_to_do_instead() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.text.endswith(".") and rule.instead.endswith(".") and rule.source
        assert len(rule.title) <= 60 and not rule.title.endswith(".")
        for sentence in (rule.text + " " + rule.instead).split(". "):
            assert len(sentence.split()) <= 25, sentence


def test_promises_say_that_a_person_decides() -> None:
    assert "jamais une machine" in PROMISES[0][0]
    assert all(text.endswith(".") for _, text in PROMISES)

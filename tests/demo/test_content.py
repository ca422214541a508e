"""What the demonstration says: exact values, bounds, references, and French typography."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from spplus_app.domain import experiences as rules
from spplus_app.domain import geography, moderation, replies, roles
from spplus_app.domain.passwords import password_problem
from spplus_app.domain.text import clean_text, fold
from spplus_app.domain.values import Channel, GeneralTag, PostedAs, ReplyRating, Ressenti

Row = dict[str, Any]


def load(name: str) -> Any:
    folder = resources.files("spplus_app.demo") / "content"
    return json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))


REAL: list[Row] = load("structures")["rows"]
INVENTED: list[Row] = load("invented")["rows"]
EXPERIENCES: list[Row] = load("experiences")["rows"]
ACCOUNTS: list[Row] = load("accounts")["rows"]
PASSWORD: str = load("accounts")["password"]
REPLIES: list[tuple[Row, Row]] = [(one, reply) for one in EXPERIENCES for reply in one["replies"]]
CODES = {row["code"] for row in INVENTED}

each = pytest.mark.parametrize("one", EXPERIENCES, ids=lambda one: one["key"])


def published() -> list[Row]:
    return [one for one in EXPERIENCES if one["status"] == "published"]


# --- structures


def test_about_six_hundred_real_names_are_there() -> None:
    assert 550 <= len(REAL) <= 700
    kinds = Counter(row["code"].partition("-")[0] for row in REAL)
    assert kinds["pref"] == 101
    assert kinds["caf"] == 100
    assert kinds["ddfip"] + kinds["drfip"] == 101
    assert kinds["mdph"] == 100
    assert kinds["cpam"] >= 95
    assert kinds["cpam"] + kinds["cgss"] + kinds["ccss"] + kinds["cssm"] == 107
    assert (kinds["urssaf"], kinds["ft"], kinds["carsat"], kinds["rectorat"]) == (22, 18, 15, 30)


def test_every_department_has_its_prefecture_and_its_services() -> None:
    covered: dict[str, set[str]] = {}
    for row in REAL:
        covered.setdefault(row["department"], set()).add(row["network"])
    everywhere = {"Préfectures et sous-préfectures", "Assurance maladie", "Finances publiques"}
    for one in geography.departments():
        if one.zone != "com":
            assert everywhere <= covered[one.code], one.code


@pytest.mark.parametrize("rows", [REAL, INVENTED], ids=["real", "invented"])
def test_structures_form_trees_of_one_network(rows: list[Row]) -> None:
    by_code = {row["code"]: row for row in rows}
    assert len(by_code) == len(rows)
    seen: set[str] = set()
    for row in rows:
        assert re.fullmatch(r"[a-z0-9-]{3,64}", row["code"]), row["code"]
        assert 3 <= len(row["name"]) <= 300
        assert row["usual_name"] != row["name"]
        assert row["town"]
        assert row["typology"]
        assert re.fullmatch(r"\d{5}", row["postal_code"])
        if row["parent"] is not None:
            assert row["parent"] in seen, "a parent comes before its children"
            assert by_code[row["parent"]]["network"] == row["network"]
        seen.add(row["code"])
    roots = [row["network"] for row in rows if row["parent"] is None]
    assert len(roots) == len(set(roots))


def test_names_are_unique_and_real_and_invented_never_meet() -> None:
    names = [fold(row["name"]) for row in REAL + INVENTED]
    assert len(names) == len(set(names))
    assert not {row["code"] for row in REAL} & CODES
    assert not {fold(row["town"]) for row in REAL} & {fold(row["town"]) for row in INVENTED}


def test_a_real_structure_stands_in_the_department_of_its_postal_code() -> None:
    for row in REAL:
        found = geography.department_of_postal_code(row["postal_code"])
        assert found is not None
        assert found.code == row["department"], row["code"]


def test_nothing_but_names_belongs_to_real_structures() -> None:
    told = {"announced_delay_days", "description", "email", "website"}
    assert not told & {key for row in REAL for key in row}


def test_the_invented_department_is_one_that_cannot_be_real() -> None:
    demo = geography.DEMO_DEPARTMENT
    assert load("invented")["department"] == {"code": demo.code, "name": demo.name}
    assert len(INVENTED) >= 14
    for row in INVENTED:
        assert row["department"] == demo.code
        assert geography.department_of_postal_code(row["postal_code"]) is None
        delay = row["announced_delay_days"]
        assert delay is None or 1 <= delay <= replies.DELAY_DAYS_MAX
    assert demo.town in {row["town"] for row in INVENTED}
    delays = [row["announced_delay_days"] for row in INVENTED]
    assert len(set(delays)) >= 5
    assert None in delays


# --- experiences


def test_there_are_sixty_of_every_kind() -> None:
    assert len(EXPERIENCES) == 60
    statuses = Counter(one["status"] for one in EXPERIENCES)
    assert statuses == {"published": 46, "pending": 8, "refused": 4, "withdrawn": 2}
    assert {one["ressenti"] for one in EXPERIENCES} == set(Ressenti)
    assert {one["posted_as"] for one in EXPERIENCES} == set(PostedAs)
    used = {
        use["channel"] for one in EXPERIENCES for s in one["structures"] for use in s["channels"]
    }
    assert used >= set(Channel) - {Channel.SOCIAL}
    assert {len(one["structures"]) for one in EXPERIENCES} == {0, 1, 2, 3}
    assert any(one["country"] for one in EXPERIENCES)
    assert any(not one["pseudonym"] for one in EXPERIENCES)
    for field in ("key", "title", "narrative"):
        assert len({one[field] for one in EXPERIENCES}) == 60


@each
def test_an_experience_is_within_its_bounds(one: Row) -> None:
    assert 10 <= len(one["title"]) <= 179
    assert 200 <= len(one["narrative"]) <= 1800
    assert clean_text(one["narrative"]) == one["narrative"]
    assert len(one["pseudonym"]) <= rules.PSEUDONYM_MAX
    assert 0 <= one["days_ago"] <= 200
    assert 0 <= one["similar_count"] <= 60
    assert set(one["tags"]) == set(GeneralTag)
    assert set(one["tags"].values()) <= {"", *Ressenti}
    assert one["ressenti"] in set(Ressenti)
    assert one["posted_as"] in set(PostedAs)


@each
def test_an_experience_cites_only_invented_structures(one: Row) -> None:
    cited = [entry["code"] for entry in one["structures"]]
    assert len(cited) == len(set(cited)) <= rules.STRUCTURES_MAX
    assert set(cited) <= CODES
    assert one["outside_structure"] is (not cited)
    for entry in one["structures"]:
        channels = [use["channel"] for use in entry["channels"]]
        assert 1 <= len(channels) == len(set(channels))
        assert set(channels) <= set(Channel)
        assert {use["ressenti"] for use in entry["channels"]} <= set(Ressenti)


@each
def test_an_experience_comes_from_somewhere(one: Row) -> None:
    assert bool(one["department"]) != bool(one["country"])
    assert not one["department"] or geography.department(one["department"])
    assert not one["country"] or geography.country(one["country"])


@each
def test_only_a_refusal_has_a_reason(one: Row) -> None:
    assert one["status"] in set(rules.Status)
    assert bool(one["reason"]) is (one["status"] == "refused")
    assert not one["reason"] or moderation.reason(one["reason"])
    assert len(one["message"]) <= moderation.MESSAGE_MAX
    if one["status"] != "published":
        assert one["replies"] == []
        assert one["similar_count"] == 0


# --- replies


def test_about_thirty_published_experiences_have_replies_some_late_ones_do_not() -> None:
    assert 28 <= sum(bool(one["replies"]) for one in published()) <= 34
    by_code = {row["code"]: row for row in INVENTED}
    late = on_time = 0
    for one in published():
        answered = {reply["structure"] for reply in one["replies"]}
        for entry in one["structures"]:
            if entry["code"] in answered:
                continue
            chain, code = [], entry["code"]
            while code is not None:
                chain.append(by_code[code]["announced_delay_days"])
                code = by_code[code]["parent"]
            over = one["days_ago"] > replies.delay_from(chain).days
            late, on_time = late + over, on_time + (not over)
    assert late >= 6
    assert on_time >= 5


@pytest.mark.parametrize(("one", "reply"), REPLIES, ids=lambda row: row.get("key"))
def test_a_reply_is_within_its_bounds(one: Row, reply: Row) -> None:
    cited = {entry["code"] for entry in one["structures"]}
    assert reply["structure"] in cited
    assert [r["structure"] for r in one["replies"]].count(reply["structure"]) == 1
    assert 1 <= reply["days_after"] <= one["days_ago"]
    assert 100 <= len(reply["text"]) <= replies.REPLY_MAX
    assert clean_text(reply["text"]) == reply["text"]
    assert reply["politeness"] in replies.POLITENESS
    assert 1 <= len(reply["signature"]) <= replies.SIGNATURE_MAX
    assert reply["rating"] in {"", *ReplyRating}
    back = reply["answer_back"]
    if back is not None:
        assert reply["days_after"] <= back["days_after"] <= one["days_ago"]
        assert replies.ANSWER_MIN <= len(back["text"]) <= replies.ANSWER_MAX
        assert back["status"] in {"published", "pending"}


def test_ratings_and_answers_back_are_varied() -> None:
    assert {reply["rating"] for _, reply in REPLIES} == {"", *ReplyRating}
    backs = [reply["answer_back"] for _, reply in REPLIES if reply["answer_back"]]
    assert len(backs) >= 8
    assert {back["status"] for back in backs} == {"published", "pending"}


# --- accounts


def test_one_account_a_role_all_invented() -> None:
    assert {row["role"] for row in ACCOUNTS} == set(roles.Role)
    assert len({row["email"] for row in ACCOUNTS}) == len(ACCOUNTS)
    for row in ACCOUNTS:
        assert re.fullmatch(r"[a-z-]+@demo\.example", row["email"])
        assert 3 <= len(row["name"]) <= 120
        scoped = row["role"] in roles.SCOPED_ROLES
        assert (row["structure"] in CODES) if scoped else (row["structure"] is None)
        assert password_problem(PASSWORD, row["email"]) == ""
    assert len(PASSWORD) >= 15
    # What each agent may handle is not empty: the demonstration shows work to do.
    for row in ACCOUNTS:
        if row["structure"]:
            assert any(
                e["code"] == row["structure"] for one in published() for e in one["structures"]
            )

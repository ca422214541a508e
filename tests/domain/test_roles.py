"""The one table of rights, read whole: each cell is tested by being there."""

from __future__ import annotations

from itertools import product

import pytest

from spplus_app.domain.roles import (
    NOBODY,
    RIGHTS,
    ROLE_NAMES,
    SCOPED_ROLES,
    Grant,
    Right,
    Role,
    Viewer,
    may,
)

OWN = "/1/12/"
PLACES = {
    "own": (OWN, True),
    "child": ("/1/12/7/", True),
    "far below": ("/1/12/7/8/9/", True),
    "above": ("/1/", False),
    "beside": ("/1/13/", False),
    "same digits": ("/1/120/", False),
    "same digits below": ("/1/120/12/", False),
    "elsewhere": ("/2/", False),
    "own number elsewhere": ("/2/1/12/", False),
}


@pytest.mark.parametrize(("right", "role"), list(product(Right, Role)))
@pytest.mark.parametrize("place", PLACES)
def test_every_cell(right: Right, role: Role, place: str) -> None:
    path, below = PLACES[place]
    scoped = role in SCOPED_ROLES
    viewer = Viewer(
        person_id=1, grants=(Grant(role, 12 if scoped else None, OWN if scoped else ""),)
    )
    held = role in RIGHTS[right]
    assert viewer.may(right) is held
    assert viewer.may(right, path) is (held and (below or not scoped))
    assert viewer.roots(right) == ((None if not scoped else (OWN,)) if held else ())


@pytest.mark.parametrize("right", Right)
def test_nobody_may_anything(right: Right) -> None:
    for viewer in (NOBODY, Viewer(visitor="x"), Viewer(person_id=1)):
        assert not viewer.may(right)
        assert not viewer.may(right, OWN)
        assert viewer.roots(right) == ()


@pytest.mark.parametrize(("right", "role"), list(product(Right, sorted(SCOPED_ROLES))))
def test_a_role_of_a_structure_without_one_gives_nothing(right: Right, role: Role) -> None:
    # A grant whose structure is gone must not become a grant on everything.
    grants = (Grant(role), Grant(role, 12, ""))
    assert not may(grants, right)
    assert not may(grants, right, OWN)
    assert Viewer(person_id=1, grants=grants).roots(right) == ()


def test_grants_add_up() -> None:
    viewer = Viewer(
        person_id=1,
        grants=(Grant(Role.AGENT, 2, "/2/"), Grant(Role.AGENT, 1, "/1/"), Grant(Role.MODERATOR)),
    )
    assert viewer.roots(Right.REPLY) == ("/1/", "/2/")
    assert viewer.may(Right.MODERATE)
    assert not viewer.may(Right.READ_JOURNAL)


def test_the_table_is_whole() -> None:
    assert set(RIGHTS) == set(Right)
    assert set(ROLE_NAMES) == set(Role)
    assert all(RIGHTS.values())
    assert {role for roles in RIGHTS.values() for role in roles} == set(Role)

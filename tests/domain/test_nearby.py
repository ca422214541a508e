"""The nearest of many points, the same as by looking at each."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.communes import Position, communes
from spplus_app.domain.nearby import Nearby

_PLACES = st.builds(
    Position, st.floats(41, 51.5, allow_nan=False), st.floats(-5, 9.5, allow_nan=False)
)


@given(st.lists(_PLACES, max_size=60), _PLACES, st.integers(1, 10), st.floats(1, 300))
def test_the_same_as_looking_at_each(
    points: list[Position], place: Position, limit: int, farthest: float
) -> None:
    near = Nearby((at, number) for number, at in enumerate(points))
    each = sorted((place.km_to(at), number) for number, at in enumerate(points))
    wanted = [km for km, _ in each if km <= farthest][:limit]
    assert [one.km for one in near.nearest(place, limit, farthest=farthest)] == wanted


def test_those_that_are_not_kept_are_passed_over() -> None:
    rng = Random(1)
    points = [Position(48 + rng.random(), 2 + rng.random()) for _ in range(500)]
    near = Nearby((at, number) for number, at in enumerate(points))
    found = near.nearest(Position(48.5, 2.5), 5, lambda number: number % 7 == 0)
    assert len(found) == 5 and all(one.item % 7 == 0 for one in found)
    assert len(near) == 500


def test_the_communes_around_a_town() -> None:
    known = communes()
    towns = {
        (one.name, one.department): one for several in known.by_name.values() for one in several
    }
    near = Nearby((one.at, one.name) for one in towns.values() if one.at)
    nimes = known.find("Nîmes", "30")
    assert nimes is not None and nimes.at is not None
    found = near.nearest(nimes.at, 3)
    assert found[0].item == "Nîmes" and found[0].km == 0
    assert found[2].km < 8

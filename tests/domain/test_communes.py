"""The communes: found by name and postal code, with a distance true enough to sort by."""

from __future__ import annotations

from spplus_app.domain.communes import Position, communes, key
from spplus_app.domain.geography import department


def test_a_name_is_looked_up_without_its_little_words() -> None:
    assert key("Le Vigan") == "vigan"
    assert key("St-Lô") == key("Saint-Lô") == "saint lo"
    assert key("L’Isle-d’Abeau") == "isle abeau"


def test_every_commune_is_there_once_in_a_known_department() -> None:
    found = [one for group in communes().by_name.values() for one in group]
    assert len(found) == 34_875
    assert all(department(one.department) for one in found)
    assert sum(one.at is None for one in found) < 60


def test_the_largest_of_a_name_comes_first_and_each_can_be_told() -> None:
    assert communes().by_name["saint denis"][0].department == "974"
    ales = communes().find("ALÈS", "30")
    assert ales is not None and ales.postal_codes == ("30100",)
    assert communes().find("Alès", "75") is None
    assert ales in communes().by_postal_code["30100"]


def test_a_distance_is_about_right() -> None:
    ales, anduze = (communes().find(name, "30") for name in ("Alès", "Anduze"))
    assert ales and anduze and ales.at and anduze.at
    assert 9 < ales.at.km_to(anduze.at) < 14
    assert ales.at.km_to(ales.at) == 0
    assert 650 < Position(48.86, 2.35).km_to(Position(43.30, 5.37)) < 670

"""Make `spplus_app/demo/content/structures.json`: real names to choose from, nothing more.

The names are formed from facts: the departments and their articles, which body covers which
territory, the town of its seat. The official referential is not copied; it is imported by
``spplus import structures``. Run after `make_geography.py`, with the same unpacked package::

    python scripts/make_structures.py package/data
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import structures_facts as facts

from spplus_app.domain.geography import Department, department, departments
from spplus_app.domain.text import slug

TARGET = Path(__file__).parent.parent / "spplus_app/demo/content/structures.json"
TOWN_WITH_SUBPREFECTURE = 40_000
"""Smallest population of the towns whose subprefecture is kept: enough to choose from."""

Row = dict[str, str | None]


class Maker:
    """Collects the structures; knows the towns of the register."""

    def __init__(self, folder: Path) -> None:
        self.rows: list[Row] = []
        self.communes = {
            row["code"]: row
            for row in read(folder, "communes")
            if row["type"] == "commune-actuelle" and row.get("codesPostaux")
        }
        self.arrondissements = read(folder, "arrondissements")

    def postal_code(self, town: str, code: str) -> str:
        """Return the first postal code of a town of the department ``code``."""
        name = town.replace("’", "'")
        found = [
            min(row["codesPostaux"])
            for row in self.communes.values()
            if row["nom"] == name and row["departement"] == code
        ]
        if len(found) != 1:
            raise ValueError(f"{town} ({code}): {len(found)} communes")
        postal_code: str = found[0]
        return postal_code

    def head(self, code: str, name: str, usual_name: str, town: str, place: str) -> None:
        """Add the national head of a network."""
        network, typology = facts.NETWORKS[code]
        self.rows.append(
            row_of(code, None, network, typology, name, usual_name)
            | {"town": town, "postal_code": self.postal_code(town, place), "department": place}
        )

    def add(
        self, kind: str, suffix: str, name: str, usual_name: str, where: Department, town: str = ""
    ) -> None:
        """Add one body of a kind, seated in ``town`` (the prefecture's when empty)."""
        parent, typology = facts.KINDS[kind]
        network = facts.NETWORKS[parent][0]
        seat = town or facts.SEATS.get((kind, where.code)) or facts.SEATS.get(("", where.code))
        postal_code = self.postal_code(seat, where.code) if seat else where.postal_code
        self.rows.append(
            row_of(f"{kind}-{suffix.lower()}", parent, network, typology, name, usual_name)
            | {"town": seat or where.town, "postal_code": postal_code, "department": where.code}
        )


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return rows


def row_of(
    code: str, parent: str | None, network: str, typology: str, name: str, usual_name: str
) -> Row:
    return {
        "code": code,
        "parent": parent,
        "network": network,
        "typology": typology,
        "name": name,
        "usual_name": usual_name,
    }


def known(code: str) -> Department:
    found = department(code)
    assert found is not None, code
    return found


def of_town(commune: dict[str, Any]) -> str:
    """Return a town's name after « de », its own article contracted: « du Havre », « d’Arles »."""
    name = commune["nom"].replace("'", "’")
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return ("d’" if commune["typeLiaison"] == 1 else "de ") + name


def by_department(make: Maker) -> None:
    """Add what each department has: prefecture, family, health, public finances, disability."""
    for where in departments():
        if where.zone == "com":
            continue
        code, of = where.code, where.of
        name = facts.PREFECTURES.get(code, f"Préfecture {of}")
        make.add("pref", code, name, "", where)
        if code not in facts.SHARED_FUND:
            full = f"Caisse d’allocations familiales {of}"
            make.add("caf", code, full, f"Caf {of}", where)
        health(make, where)
        finances(make, where)
        if code not in facts.DISABILITY_SHARED:
            full = f"Maison départementale des personnes handicapées {of}"
            make.add("mdph", code, full, f"MDPH {of}", where)


def health(make: Maker, where: Department) -> None:
    """Add the health insurance of a department: several funds, one, or a joint one."""
    code, of = where.code, where.of
    if code in facts.GENERAL_FUND:
        kind, full, short = facts.GENERAL_FUND[code]
        make.add(kind, code, f"{full} {of}", f"{short} {of}", where)
        return
    for suffix, whose, town in facts.HEALTH.get(code, ((code, of, ""),)):
        full = f"Caisse primaire d’assurance maladie {whose}"
        make.add("cpam", suffix, full, f"CPAM {whose}", where, town)


def finances(make: Maker, where: Department) -> None:
    """Add the public finances of a department: regional where it is the region's seat."""
    code, of = where.code, where.of
    if code in facts.REGIONAL_FINANCES:
        whole = facts.REGIONAL_FINANCES[code] or of
        full, short = f"Direction régionale des finances publiques {whole}", f"DRFiP {of}"
        make.add("drfip", code, full, short, where)
        return
    full = f"Direction départementale des finances publiques {of}"
    make.add("ddfip", code, full, f"DDFiP {of}", where)


def by_region(make: Maker) -> None:
    """Add the regional bodies, each with the department and town of its seat."""
    for kind, full, short, rows in facts.REGIONAL:
        for name, code, town in rows:
            usual = f"{short} {name}" if short else ""
            make.add(kind, slug(name), f"{full} {name}", usual, known(code), town)
    for suffix, name, usual, code in facts.DISABILITY_OTHERS:
        make.add("mdph", suffix, name, usual, known(code))


def subprefectures(make: Maker) -> None:
    """Add the subprefectures of the larger towns."""
    for one in make.arrondissements:
        commune = make.communes.get(one["chefLieu"])
        where = department(one["departement"])
        if commune is None or where is None or where.zone == "com":
            continue
        town = commune["nom"].replace("'", "’")
        seats = (where.town, facts.SEATS.get(("", where.code)))
        if town in seats or commune["population"] < TOWN_WITH_SUBPREFECTURE:
            continue
        name = f"Sous-préfecture {of_town(commune)}"
        make.add("sous-pref", slug(town), name, "", where, town)


def main() -> None:
    """Write the file, one structure a line."""
    make = Maker(Path(sys.argv[1]))
    for head in facts.HEADS:
        make.head(*head)
    by_department(make)
    by_region(make)
    subprefectures(make)
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in make.rows)
    about = json.dumps(facts.ABOUT, ensure_ascii=False)
    text = f'{{\n  "about": {about},\n  "rows": [\n{lines}\n  ]\n}}\n'
    TARGET.write_text(text, encoding="utf-8")
    print(f"structures: {len(make.rows)}")


if __name__ == "__main__":
    main()

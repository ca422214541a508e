"""Make the reference geography of `spplus_app/lexicons/`: departments, regions, countries.

Run (see `spplus_app/lexicons/README.md`)::

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
    pip install babel==2.18.0 pycountry==26.2.16
    python scripts/make_geography.py package/data
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pycountry  # type: ignore[import-not-found]
from babel import Locale  # type: ignore[import-not-found]

TARGET = Path(__file__).parent.parent / "spplus_app/lexicons"
SCRIPT = "scripts/make_geography.py"
DATE = "2026-11-24"

CUTTING = {
    "source": "npm @etalab/decoupage-administratif 6.0.0 (code officiel géographique, INSEE)",
    "licence": "MIT; data: Licence Ouverte 2.0",
    "date": DATE,
    "script": SCRIPT,
}
NAMES = {
    "source": "ISO 3166-1 by PyPI pycountry 26.2.16; French names by PyPI Babel 2.18.0 (CLDR)",
    "licence": "LGPL-2.1 (pycountry); BSD-3-Clause (Babel); Unicode-3.0 (CLDR)",
    "date": DATE,
    "script": SCRIPT,
}

LINKS = {0: "de ", 1: "d’", 2: "du ", 3: "de la ", 4: "des ", 5: "de l’"}
"""INSEE's « type de nom en clair » → what stands between « préfecture » and the name."""
OF_DEPARTMENT = {
    # The administration says « préfecture de Vaucluse », and drops the article of « X-et-Y ».
    "41": "de Loir-et-Cher",
    "47": "de Lot-et-Garonne",
    "82": "de Tarn-et-Garonne",
    "84": "de Vaucluse",
    # The register gives these no article, or carries it inside the name.
    "974": "de la Réunion",
    "984": "des Terres australes et antarctiques françaises",
    "987": "de la Polynésie française",
    "988": "de la Nouvelle-Calédonie",
    "989": "de l’île de Clipperton",
}
FRENCH = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "TF", "WF", "PF", "NC"})
"""Parts of France with an ISO code of their own: they are listed with the departments."""
SEATLESS = frozenset({"984", "989"})
"""No prefecture stands in these territories."""


def typographic(name: str) -> str:
    return name.replace("'", "’")


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return rows


def seats(folder: Path) -> dict[str, tuple[str, str]]:
    """Return town and postal code of each commune, by INSEE code; districts fill large towns."""
    found: dict[str, tuple[str, str]] = {}
    for row in read(folder, "communes"):
        codes = row.get("codesPostaux") or []
        if row["type"] == "commune-actuelle" and codes:
            found[row["code"]] = (typographic(row["nom"]), min(codes))
    return found


def departments(folder: Path) -> list[dict[str, str]]:
    towns = seats(folder)
    made = []
    for row in read(folder, "departements"):
        code, name = row["code"], typographic(row["nom"])
        town = ("", "") if code in SEATLESS else towns[row["chefLieu"]]
        made.append(
            {
                "code": code,
                "name": name,
                "of": OF_DEPARTMENT.get(code, LINKS[row["typeLiaison"]] + name),
                "region": row["region"],
                "zone": row["zone"],
                "town": town[0],
                "postal_code": town[1],
            }
        )
    return sorted(made, key=lambda one: one["code"])


def regions(folder: Path) -> list[dict[str, str]]:
    return [
        {"code": row["code"], "name": typographic(row["nom"]), "zone": row["zone"]}
        for row in read(folder, "regions")
    ]


def countries() -> list[dict[str, str]]:
    french = Locale("fr").territories
    return [
        {"code": one.alpha_2, "code3": one.alpha_3, "name": typographic(french[one.alpha_2])}
        for one in sorted(pycountry.countries, key=lambda one: one.alpha_2)
        if one.alpha_2 not in FRENCH
    ]


def write(name: str, source: dict[str, str], rows: list[dict[str, str]]) -> None:
    """Write one row a line, so that a change of the source reads as a difference."""
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    head = json.dumps(source, ensure_ascii=False)
    text = f'{{\n  "about": {head},\n  "rows": [\n{lines}\n  ]\n}}\n'
    (TARGET / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)}")


def main() -> None:
    """Write the three lexicons from the unpacked package given on the command line."""
    folder = Path(sys.argv[1])
    write("departements", CUTTING, departments(folder))
    write("regions", CUTTING, regions(folder))
    write("countries", NAMES, countries())


if __name__ == "__main__":
    main()

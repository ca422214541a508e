"""Make `spplus_app/lexicons/insults.txt` from two npm packages and a few words of our own.

Run::

    npm pack french-badwords-list@1.0.7 naughty-words@1.2.0
    mkdir bad naughty
    tar xzf french-badwords-list-1.0.7.tgz -C bad && tar xzf naughty-words-1.2.0.tgz -C naughty
    python scripts/make_insults.py bad/package/list.txt naughty/package/fr.json

Words are folded. Spellings that hide a word (« c0nnard », « conn*rd ») are left out: the product
reads through them by itself. Words that are ordinary in a testimony are left out too, with why.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from spplus_app.domain.text import words

TARGET = Path(__file__).parent.parent / "spplus_app/lexicons/insults.txt"
HEADER = """\
# French insults and coarse words, folded; a line of several words is an expression. They call for
# a second look by a person, and decide nothing. Sources, 2026-11-25: npm french-badwords-list
# 1.0.7 (MIT, (c) Maurice Butler and Christophe Roger), npm naughty-words 1.2.0, list « fr »
# (CC-BY-4.0, LDNOOBW contributors, first made by Shutterstock), changed: folded, shortened by the
# words that are ordinary in a testimony, completed. Made by scripts/make_insults.py.
"""
PLAIN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")

ORDINARY = {
    "home, road and things": "bander, bitte, chauffard, chatte, coche, courtaud, crotte, crouton, "
    "epais, gerbe, gland, gourde, lavette, manche, pedale, pouf, pourriture, punaise, ramoner, "
    "raton, stearique, tanche, trainee",
    "food": "andouille, rosbif",
    "farming": "fumier",
    "money": "magot",
    "law: « jouir de ses droits »": "jouir",
    "care and the body": "avorton, clito, clitoris, enflure, pet, pipi, suce",
    "children and schools": "caca, crouille, zizi",
    "what is found dirty, hard or dear, not somebody": "bourre, bourree, folle, miserable, sale",
    "what people say was done to them": "moins que rien",
    "a name, a first name, a place": "cricri, fritz, godon, goi, kraut, peter, vier",
    "a people who call themselves so": "cafre, caldoche",
    "« cul-de-sac »; the expressions with this word stay": "cul",
    "a kiss, a way to speak, a household": "baiser, bougre, menage a trois",
    "letters that are also initials": "gdm, malpt, pd",
}
"""Why → words and expressions that come out."""

ADDED = (
    *("abrutie", "batarde", "branleurs", "chiant", "chiante", "conneries", "connerie", "cretine"),
    *("degueulasse", "emmerde", "emmerdent", "encules", "fait chier", "faites chier"),
    *("ferme ta gueule", "ferme la gueule", "lèche-cul", "merdique", "mon cul", "sale con"),
    *("sale conne", "ta gueule", "va te faire foutre", "allez vous faire foutre", "vos gueules"),
    *("bamboula", "crouilles", "sale arabe", "sale blanc", "sale juif"),
    *("sale juive", "sale noir", "sale noire", "sale race", "sale etranger", "sale etrangere"),
    *("sale pede", "sale gouine", "sale chinois", "sale gitan", "sales arabes", "sales juifs"),
    *("sales noirs", "sales etrangers", "sales gitans", "bande de cons", "tete de con"),
)
"""Forms and expressions that neither list has; « sale » alone is ordinary, not before a people."""


def main() -> None:
    """Write the list."""
    listed = Path(sys.argv[1]).read_text("utf-8").splitlines()
    listed += json.loads(Path(sys.argv[2]).read_text("utf-8"))
    plain = [word.strip() for word in listed if PLAIN.fullmatch(word.strip())]
    kept = {" ".join(words(word)) for word in (*plain, *ADDED)}
    ordinary = {word for spoken in ORDINARY.values() for word in spoken.split(", ")}
    if ordinary - kept:
        sys.exit(f"not in the lists, so there is nothing to take out: {ordinary - kept}")
    kept -= ordinary
    TARGET.write_text(HEADER + "\n".join(sorted(kept)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Links to elsewhere than public services, and words of advertising."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Reading
from .values import Seen, Signal

_ENDS = "fr|com|net|org|eu|info|io|biz|ru|cn|xyz|online|store|shop|site|club|gp|re|mq|nc|pf"
_LINK = re.compile(
    r"(?:(?:https?|ftp)://|(?<![\w@.-])www\.)[^\s<>«»\"]{2,2000}"
    r"|(?<![\w@.-])(?:(?:[a-z0-9-]{1,63}\.){1,5}(?:"
    + _ENDS
    + r")(?![\w@-])(?:[/:?][^\s<>«»\"]{0,2000})?"
    r"|(?:bit\.ly|t\.me|wa\.me|goo\.gl|tinyurl\.com|t\.co)/[^\s<>«»\"]{1,2000})"
)
_HOST = re.compile(r"(?:[a-z]+://)?([^/?#]*)")

_SITES = """
gouv.fr service-public.fr ameli.fr caf.fr msa.fr francetravail.fr francetravail.org pole-emploi.fr
pole-emploi.org urssaf.fr lassuranceretraite.fr info-retraite.fr agirc-arrco.fr cnav.fr
cnracl.retraites.fr secu-independants.fr net-entreprises.fr cleiss.fr justice.fr
defenseurdesdroits.fr vie-publique.fr legifrance.fr cnil.fr insee.fr senat.fr
assemblee-nationale.fr elysee.fr banque-france.fr ofii.fr has-sante.fr lescrous.fr
campusfrance.org campusfrance.fr geoportail.fr anah.fr europa.eu caissedesdepots.fr
moncompteformation.fr cnous.fr inpi.fr gouvernement.fr laposte.fr 3114.fr
"""
PUBLIC_SITES = frozenset(_SITES.split())
"""Hosts, with all those under them, that need no second look: sites of public services."""

_COMMERCIAL = re.compile(
    r"\b(?:code promo|promo code|bon de reduction|gagne[rz]? (?:de l )?argent|"
    r"(?:devenez|devenir) riche|revenus? passifs?|argent facile|investi(?:r|ssez) (?:dans|en) "
    r"(?:les? )?(?:cryptos?|bitcoins?|forex)|cryptomonnaies?|bitcoins?|trading|forex|viagra|cialis|"
    r"casino en ligne|paris sportifs?|voyance|voyante|marabout|retour affectif|desenvoutement|"
    r"referencement (?:naturel|google|seo)|backlinks?|seo|"
    r"offres? de prets? (?:[a-z]{1,20} )?entre particuliers|pret rapide|livraison gratuite|"
    r"cliquez (?:sur le lien|ici pour)|abonnez vous a (?:ma|notre) chaine|suivez moi sur|"
    r"(?:contactez|ecrivez)(?: moi| nous)? (?:par|sur|via) (?:whatsapp|telegram)|"
    r"offre (?:limitee|exceptionnelle|speciale)|satisfait ou rembourse|devis gratuit|"
    r"meilleurs? prix (?:garantis?|du marche))\b"
)


def links(reading: Reading) -> Iterator[Seen]:
    """Yield the links of a text, but those of public services; addresses of mail are no links."""
    for match in _LINK.finditer(reading.folded):
        link = match.group().rstrip(".,;:!?)]}'’")
        seen = reading.seen(Signal.LINK, match.start(), match.start() + len(link))
        if not _is_public(link) and "." in link and not _is_glued(reading.text, seen):
            yield seen


def _is_glued(text: str, seen: Seen) -> bool:
    """Whether this is the end of a sentence and the next, without a space: « perdu.Info »."""
    written = text[seen.start : seen.end]
    last = written.rpartition(".")[2]
    return "/" not in written and last.istitle() and not written.lower().startswith("www.")


def _is_public(link: str) -> bool:
    match = _HOST.match(link)
    host = match.group(1) if match else ""
    # What stands before an @ is not the site: https://ameli.fr@elsewhere.com.
    host = host.rpartition("@")[2].partition(":")[0].removeprefix("www.").rstrip(".")
    if host.endswith(".gouv"):
        return True
    labels = host.split(".")
    ends = {".".join(labels[at:]) for at in range(len(labels))}
    return bool(ends & PUBLIC_SITES)


def commercial(reading: Reading) -> Iterator[Seen]:
    """Yield expressions of advertising; only what no testimony of an administration says."""
    for match in _COMMERCIAL.finditer(reading.spoken):
        yield reading.seen_spoken(Signal.OFF_TOPIC, match)

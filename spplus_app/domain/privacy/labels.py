"""The words that tell what a number is, before it or after it: read in `reading.Reading.low`."""

from __future__ import annotations

import re

from .wording import either

TAX = (
    "fiscal(e)(s), fisacl, fisscal, fical, fiscaux, spi, sip, télédéclarant, déclarant(e)(s), "
    "contribuable(s), "
    "accès en ligne, impôt(s), imposition, impots.gouv, impôts.gouv, dgfip, ddfip, trésor public, "
    "trésorerie, déclaration de revenus, déclaration d’impôt(s), déclaration 2042, déclare, "
    "prélèvement à la source, taxe(s), finances publiques, espace particulier, imposable"
)
NIR = (
    "sécu, sécurité sociale, nir, n.i.r., ss, insee, carte vitale, vitale, ameli, assuré social, "
    "assurée sociale, numéro d’assuré(e), assurance maladie, sécurité-sociale"
)
FILE = (
    "dossier(s), allocataire(s), adhérent(e)(s), assuré(e)(s), demande(s), demandeur(s), "
    "demandeuse, usager(s), bénéficiaire(s), client(e)(s), contrat(s), inscription(s), pension(s), "
    "retraite(s), retraité(e)(s), étranger(s), agdref, ants, caf, msa, cpam, cnav, carsat, urssaf, "
    "pôle emploi, france travail, permis, neph, passeport, cni, carte, carte d’identité, titre, "
    "titre de séjour, récépissé(s), plainte(s), procès-verbal, pv, réclamation(s), suivi, "
    "affaire(s), sinistre(s), avis, contravention(s), amende(s), patient(e)(s), étudiant(e)(s), "
    "ine, compte, facture, téléservice, naturalisation, visa, "
    "candidat(e)(s), agent, salarié(e)(s), cotisant(e)(s), courrier(s), requête(s), ticket(s), "
    "recours, mandat, enregistrement, mutuelle, cotisation(s), "
    "prestation(s), rsa, apl, aah, mdph, crous, bourse, logement social, "
    "numéro unique, abonné(e), abonnement, commande, rappeler, attestation, "
    "certificat, pré-demande, prédemande, affilié(e), affiliation, intervention, "
    "référencé(e)(s), enregistré(e)(s), répertorié(e), convocation, signalement"
)
NUMBER = (
    "n°, n °, n o, nos, n°s, numéro(s), num, num., nr, no, réf, réf., référence(s), "
    "identifiant(s), "
    "matricule(s), code(s), sous le"
)
PHONE = (
    "tél, téléphone, tel., portable, mobile, fixe, joindre, joignable, appeler, appelez, "
    "rappeler, rappelez, contacter, sms, fax, ligne"
)
NEVER = (
    "décret(s), loi(s), article(s), art., arrêté(s), cerfa, formulaire(s), circulaire, directive, "
    "siret, siren, tva, jo, ordonnance, version, chrome, firefox, windows, android, ios, isbn, "
    "bus, tram, train, budget, euros, montant, somme, prix, population, habitants, budget, code "
    "postal, codes postaux, erreur, code erreur, cedex, nor, norme, iso, modèle, imprimé, notice"
)
_KINDS = {"tax": TAX, "nir": NIR, "phone": PHONE, "never": NEVER, "file": FILE, "number": NUMBER}
LABEL = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<{name}>{either(words)})" for name, words in _KINDS.items())
    + r")(?!\w)"
)
"""Any label; the longest of the first kind that has it, so that « assuré social » is no file."""
JOINT = re.compile(
    r"(?:[\s:=,;(\xab\"'#*/<>–—°.-]|(?:est|etait|le|la|de|du|d|ma|mon|mes|a|au|n|suivante?|porte|"
    r"portant|ci-dessous|ref|num|numero|no|caf|cpam|msa|bien|sous|qui|c|s|es|enregistree?|"
    r"references?)(?!\w))*"
)
"""What may stand between a label and its number, and nothing else."""
UNITS = re.compile(
    r"[ ]?(?:€|%|k€|°c|(?:euros?|eur|km|kg|francs?|habitants?|ms?|m2|heures?|jours?|ans|mois|fois|"
    r"personnes?|kwh|go|mo)\b)"
)
"""What a number counts, just after it: then it tells nobody."""
SENTENCE = re.compile(r"[!?\n;]|(?<!\bn)(?<!\bno)(?<!\bnum)(?<!\bref)(?<!\btel)\.(?=\s)")
"""Where a sentence ends, but after « n. » or « réf. »."""
ANNOUNCED = re.compile(r"[:,][ ]?\n[ ]?$")
"""A label that ends its line and announces the next one."""

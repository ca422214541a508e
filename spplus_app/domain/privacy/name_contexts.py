"""What stands before a name, as people write it: read in `reading.Reading.low`."""

from __future__ import annotations

import re

from .wording import context, either

_COURTESY = "monsieur, madame, mademoiselle, mme, mme., mlle, mlle., m., mr, mr., melle"
_TITLE = rf"(?:{either('monsieur, madame, mme, mme., m., mr, mr., mlle, m')}[ ])?"
_NAMED = rf"(?:{either('nommé(e), prénommé(e), appelé(e)')}[ ])?"
_AWAY = (
    r"(?:[ ](?:aine|ainee|cadet|cadette|jumeau|jumelle|mineure?|majeure?|handicapee?|decedee?|"
    r"actuelle?|traitante?|referente?|legale?|sociale?|d\x27a cote|du (?:dessus|dessous)|"
    r"de (?:palier|travail|bureau|classe|\d{1,2} ans)))?"
)
CIVILITY = context(
    "m, mm, mm., m., ms, mr, mr., mrs, mrs., mme, mme., mmes, mmes., mlle, mlle., mlles, melle, "
    "madame, mesdame(s), monsieur, messieurs, mademoiselle, maître, dr, dr., docteur(e), pr, "
    "pr., professeur(e)",
    r"[ \n]{1,2}(?=\w)",
)
_JOBS = (
    "adjudant(e), adjudant-chef, gendarme, brigadier(-chef), brigadière, lieutenant(e), capitaine, "
    "major, commandant(e), gardien de la paix, gardienne de la paix, agent(e), conseiller(s), "
    "conseillère(s), conseiller numérique, conseillère numérique, conseillère france services, "
    "conseiller france services, technicien, technicienne, policier, policière, greffier, "
    "greffière, "
    "gestionnaire, assistant(e), assistant social, assistante sociale, hôtesse, secrétaire, "
    "médiateur, médiatrice, interlocuteur, interlocutrice, inspecteur, inspectrice, contrôleur, "
    "contrôleuse, infirmier, infirmière, directeur, directrice, responsable, guichetier, "
    "guichetière, fonctionnaire, employé(e), collègue, chargé de mission, chargée de mission, "
    "chargé d’accueil, chargée d’accueil, chargé de clientèle, chargée de clientèle, instructeur, "
    "instructrice, référent(e), opérateur, opératrice, télé-conseiller, téléconseiller, "
    "téléconseillère, éducateur, éducatrice, rédacteur, rédactrice, chef de service, "
    "cheffe de service, officier, postier, postière, facteur, factrice, stagiaire, travailleur "
    "social, travailleuse sociale, délégué(e), psychologue, enseignant(e), "
    "instituteur, institutrice, proviseur(e), principal(e), bibliothécaire, vigile, standardiste"
)
_TAUGHT = either("docteur(e), dr, dr., professeur(e), pr, pr., maître")
JOB_BEFORE = re.compile(rf"(?<!\w)(?:{either(_JOBS)}|{_TAUGHT}),?[ ]{_NAMED}{_TITLE}$")
"""A job told just before a name."""
COURTESY_BEFORE = re.compile(rf"(?<!\w){either(_COURTESY)}[ \n]{{1,2}}$")
"""« Madame » just before a name: who is thanked by a first name goes without it."""
OFFICER = context(_JOBS, rf"(?!\w){_AWAY},?[ ]{_NAMED}{_TITLE}")
_THANKS = (
    "merci à, merci beaucoup à, merci encore à, merci infiniment à, mille mercis à, "
    "mes remerciements à, "
    "chapeau à, remercie, remercier, félicitations à, félicite, bravo à, grâce à, "
    "eu affaire à, affaire à, parlé à, parlé avec, discuté avec, échangé avec, "
    "rendez-vous avec, rdv avec, entretien avec, aide de, gentillesse de, patience de, "
    "professionnalisme de, efficacité de, écoute de, coup de chapeau à, reconnaissante à, "
    "reconnaissant à, reconnaissance à, tombé(e) sur, en ligne avec, mention à, "
    "mention spéciale à, réponse de, courrier de, mail de, appel de, accueil par, reçu(e)(s) par, "
    "accueilli(e)(s) par, aidé(e)(s) par, conseillé(e)(s) par, renseigné(e)(s) par, "
    "guidé(e)(s) par, accompagné(e)(s) par, orienté(e)(s) par, appelé(e)(s) par, "
    "rappelé(e)(s) par, contacté(e)(s) par, traité(e)(s) par, suivi(e)(s) par, refusé(e)(s) par, "
    "signé(e)(s) par, géré(e)(s) par, instruit(e)(s) par, pris en charge par, prise en charge par"
)
ACCLAIMED = context(_THANKS, rf"[ ]{_TITLE}")
_DONE = (
    r"\b(?:"
    + either(
        "accueil, reçu(e)(s), accueilli(e)(s), aidé(e)(s), conseillé(e)(s), renseigné(e)(s), "
        "guidé(e)(s), accompagné(e)(s), orienté(e)(s), appelé(e)(s), rappelé(e)(s), "
        "contacté(e)(s), traité(e)(s), suivi(e)(s), refusé(e)(s), signé(e)(s), géré(e)(s), "
        "instruit(e)(s), pris en charge, prise en charge, envoyé(e)(s), écrit(e), humilié(e)(s)"
    )
    + r"[ ]par|"
    + either(
        "merci à, merci beaucoup à, merci encore à, merci infiniment à, remercie, remercier, "
        "félicitations à, bravo à, grâce à, affaire à, félicite, l’aide de, la gentillesse de, "
        "la patience de, le professionnalisme de, l’efficacité de, l’écoute de, chapeau à"
    )
    + ")[ ]"
)
ACCLAIMED_BEFORE = re.compile(rf"{_DONE}{_TITLE}(?:[\w-]{{1,20}}[ ])?$")
SELF = context(
    "m’appelle, me nomme, me prénomme, soussigné(e), prénom est, nom complet est, "
    "nom est, nom de famille est, nom c’est, nom et prénom(s), "
    "nom prénom, prénom et nom, prénom nom, noms et prénoms, identité est",
    rf"(?!\w),?[ ]?[:=]?[ ]?{_TITLE}",
)
LABELLED = context(
    "nom, prénom, titulaire, demandeur, demandeuse, identité, assuré(e), allocataire, "
    "bénéficiaire, patient(e), usager, usagère, signataire, expéditeur, expéditrice, nom d’usage, "
    "nom de naissance, nom de jeune fille, nom d’épouse, déclarant(e), contact",
    rf"[ ]?[:=][ ]?{_TITLE}",
)
SO = context(
    "nom de, dossier de, c’est, part de",
    rf"(?!\w),?[ ]?:?[ ]?{_TITLE}",
)
AM = context("suis, ici, moi, moi-même", rf",?[ ]{_TITLE}")
CLOSING = context(
    "cordialement, bien cordialement, très cordialement, cordiales salutations, cdt, cdlt, bàv, "
    "bien à vous, salutations, salutations distinguées, sincèrement, sincères salutations, "
    "mes salutations, meilleures salutations, "
    "respectueusement, signé, signée, signature, amicalement, merci, merci d’avance, "
    "bonne journée, "
    "merci beaucoup, merci par avance, merci de votre aide, bientôt, plaisir, courtoisement, "
    "bonne réception, considération, considération distinguée, sentiments distingués, "
    "sentiments les meilleurs, remerciements, attente, attente de votre réponse, "
    "attente de vous lire, remerciant, bonne soirée, bon courage, "
    "bien sincèrement, salutations respectueuses, respectueuses salutations, salutations cordiales",
    rf"(?!\w)[ ]?[.,:;!…–—-]{{0,3}}\s{{0,4}}[–—-]?[ ]?{_TITLE}",
)
_RELATED = (
    "mari, femme, époux, épouse, compagnon, compagne, conjoint(e), concubin(e), fils, "
    "fille(s), frère(s), sœur(s), mère, père, maman, papa, tante, oncle, cousin(e), nièce, neveu, "
    "mamie, papy, mémé, pépé, gendre, bru, "
    "ami(e), amis, copain, copine, voisin(e)(s), bébé, enfant(s), fiancé(e), tuteur, tutrice, "
    "curateur, curatrice, mandataire, filleul(e), marraine, parrain, jumeau, jumelle, "
    "collègue(s), colocataire, propriétaire, locataire, protégé(e), patron, patronne, employé(e), "
    "client(e), employeur, employeuse, associé(e), gérant(e), bailleur, bailleresse, salarié(e), "
    "apprenti(e), stagiaire, camarade, partenaire, aîné(e), cadet, cadette, "
    "nounou, témoin, avocat(e), notaire, comptable, médecin, dentiste, auxiliaire de vie, "
    "aide à domicile, aide-ménagère, assistante maternelle, bénévole, élève, logeur, logeuse, "
    "hébergeur, hébergeuse, chéri(e), ex, maîtresse, chef, cheffe, supérieur(e), concierge, "
    "gardien, gardienne"
)
_RELATIVE = rf"(?!\w){_AWAY}[ ]?[,:(]?[ ](?:qui[ ]s\x27appelle[ ])?{_NAMED}"
KIN = context(_RELATED, _RELATIVE)
KIN_TITLE = context(
    _RELATED, rf"{_RELATIVE}{either('m., m, mr, mr., mme, mme., monsieur, madame, mlle')}[ ]"
)
OF = context(
    "fils de, fille de, mari de, femme de, épouse de, époux de, mère de, père de, frère de, "
    "sœur de, veuve de, veuf de, tuteur de, tutrice de, enfant de, bébé de, voisin de, "
    "voisine de, ami de, "
    "amie de, compte de, place de, décès de, nom de, mandataire de, curatrice de, curateur de, "
    "succession de, hospitalisation de, cas de, situation de, naissance de, dossier de, "
    "accompagne, héberge, divorcée de, divorcé de, séparée de, séparé de, mariée à, marié à, "
    "mariée avec, marié avec, pacsé avec, pacsée avec, née, né, épouse, veuve",
    rf"[ ]{_TITLE}",
)
WITNESS = context(
    "nommé(e), prénommé(e), se nomme, s’appelle, s’appelant, s’appelait, dénommé(e), un certain, "
    "une certaine, prénom de, répond au nom de",
    rf"[ ]:?[ ]?{_TITLE}",
)
JOB_NEAR = re.compile(
    r"\b"
    + either(
        "agent, conseill, guichet, accueil, hôtesse, secrétaire, gestionnaire, assistant, "
        "fonctionnaire, employé, interlocut, responsable, inspect, contrôleu, adjudant, gendarme, "
        "polici, docteur, médecin, dr , infirmi, directeur, directrice, chargé, technicien, "
        "médiat, "
        "service, bureau, caisse, préfecture, mairie, instruct, brigadi, greffi, référent, standard"
    )
)
_OFFICE = (
    "caf|cpam|msa|carsat|ccas|mdph|pole emploi|france travail|france services|tribunal|impots|"
    "tresorerie|commissariat|hopital|ecole|college"
)
_DID = (
    r"a ete (?:parfait|tres|adorable|d\x27une|formidable|super|efficace|odieu|desagreable)|"
    r"m\x27a (?:bien |tres bien )?(?:recu|accueilli|aide|renseigne|explique|repondu|rappele|"
    r"raccroche|dit)"
)
JOB_AFTER = re.compile(
    # Between commas, « au guichet » tells where somebody was met, not who they are.
    r"(?!, au )[ ]?[,(]?[ ]?"
    r"(?:(?:la|le|l\x27|un|une|votre|notre|mon|ma|de la|du|de l\x27|de|a la|au)[ ]?){0,2}"
    rf"(?:{_OFFICE}|{JOB_NEAR.pattern})|[ ](?:{_DID})"
)
"""What tells, just after a name, that somebody was met at work."""

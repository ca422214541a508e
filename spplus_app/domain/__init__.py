"""The rules: pure functions, enums and frozen values; no I/O, no framework.

Glossary (code ← French), the words every layer uses:

- ``experience`` ← expérience, avis, témoignage: what a citizen tells.
- ``reply`` ← réponse: what an administration answers, in public; ``answer`` ← the author's
  word back to a reply.
- ``structure`` ← structure; ``network`` ← réseau; ``typology`` ← typologie; ``channel`` ← canal.
- ``ressenti`` ← ressenti usager: positive, neutral or negative, the programme's own word.
- ``moderation`` ← modération: publish, refuse with a reason, edit with a trace.
- ``draft`` ← brouillon; ``follow-up link`` ← lien de suivi; ``visitor`` ← visiteur sans compte.
- ``announced delay`` ← délai annoncé; ``late`` ← en retard.
- ``person`` ← personne with an account; ``grant`` ← habilitation: a role on a structure.
- ``journal`` ← journal: who did what, when, before and after; append-only.
- ``job`` ← tâche: what must happen later, written in the gesture's transaction.
- ``commitment`` ← engagement of the programme, versioned; ``family`` ← famille.
- ``figure`` ← chiffre: a measure with its n and its date, counted by the worker.
- ``document`` ← document difficile; ``annotation`` ← passage signalé, its ``mark`` ← marque;
  ``heat`` ← chaleur: what readers' marks make of a sentence.
- Later issues: ``improvement`` ← action d'amélioration, ``reformulation`` ← proposition,
  ``campaign``/``ballot``/``tester`` ← campagne de test, vote, usager testeur,
  ``indicator``, ``label``, ``audit``, ``certifier``,
  ``advice`` ← fiche-conseil, ``life_event``, ``notice`` ← notification.
"""

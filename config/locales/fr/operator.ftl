# Ce que l'opérateur doit savoir, dans sa conversation (operator.room).

operator-incident =
    Un message n'a pas pu être traité. Rien d'autre n'est touché.
    Numéro : { $code }. Le journal du programme dit ce qui s'est passé.
operator-backlog =
    Des messages attendent depuis { $length }.
    La plateforme répond-elle ? Rien n'est perdu, ils partiront dès que possible.
operator-verify-failed =
    La vérification de nuit a trouvé { $count ->
        [one] un défaut
       *[other] { $count } défauts
    }.
    Pour les voir : entraide verify

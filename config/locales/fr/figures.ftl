# Les chiffres du mois, pour qui finance l'association.
# Valeurs propres à ce fichier : figures → Command ; what → Msg ; number et count bornent une tranche.

figures-title = Les chiffres d'un mois.
figures-month = Mois : { $text }
figures-held = { $count ->
    [one] { $count } séance tenue
   *[other] { $count } séances tenues
}
figures-cancelled = { $count ->
    [one] { $count } séance annulée
   *[other] { $count } séances annulées
}
figures-seats = { $count ->
    [one] { $count } place proposée
   *[other] { $count } places proposées
}
figures-came = Présences : { $what }
figures-absent = Absences : { $what }
figures-waited = Attentes restées sans place : { $what }
figures-listened = Écoutes à deux : { $what }
figures-band = de { $number } à { $count }
figures-few = trop peu pour être dit
figures-how = Les nombres de personnes viennent par tranches, à partir de cinq personnes différentes qui ont donné leur accord, sans l'équipe ni les nouveaux venus.
figures-button-file = En fichier
figures-button-month = { $text }
figures-not-over = Les chiffres de ce mois viennent à partir du { $when }, quand toutes ses séances sont notées. Ensuite, ils ne changent plus.
figures-unclear =
    Je n'ai pas compris quel mois.
    Vous avez écrit : { $typed }
figures-form = Par exemple : `{ $figures } octobre`, `{ $figures } 2026-10`, `{ $figures } 2026-10 csv`
figures-column-month = mois
figures-column-what = quoi
figures-column-least = de
figures-column-most = à
figures-row-held = séances tenues
figures-row-cancelled = séances annulées
figures-row-seats = places proposées
figures-row-came = présences
figures-row-absent = absences
figures-row-waited = attentes sans place
figures-row-listened = écoutes

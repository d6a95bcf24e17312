# Le relevé d'un mois, et le grand livre de la coordination.
# Arguments: amount, count, number, total: Number; of-month: Month; day: Day; name, fund: Text (may be a Msg); what: Msg;
# command, statement: Command.

## Un mois

statement-month-opening = { $of-month }, au début : { $amount }
statement-month-closing = { $of-month }, à la fin : { $amount }
statement-month-today = Aujourd'hui : { $amount }
statement-month-nothing = Aucun mouvement ce mois-là.
statement-month-more =
    { $count ->
        [one] Il y a encore { $count } mouvement. Le fichier les montre tous.
       *[other] Il y a encore { $count } mouvements. Le fichier les montre tous.
    }
statement-month-to-come =
    Ce mois n'a pas commencé.
    Vous avez demandé : { $of-month }
statement-button-month = { $of-month }
statement-button-this-month = Ce mois-ci
statement-button-by-month = Par mois
statement-csv-balance = solde
statement-csv-opening = solde au début du mois
statement-csv-closing = solde à la fin du mois

## Le grand livre

journal-title = Voici le grand livre.
journal-of-fund = Fonds : { $fund }
journal-of-month = Mois : { $of-month }
journal-nothing = Il n'y a aucun mouvement à montrer ici.
journal-line = n° { $number }, { $day } : { $amount }, { $what }
journal-issued = attribués au fonds « { $fund } »
journal-granted = fonds « { $fund } », pour { $name }
journal-grant-waits = fonds « { $fund } », pour une personne qui n'est pas encore là
journal-to-solidarity = fonds « { $fund } », pour la solidarité
journal-came-back = revenus au fonds « { $fund } »
journal-given = don de { $name }
journal-rewarded = fonds « { $fund } », à { $name } pour la séance n° { $number }
journal-reward-waits = fonds « { $fund } », séance n° { $number }, attend une décision
journal-corrected = correction du n° { $number }
journal-closed = fermeture du fonds « { $fund } »
journal-figures-apart = Places, écoutes et solidarité : seulement en sommes, dans les chiffres du mois.
journal-file = Voici le grand livre, en fichier.
journal-button-figures = Chiffres du mois
journal-csv-fund = fonds
journal-csv-name = pseudo
journal-form = Le grand livre : `{ $command }`, en fichier : `{ $command } csv`
journal-form-filter = Un fonds, une catégorie, un mois : `{ $command } fonds:mairie cat:animation juin`
journal-form-figures = Les chiffres d'un mois : `{ $command } chiffres juin`

journal-figures-title = Voici les chiffres du mois.
journal-figures-not-over =
    Ce mois n'est pas terminé. Les chiffres viennent après.
    Vous avez demandé : { $of-month }
journal-figures-sum = • { $what } : { $amount } ({ $count } fois)
journal-figures-few = • { $what } : moins de { $number } fois
journal-figures-times =
    { $count ->
        [one] • { $what } : { $count } fois
       *[other] • { $what } : { $count } fois
    }
journal-figures-issued = attribués aux fonds
journal-figures-granted = des fonds aux personnes
journal-figures-gifts = dons entre personnes
journal-figures-seats = places réservées
journal-figures-hosts = versés pour des séances tenues
journal-figures-listening = écoutes
journal-figures-solidarity = payés par la solidarité
journal-figures-look = À regarder ensemble :
journal-figures-reciprocal = places chez une personne qui avait aussi une place chez l'autre
journal-figures-passed-on = dons par quelqu'un qui venait d'en recevoir un, à un jour près
journal-figures-given-before = places payées par la solidarité après un don, à une semaine près
journal-figures-nobody = Personne n'est nommé. Beaucoup de ces cas sont ordinaires : parlez-en avec tout le groupe.

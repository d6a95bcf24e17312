# Shared phones: what a lock screen shows, the discreet mode, its code.
# Arguments: count, number, minutes, hours: Number; when: Moment; platform: Platform; every other: Command.

# Above a private message whose own first line would tell something.
lock-screen = Un message pour vous.

# Left out of reminders, confirmations and files on a shared phone; these stand instead.
discreet-title = Rendez-vous
discreet-elsewhere = `{ $agenda } { $number }`
discreet-file = fichier

# /discret
discreet-is-on = Le mode discret est allumé.
discreet-is-off = Le mode discret est éteint.
discreet-on = C'est fait. Le mode discret est allumé.
discreet-off = C'est fait. Le mode discret est éteint.
discreet-off-what = Plus rien ne s'efface tout seul, et aucun code n'est demandé. Pour le rallumer : { $discreet }
discreet-what =
    Dans cette conversation, mes messages et les vôtres s'effacent après { $minutes } minutes, si { $platform } le permet. Ceux de { $sos } aussi.
    Les rappels et les fichiers ne disent plus ni titre ni lieu : { $agenda } les montre.
    Ce qui est plus ancien reste : effacez-le vous-même.
discreet-phone = Dans { $platform } : cachez l'aperçu des notifications et mettez un code à l'application.
discreet-settings-on = Mode discret : allumé
discreet-settings-off = Mode discret : éteint
discreet-unclear = Je n'ai pas compris.
discreet-form = Écrivez par exemple : `{ $discreet } oui`, `{ $discreet } non` ou `{ $discreet } code`
discreet-button-mode = Mode discret
discreet-button-on = Allumer
discreet-button-off = Éteindre

# The code: chosen, changed, taken away
discreet-no-code = Aucun code n'est demandé.
discreet-has-code = Un code est demandé avant vos derniers jours, votre relevé et vos données. { $sos } ne le demande jamais.
discreet-code-offer = Vous pouvez aussi choisir un code de quatre chiffres : `{ $discreet } code`
discreet-code-choose = Choisissez un code de quatre chiffres. Écrivez-le ici.
discreet-code-easy = Évitez 0000, 1234 ou une année. J'efface votre message aussitôt, si je peux.
discreet-code-again = Écrivez-le encore une fois.
discreet-code-differs = Les deux codes ne sont pas les mêmes.
discreet-code-four = Il faut quatre chiffres.
discreet-code-from-start = Recommencez : écrivez quatre chiffres.
discreet-code-cancel = Pour laisser : { $cancel }
discreet-code-set = C'est fait. Le code est choisi.
discreet-code-when = Je le demande avant vos derniers jours, votre relevé et vos données. Un bon code vaut { $minutes } minutes. { $sos } ne le demande jamais.
discreet-code-lost = Oublié ? `{ $discreet } oublié` le retire en { $hours } heures. Rien d'autre n'est effacé.
discreet-code-here =
    Un code se choisit ici, pas dans le groupe.
    Celui que vous avez écrit là-bas a pu être lu : prenez-en un autre.
discreet-code-gone = Le code est retiré.
discreet-code-gone-what = Rien d'autre n'a changé. Pour en choisir un autre : `{ $discreet } code`
discreet-forgotten = C'est noté.
discreet-code-goes = Le code sera retiré : { $when }.
discreet-code-goes-what = Rien d'autre ne sera effacé. Je vous le dirai.
discreet-code-goes-stop = Pour le garder : `{ $discreet } code`, puis votre code.
discreet-code-stays = C'est le bon code. Il reste.
discreet-button-code = Choisir un code
discreet-button-change = Changer de code
discreet-button-without = Retirer le code
discreet-button-forgotten = Code oublié

# The code: asked
discreet-code-ask = Votre code, s'il vous plaît.
discreet-code-how = Écrivez les quatre chiffres. Pour laisser : { $cancel }. { $sos } n'en demande jamais.
discreet-code-wrong = Ce n'est pas le bon code.
discreet-code-left =
    { $count ->
        [one] Il reste { $count } essai.
       *[other] Il reste { $count } essais.
    }
discreet-code-waits = Il faut attendre un peu.
discreet-code-waits-until = Prochain essai : { $when }. { $sos } reste ouvert.

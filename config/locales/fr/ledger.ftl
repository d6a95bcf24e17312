# Le grand livre de la coordination : fonds, budgets, corrections ; et le don que l'on reprend.
# Arguments: amount, number, total, count, free: Number; fund, name: Text (fund may be a Msg); day: Day; what: Msg;
# command, cancel, settings: Command.

## Les fonds

ledger-funds-title = Voici les fonds.
ledger-funds-none = Aucun fonds n'a encore servi. { $command } en crée un.
ledger-fund-title = Voici ce fonds.
ledger-fund-line = • { $fund } : { $amount } en caisse, { $count } émis en tout, sans limite
ledger-fund-line-budget = • { $fund } : { $amount } en caisse, { $count } émis en tout, budget { $total }, encore { $free } à donner
ledger-fund-line-closed = • { $fund } : fermé, { $count } émis en tout
ledger-solidarity-month = • mois commencé le { $day } : la solidarité a payé { $amount } en tout
ledger-fund-form =
    Fixer un budget : `{ $command } { $name } 500`
    Sans limite : `{ $command } { $name } illimité`
ledger-fund-which = Quel fonds ? Écrivez son nom.
ledger-fund-unknown =
    Ce fonds n'existe pas encore.
    Vous avez écrit : { $fund }
ledger-fund-made = Le fonds est créé.
ledger-fund-built-in =
    Ce fonds ne se ferme pas.
    Le groupe en a toujours besoin : { $fund }
ledger-fund-closed =
    Ce fonds est fermé.
    Pour le rouvrir : `{ $command } { $name } rouvrir`
ledger-fund-is-closed =
    { $amount ->
        [0] Le fonds « { $fund } » est fermé. Il était vide.
        [one] Le fonds « { $fund } » est fermé. Ce qui restait est rendu : { $amount } { $credit }.
       *[other] Le fonds « { $fund } » est fermé. Ce qui restait est rendu : { $amount } { $credits }.
    }
ledger-budget-range =
    Ce budget n'est pas possible.
    Il faut un nombre entier, de 0 à { $total }.
ledger-budget-spent = { $amount ->
    [one] Le fonds « { $fund } » a déjà reçu { $amount } { $credit } : son budget ne peut pas descendre à { $total }.
   *[other] Le fonds « { $fund } » a déjà reçu { $amount } { $credits } : son budget ne peut pas descendre à { $total }.
}
ledger-button-funds = Les fonds
ledger-button-fund = { $fund }
ledger-button-close = Fermer ce fonds
ledger-button-reopen = Rouvrir ce fonds
ledger-given-to-solidarity = { $amount ->
    [one] { $amount } { $credit } pour la solidarité. Merci.
   *[other] { $amount } { $credits } pour la solidarité. Merci.
}
ledger-solidarity-itself = Le fonds solidarité ne peut pas se remplir de lui-même. Prenez un autre fonds.

## Corriger

ledger-reverse-which = Quel virement ? Écrivez son numéro, puis le motif.
ledger-reverse-form = Par exemple : `{ $command } { $number } montant saisi par erreur`
ledger-reverse-none =
    Ce virement n'existe pas.
    Vous avez écrit : n° { $number }
ledger-reverse-twice =
    Ce virement est déjà corrigé.
    La correction du n° { $number } est le n° { $count }.
ledger-reverse-booking =
    Une place réservée ne se corrige pas ainsi.
    Annulez la place ou la séance : { $cancel }
ledger-reverse-marked =
    Une séance déjà marquée ne se corrige pas ainsi.
    Ses comptes sont faits. La personne qui l'a tenue peut rendre des { $credits } : { $give }
    Vous pouvez aussi en attribuer : { $command }
ledger-reverse-not =
    Ce mouvement ne se corrige pas.
    S'il manque des { $credits } à quelqu'un : { $command }
ledger-reverse-followed =
    Ce qui attendait a été remis ou rendu. Cela ne se corrige plus.
    La personne qui l'a reçu peut rendre des { $credits } : { $command }
ledger-reverse-gone =
    Une des deux personnes n'est plus là.
    Son compte est fermé. Vous pouvez attribuer des { $credits } à l'autre : { $command }
ledger-reverse-own = On ne corrige pas son propre compte. Une autre personne de la coordination peut le faire.
ledger-reverse-spent = Les { $credits } du virement n° { $number } ont déjà servi.
ledger-reverse-allow =
    Vous pouvez attendre, ou permettre qu'une correction passe sous zéro : `{ $settings } corrections oui`
    Pour rendre des { $credits } sans en reprendre : { $command }
ledger-reversed = { $amount ->
    [one] Le virement n° { $number } du { $day } est corrigé : { $amount } { $credit }, { $what }.
   *[other] Le virement n° { $number } du { $day } est corrigé : { $amount } { $credits }, { $what }.
}
ledger-corrected-out = { $amount ->
    [one] Une correction de la coordination : { $amount } { $credit } de moins (virement n° { $number }).
   *[other] Une correction de la coordination : { $amount } { $credits } de moins (virement n° { $number }).
}
ledger-corrected-in = { $amount ->
    [one] Une correction de la coordination : { $amount } { $credit } du virement n° { $number } vous revient.
   *[other] Une correction de la coordination : { $amount } { $credits } du virement n° { $number } vous reviennent.
}
ledger-button-ledger = Le grand livre
ledger-corrections-allowed = Une correction peut passer sous le minimum.
ledger-corrections-not-allowed = Une correction ne passe jamais sous le minimum.
ledger-corrections-ask = Est-ce permis, quand les { $credits } ont déjà servi ?

ledger-kind-issue = versement au fonds
ledger-kind-grant = { $credits } de la coordination
ledger-kind-gift = don
ledger-kind-back = don revenu
ledger-kind-booking = place réservée
ledger-kind-refund = place rendue
ledger-kind-attendance = séance tenue
ledger-kind-late = annulation tardive ou absence
ledger-kind-reversal = correction
ledger-kind-closing = compte fermé

## Reprendre un don

ledger-button-undo = Annuler ce don
ledger-undone = { $amount ->
    [one] Le don n° { $number } est annulé : { $amount } { $credit } vous revient.
   *[other] Le don n° { $number } est annulé : { $amount } { $credits } vous reviennent.
}
ledger-undone-to-you = { $amount ->
    [one] Le don n° { $number } est annulé : { $amount } { $credit } de moins pour vous.
   *[other] Le don n° { $number } est annulé : { $amount } { $credits } de moins pour vous.
}
ledger-undo-none =
    Ce don n'est pas à vous, ou n'existe pas.
    Vous avez écrit : n° { $number }
ledger-undo-before =
    Ce don est déjà annulé.
    C'était le n° { $number }.
ledger-undo-late =
    C'est trop tard pour l'annuler.
    Un don s'annule dans les { $count } minutes. La coordination peut encore le corriger.
ledger-undo-spent = Ce don a déjà servi. Parlez-en avec la personne, ou avec la coordination.
ledger-solidarity-no-budget =
    Le fonds de solidarité n'a pas de plafond.
    Il paie quand une personne n'a pas assez de { $credits }, pour que personne ne soit refusé.

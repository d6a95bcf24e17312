# Les motifs des dons : la liste de la communauté, et qui reçoit du texte libre.

rules-button-reasons = Motifs des dons
rules-reasons =
    Motifs proposés :
    { $items }
rules-reasons-none = Motifs proposés : aucun
rules-reasons-line = • { $reason }
rules-reasons-explained = Un don sans motif propose cette liste, par boutons. Chaque personne choisit si elle reçoit aussi du texte libre : `{ $settings } motifs`
rules-reasons-form = Écrivez par exemple : `{ $settings } credits motifs ajouter merci pour la soupe` ou `{ $settings } credits motifs retirer 1`
rules-reasons-bad = Il y a { $count } motifs au plus, de { $total } caractères au plus, chacun une fois. Pour retirer, donnez son numéro.

reasons-title = Les motifs des dons que vous recevez.
reasons-free = Vous lisez tous les motifs, en texte libre aussi.
reasons-list-only = Vous lisez seulement les motifs de la liste du groupe. Un texte libre ne vous est pas remis.
reasons-explained = Qui vous donne ne l'apprend pas, et lit la même réponse.
reasons-button-free = Tous les motifs
reasons-button-list = Seulement la liste
reasons-button = { $reason }
reasons-none = Sans motif
reasons-ask = Pour quelle raison ?

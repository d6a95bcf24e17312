# Bloquer, remercier, signaler.
# Arguments: name, alias, text: Text (name may be a Msg); count, number, total: Number; every other: Command.

## Partagé
safety-done = C'est fait.
safety-news = Une nouvelle pour vous.
safety-that-person = cette personne
safety-button-block = Ne plus rien recevoir de cette personne
safety-button-block-number = N° { $number } : ne plus rien recevoir de cette personne
safety-button-undo = Revenir en arrière
safety-button-undo-name = Recevoir à nouveau : { $name }

## Bloquer
safety-blocked = Vous ne recevrez plus rien de { $name } : ni don, ni merci.
safety-blocked-means = Cette personne n'en saura rien. Ses dons pour vous vont à la solidarité.
safety-blocked-sessions = Les séances que l'une de vous anime paraissent complètes à l'autre. Une place déjà réservée reste réservée.
safety-unblocked = Vous pouvez à nouveau recevoir des nouvelles de { $name }.
safety-not-blocked =
    Je ne trouve pas ce nom dans votre liste.
    Pour la voir : { $block }
safety-block-how = Pour ne plus rien recevoir de quelqu'un : `{ $block } @Sam`
safety-block-self = C'est vous. Nommez une autre personne.
safety-block-bot =
    Je suis un programme. Nommez une personne.
    Pour ne plus rien recevoir de moi : { $leave }
safety-block-many =
    Votre liste est pleine.
    Retirez d'abord un nom : { $block }
safety-list-title = Voici votre liste.
safety-list-empty = Elle est vide : vous recevez des nouvelles de tout le monde.
safety-list-from = Vous ne recevez rien de :
safety-list-line = • { $name }

## Remercier
safety-thanks-sent = Merci pour { $name }.
safety-thanks-if = Si je peux le remettre, cette personne le lit en privé.
safety-thanks-may-publish = Elle peut le publier dans le groupe, sans votre nom.
safety-thanks-received = { $name } vous remercie.
safety-thanks-words = « { $text } »
safety-thanks-named = Si ce merci est publié, votre pseudo paraîtra aussi.
safety-thanks-not-named = Si ce merci est publié, votre pseudo ne paraîtra pas.
safety-thanks-preview = Voici ce que le groupe lira :
safety-thanks-published = C'est publié dans le groupe.
safety-thanks-published-already = C'est déjà publié dans le groupe.
safety-thanks-public = Un merci à { $name }.
safety-thanks-public-words = Un merci à { $name } : « { $text } »
safety-thanks-public-from = { $alias } remercie { $name }.
safety-thanks-public-from-words = { $alias } remercie { $name } : « { $text } »
safety-thanks-whom = À qui ? Nommez une personne, ou répondez à son message.
safety-thanks-one = Un merci va à une seule personne. Écrivez-en un pour chacune.
safety-thanks-self = C'est vous. Nommez une autre personne.
safety-thanks-bot = Avec plaisir. Je suis un programme : gardez vos mercis pour les personnes du groupe.
safety-thanks-form = Par exemple : `{ $thanks } @Sam pour ton écoute`
safety-thanks-long = Le mot est trop long : { $count } caractères. Il en faut { $total } au plus.
safety-thanks-many =
    C'est gentil.
    Vous avez déjà remercié { $count } fois depuis hier. Vous pourrez recommencer demain.
safety-button-name = Mon pseudo peut paraître
safety-button-no-name = Finalement, sans mon pseudo
safety-button-publish = Publier dans le groupe
safety-button-publish-now = Publier maintenant

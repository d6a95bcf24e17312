# Bloquer, remercier, signaler.
# Arguments: name, alias, text: Text (name may be a Msg); count, number, total, hours, days: Number; when: Moment; lines: Lines;
# every other: Command.

## Partagé
safety-done = C'est fait.
safety-not-yet = Pas tout à fait.
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

## Signaler
safety-report-ask = Je vous lis.
safety-report-ask-how =
    Écrivez ici, en un message, ce qui ne va pas.
    Dans le groupe, vous pouvez aussi répondre au message en question par `{ $report }`.
safety-report-who-reads = Seule l'équipe du groupe le lit. Si cela touche une personne de l'équipe, nommez-la avec @ : elle ne le lira pas.
safety-report-now = Danger tout de suite : { $sos }
safety-report-told = C'est noté.
safety-report-told-to =
    L'équipe du groupe est prévenue, sauf les personnes que cela concerne.
    Votre nom n'est pas montré.
safety-report-promise = Je vous écris quand quelqu'un s'en occupe. Si personne ne le fait en { $hours } heures, je vous le dis aussi.
safety-report-more = Écrivez ce que vous voulez ajouter, en un message.
safety-report-added = Vos mots sont ajoutés.
safety-report-enough =
    C'est déjà beaucoup de mots.
    L'équipe a de quoi comprendre. Vous pourrez en dire plus quand quelqu'un s'en occupe.
safety-report-shown = L'équipe peut voir que cela vient de vous : { $name }.
safety-report-withdrawn = L'équipe ne peut plus lire ce que vous aviez écrit.
safety-report-many = Je ne peux plus transmettre aujourd'hui.
safety-report-many-line = Vous avez déjà écrit { $count } fois à l'équipe depuis hier. Vous pourrez recommencer demain.
safety-report-nobody = Je ne peux pas le transmettre.
safety-report-nobody-line =
    L'équipe de ce groupe n'a personne d'autre que les personnes concernées.
    Je n'ai rien gardé de ce que vous avez écrit. D'autres peuvent vous aider :
safety-report-no-group =
    Je ne vois pas de quel groupe il s'agit.
    Écrivez `{ $report }` dans le salon de votre groupe : votre message y sera effacé, et je vous réponds en privé.
safety-report-contact = Pour joindre l'association : { $text }
safety-report-lines = { $lines }
safety-report-news = Un mot sur ce que vous avez écrit.
safety-report-now-taken = Une personne de l'équipe le lit et s'en occupe.
safety-report-now-back = La personne qui s'en occupait l'a rendu à l'équipe. Il attend quelqu'un d'autre.
safety-report-now-closed = L'équipe a fini de s'en occuper. Si cela ne va pas, vous pouvez écrire à nouveau.
safety-report-now-reopened = L'équipe le reprend.
safety-report-still-waits = Personne de l'équipe ne s'en occupe encore. Je l'ai rappelé à la coordination. N'attendez pas si c'est grave :
safety-report-nobody-left = Personne de l'équipe ne peut s'en occuper. D'autres peuvent vous aider :
safety-button-more = Ajouter un mot
safety-button-show = Montrer mon nom à l'équipe
safety-button-withdraw = Retirer ce que j'ai écrit
safety-button-reports = Ce qui attend l'équipe

## Signaler, côté équipe
safety-report-staff-news = Une information pour l'équipe.
safety-report-staff-waits = Le signalement n° { $number } attend quelqu'un.
safety-report-staff-since = Il attend depuis un jour, et personne ne s'en occupe.
safety-report-staff-taken = Une personne de l'équipe s'occupe du signalement n° { $number }.
safety-report-staff-closed = Le signalement n° { $number } est terminé.
safety-report-staff-added = Des mots sont ajoutés au signalement n° { $number }.
safety-report-staff-withdrawn = Le signalement n° { $number } est retiré par qui l'a écrit.
safety-report-title = Voici ce qui a été écrit.
safety-report-head = Signalement n° { $number }, { $when }
safety-report-from = De : { $name }
safety-report-from-somebody = De : une personne du groupe, qui ne montre pas son nom
safety-report-author = À propos d'un message de { $name } :
safety-report-quoted = « { $text } »
safety-report-not-quoted = (Je n'ai pas le texte de ce message.)
safety-report-words = Ses mots : « { $text } »
safety-report-is-taken = Une autre personne de l'équipe s'en occupe.
safety-report-is-withdrawn = C'est retiré par qui l'a écrit. Il n'en reste rien à lire.
safety-report-kept =
    { $days ->
        [one] Il est effacé dans { $days } jour. D'ici là, on peut le rouvrir.
       *[other] Il est effacé dans { $days } jours. D'ici là, on peut le rouvrir.
    }
safety-reports = Voici ce qui attend l'équipe.
safety-reports-none = Rien n'attend l'équipe.
safety-reports-open = n° { $number }, { $when } : attend quelqu'un
safety-reports-taken = n° { $number }, { $when } : quelqu'un s'en occupe
safety-button-read = Lire
safety-button-read-number = Lire n° { $number }
safety-button-take = Je m'en occupe
safety-button-back = Remettre à l'équipe
safety-button-close = C'est terminé
safety-button-reopen = Rouvrir

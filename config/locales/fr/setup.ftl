# What is asked of a coordinator after /installer, and what is still missing.
# Arguments: every one is a Command.

setup-step-country =
    Dans quel pays est votre groupe ?
    Je montre alors les bons numéros d'aide. Choisissez, ou écrivez par exemple : `{ $settings } pays Belgique`
setup-step-association =
    Quel est le nom de l'association ?
    C'est elle qui répond des données des membres. Écrivez-le ici.
setup-step-contact =
    Comment joindre l'équipe ?
    Écrivez un téléphone, une adresse ou un nom. Les membres le verront.
setup-button-later = Plus tard
setup-open = Tout est en place. { $checkin } est ouvert aux membres.
setup-later = D'accord. Vous pourrez le faire quand vous voulez : { $settings }
setup-missing = Pour ouvrir { $checkin } aux membres, il manque encore :
setup-missing-association = • le nom de l'association : `{ $settings } association La Maison`
setup-missing-contact = • un contact : `{ $settings } contact 01 23 45 67 89`

# The menu: its buttons, and a line for each command, which platforms also show as its description.
# Arguments: command and those named after a command: Command; what: Msg.

menu-title = Que voulez-vous faire ?
menu-not-installed = Ce salon n'est pas encore installé. Une personne qui l'administre peut taper { $setup }
menu-not-joined = Pour participer au groupe : { $join }
menu-all-title = Tout ce que vous pouvez faire ici :
menu-line = { $command } : { $what }

menu-button-talk = J'ai besoin de parler
menu-button-sos = 🆘 Aide tout de suite
menu-button-checkin = Comment ça va ?
menu-button-agenda = 📅 Les séances
menu-button-credits = Mes { $credits }
menu-button-pause = Faire une pause
menu-button-settings = ⚙️ Mes réglages
menu-button-all = Tout voir

menu-menu = ce que je propose
menu-sos = les numéros d'aide, tout de suite
menu-talk = parler à quelqu'un
menu-checkin = dire comment ça va, en privé
menu-agenda = les prochaines séances
menu-credits = vos { $credits }
menu-pause = ne plus rien recevoir pendant un temps
menu-settings = langue, pays, fuseau horaire, pseudo
menu-join = rejoindre le groupe
menu-leave = quitter le groupe
menu-mymonth = vos derniers jours, en mots
menu-resume = finir une pause
menu-statement = vos mouvements, un par un
menu-give = donner des { $credits } à quelqu'un
menu-thanks = remercier quelqu'un
menu-book = réserver une place
menu-cancel = rendre une place, ou arrêter ce qui est en cours
menu-bookings = vos réservations
menu-rules = la charte du groupe
menu-language = choisir la langue
menu-country = choisir le pays, pour les numéros d'aide
menu-timezone = choisir le fuseau horaire
menu-alias = changer de pseudo
menu-discreet = téléphone partagé, messages qui s'effacent, code
menu-session = proposer une séance
menu-attendance = dire qui est venu
menu-prompt = publier un sujet
menu-issue = créer des { $credits } pour quelqu'un
menu-choices = voir et changer mes accords
menu-reverse = corriger un virement
menu-fund = les fonds et leurs budgets
menu-report = dire à l'équipe ce qui ne va pas
menu-block = ne plus rien recevoir de quelqu'un
menu-role = confier un rôle, ou rendre le vôtre
menu-remove = retirer quelqu'un du groupe, en silence
menu-profile = votre profil de pair-aidant
menu-setup = installer le groupe dans ce salon
menu-mydata = une copie de tout ce que je garde de vous
menu-erase = tout effacer
menu-link = joindre vos comptes de plusieurs messageries

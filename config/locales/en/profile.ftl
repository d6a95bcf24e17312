# What a peer supporter offers, and the topics of a group.
# Arguments: typed, text: Text; number: Number; what, more: Msg; every other: Command.

profile-list-more = { $what }, { $more }
profile-nothing-yet = not chosen yet

# /profile
profile-title = Your profile.
profile-why = It says how you help, in which languages and on which topics.
profile-who-sees =
    Who sees it: you, and nobody else today.
    Later it will help to propose you to a person who wants to talk. That person will then see what is written here.
profile-stances = Stance: { $what }
profile-languages = Languages: { $what }
profile-topics = Topics: { $what }
profile-set = Noted.
profile-emptied = Done. Your profile is empty.
profile-restored = Done. This is your profile as it was.
profile-empty-already =
    Your profile is empty already.
    To fill it in: { $profile }
profile-chosen = Chosen: { $what }

profile-ask-stances = How would you like to help? You can choose several.
profile-explain-mentor = • mentor: share what you have been through yourself
profile-explain-listener = • listener: listen, without judging or advising
profile-explain-advocate = • advocate: help with paperwork and with rights
profile-ask-languages = Which languages do you speak? Choose, or write for example: English, Arabic
profile-ask-topics = Which topics are you at ease with? Choose, or write them with commas.
profile-unknown =
    There is a word that I do not know.
    You wrote: { $typed }
profile-did-you-mean = Did you mean: { $what }?
profile-form = In one line, for example: `{ $profile } listener french,english grief,addiction`

profile-button-next = Next
profile-button-done = See my profile
profile-button-choice = { $what }
profile-button-chosen = ✓ { $what }
profile-button-stances = Stance
profile-button-languages = Languages
profile-button-topics = Topics
profile-button-clear = Empty it
profile-button-undo = Go back

profile-stance-mentor = mentor
profile-stance-listener = listener
profile-stance-advocate = advocate

profile-topic-loneliness = loneliness
profile-topic-grief = grief
profile-topic-family = family
profile-topic-separation = separation
profile-topic-work = work
profile-topic-addiction = addiction
profile-topic-illness = illness
profile-topic-stress = stress
profile-topic-exile = exile
profile-topic-money = money
profile-topic-own = { $text }

# /settings topics
profile-settings-topics = Topics of the supporters: { $what }
profile-topics-title = The topics of the group.
profile-topics-ask =
    Supporters choose from this list.
    To change it, write it with commas, for example: `{ $settings } topics grief, addiction, life as a couple`
profile-topics-set = Done.
profile-topics-too-many =
    This list is too long.
    It has { $number } topics at most. Please write a shorter one.
profile-button-usual-topics = The usual list
profile-button-group-topics = Topics

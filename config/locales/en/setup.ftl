# What is asked of a coordinator after /setup, and what is still missing.
# Arguments: every one is a Command.

setup-step-country =
    Which country is your group in?
    Then I show the right help numbers. Choose, or write for example: `{ $settings } country Belgium`
setup-step-association =
    What is the name of the association?
    It answers for the members' data. Write it here.
setup-step-contact =
    How can people reach the team?
    Write a phone number, an address or a name. Members will see it.
setup-button-later = Later
setup-open = Everything is in place. { $checkin } is open to the members.
setup-later = All right. You can do it any time: { $settings }
setup-missing = To open { $checkin } to the members, this is still missing:
setup-missing-association = • the name of the association: `{ $settings } association The House`
setup-missing-contact = • a contact: `{ $settings } contact 020 7946 0000`

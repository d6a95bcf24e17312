# The reasons of gifts: the community's list, and who takes free text.

rules-button-reasons = Reasons of gifts
rules-reasons =
    Reasons offered:
    { $items }
rules-reasons-none = Reasons offered: none
rules-reasons-line = • { $reason }
rules-reasons-explained = A gift without a reason offers this list, by buttons. Each person chooses whether they take free text too: `{ $settings } reasons`
rules-reasons-form = Write, for example: `{ $settings } credits reasons add thank you for the soup` or `{ $settings } credits reasons remove 1`
rules-reasons-bad = There are { $count } reasons at most, of { $total } characters at most, each once. To remove one, give its number.

reasons-title = The reasons of the gifts that you receive.
reasons-free = You read all reasons, free text too.
reasons-list-only = You read only the reasons of the group's list. Free text is not handed to you.
reasons-explained = Who gives to you does not learn it, and reads the same answer.
reasons-button-free = All reasons
reasons-button-list = Only the list
reasons-button = { $reason }
reasons-none = No reason
reasons-ask = For what reason?

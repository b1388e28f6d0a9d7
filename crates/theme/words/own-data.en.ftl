# One's own address, one's own data and the way out.

account-data = Your data
account-data-open = Address, copy, deletion
data-title = Your data
data-address = Mail address
data-address-now = Our mails to you go to { $mail }.
data-address-new = New address
data-address-hint = We send a code there, and tell the old address.
data-address-do = Change the address
data-export = Copy
data-export-what = Everything we have stored about you, in one file (JSON): account, comments, votes, messages, sign-ins.
data-export-do = Download the copy
data-departure = You decide whether your comments stay or go with you.
data-departure-do = On to deletion
data-why = Why sign in once more?
data-why-text = For everything on this page you must have signed in within the last ten minutes, so that a window left open helps nobody.
data-privacy = What we store
address-code-sub = We have written to { $mail }. The code is valid for ten minutes.
address-code-do = Change the address
address-code-none = Look in the spam folder. Is the address spelt correctly?
address-code-back = Enter another address
return-title = Put the old address back?
return-text = Our mails then go to your old address again. All devices are signed out, passkeys added since are removed, and the password is no longer valid.
return-do = Yes, take it back
return-done = Your old address is valid again
return-done-text = Sign in with a code by mail and set a new password, if you want one.
return-over = This link is no longer valid
return-over-text = The change was made more than seven days ago, or has been taken back. If something is wrong, write to the newspaper.
return-imprint = To the imprint
departure-title = Delete the account
departure-texts = What happens to your comments?
departure-keep = They stay, without your name.
departure-remove = They are removed. In their place it says that something was there, so that answers can be understood.
departure-when = When?
departure-later = { $n ->
    [one] Tomorrow. Until then you can change your mind.
   *[other] In { $n } days. Until then you can change your mind.
}
departure-now = At once. This cannot be undone.
departure-do = Delete the account
departure-goes = Your account will be deleted
departure-gone = You are signed out everywhere. Deletion is on { $at }. If you sign in again before that, you can stay.
departure-waits = We delete your account on { $at }. You can still stay.
departure-return = I stay
departure-stays = What stays?
departure-stays-text = Decisions about your comments and open cases, as long as the law asks for it, but without name and address. Your name is given to nobody for a year, so that nobody speaks in it.
say-address-changed = Your new address is valid. The old one has got a mail about it.
say-address-same = That is your present address.
say-departure-choose = Choose what happens to your comments.
say-departure-staff = Whoever works for the paper gives this task back first. Ask your administrators.
say-departure-begun = Your account is being deleted; this can no longer be stopped.
say-departure-already = Your account is on its way out already.

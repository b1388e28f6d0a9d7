# What changes on a page while somebody reads it, and the form that keeps what is typed.

live-new-one = One new comment: show it
live-new-many = Show { $n } new comments
live-vote-lost = Your vote did not arrive. Please try again.
write-left = { $n } characters left.
write-over = { $n } characters too many.
write-saved = Draft saved on this device.
write-lost = The comment did not arrive. Your text stays here; please try again.
write-discard = Discard

# What changes on a page while somebody reads it, and the form that keeps what is typed.

live-new-one = Ein neuer Kommentar: zeigen
live-new-many = { $n } neue Kommentare zeigen
live-vote-lost = Ihre Stimme ist nicht angekommen. Bitte versuchen Sie es noch einmal.
write-left = Noch { $n } Zeichen.
write-over = { $n } Zeichen zu viel.
write-saved = Entwurf auf diesem Gerät gespeichert.
write-lost = Der Kommentar ist nicht angekommen. Ihr Text bleibt hier; bitte versuchen Sie es noch einmal.
write-discard = Verwerfen

# Nachrichten an eine Leserin oder einen Leser, und welche davon als Brief kommen.

inbox-title = Nachrichten
inbox-unread = { $n ->
    [0] Alles gelesen.
    [one] Eine ungelesene Nachricht.
    [100] Mehr als hundert ungelesene Nachrichten.
   *[other] { $n } ungelesene Nachrichten.
}
inbox-open = { $n ->
    [0] Nachrichten
    [one] Nachrichten: eine neu
    [100] Nachrichten: mehr als 100 neu
   *[other] Nachrichten: { $n } neu
}
inbox-new = neu
inbox-all-read = Alles als gelesen vermerken
inbox-empty = Hier steht, wenn jemand auf Sie antwortet, Sie nennt, oder wenn etwas über einen Ihrer Kommentare entschieden wird. Noch ist nichts da.
inbox-mail = Was per E-Mail kommt
inbox-mail-why = Hier auf der Seite steht alles. Per E-Mail schicken wir nur, was Sie wollen.
inbox-mail-keep = Wünsche speichern
topic-replies = Antworten auf Ihre Kommentare
topic-mentions = Kommentare, die Sie nennen
topic-followed = Menschen und Gespräche, denen Sie folgen
topic-decisions = Entscheidungen, die Sie betreffen
topic-featured = Ihre Kommentare, die die Redaktion auswählt
topic-benefits = Vorteile, Codes und Verlosungen
carry-at-once = jedes Mal gleich
carry-hourly = gesammelt, einmal in der Stunde
carry-daily = gesammelt, einmal am Tag
carry-never = nicht per E-Mail
message-somebody = Jemand
message-reply = { $who } hat auf Ihren Kommentar geantwortet
message-mention = { $who } hat Sie in einem Kommentar genannt
message-person = { $who } hat einen Kommentar geschrieben
message-thread = Neue Kommentare in einem Gespräch, dem Sie folgen
message-removed = Ihr Kommentar wurde entfernt
message-restored = Ihr Kommentar steht wieder da
message-featured = Die Redaktion hat Ihren Kommentar ausgewählt
message-verified = Die Redaktion hat Ihren Namen geprüft
message-decided = Eine Entscheidung, die Sie betrifft
message-benefit = Aus der Vorteilswelt
way-out-title = Diese E-Mails abbestellen?
way-out-topic = Dann kommt nichts mehr per E-Mail zu „{ $what }“. Auf der Seite steht es weiterhin unter Nachrichten.
way-out-all = Dann kommen keine Nachrichten mehr per E-Mail. Auf der Seite stehen sie weiterhin.
way-out-do = Abbestellen
way-out-done = Abbestellt
way-out-done-topic = Zu „{ $what }“ kommt nichts mehr per E-Mail.
way-out-done-all = Es kommen keine Nachrichten mehr per E-Mail.
way-out-wishes = Was per E-Mail kommt, selbst wählen
way-out-over = Dieser Link gilt nicht mehr
way-out-over-why = Er ist zu alt. Was per E-Mail kommt, wählen Sie in Ihrem Konto.

say-wishes-kept = Ihre Wünsche gelten.

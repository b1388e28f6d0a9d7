# Where staff works.

desk-nav = Schreibtisch
desk-articles = Artikel
desk-forum = Forum
desk-mail = Postfach
desk-jobs = Aufgaben
desk-new = Neuer Artikel
desk-article = Artikel bearbeiten
desk-view = Ansehen
desk-file = Aus einer Datei
desk-versions = Fassungen
desk-publish = Veröffentlichen
desk-correct = Korrigieren
desk-articles-none = Noch kein Artikel. Mit „Neuer Artikel“ beginnt die Zeitung.
desk-column-headline = Titel
desk-column-section = Ressort
desk-column-state = Stand
desk-column-recording = Ton
desk-column-comments = Kommentare
desk-column-published = Erschienen
desk-column-changed = Geändert
desk-state-published = erschienen
desk-state-corrected = korrigiert
desk-state-withdrawn = zurückgezogen
desk-state-draft = Entwurf
desk-recording-making = in Arbeit
desk-recording-ready = bereit
desk-recording-failed = nicht gelungen
desk-text = Text
desk-text-hint = Oben zwischen den Zeilen mit +++ die Angaben, darunter der Text.
desk-note = Was war falsch?
desk-note-hint = Steht für alle Leser unter dem Artikel. Pflicht beim Korrigieren und beim Zurückziehen.
desk-format = So wird geschrieben
desk-format-sample =
    +++
    slug = "neue-bruecke"
    section = "region"
    kicker = "Verkehr"
    headline = "Die Brücke ist offen"
    lead = "Ein Satz, der alles sagt."
    authors = ["Vorname Nachname"]
    place = "Ort"
    +++

    ![Was man sieht](bild.svg "Text unter dem Bild | Wer es gemacht hat")

    Ein Absatz mit *Betonung* und [Link](https://…).

    ## Zwischentitel

    > Ein Zitat.
    > — Wer es gesagt hat

    - Punkt
desk-sections = Ressorts
desk-withdraw-head = Zurückziehen
desk-withdraw-why = Der Text verschwindet aus der Zeitung; an seiner Stelle steht, wann und warum. Alle Fassungen bleiben aufgehoben.
desk-withdraw = Artikel zurückziehen
desk-until = bis { $at }
desk-forum-now = im Moment
desk-choose = Wählen Sie einen Kommentar. Hier steht dann, worauf er antwortet und wer ihn geschrieben hat, daneben die Entscheidung.
desk-first = Erster Beitrag
desk-comment = Kommentar { $id }
desk-votes = { $up } dafür, { $down } dagegen
desk-author = { $name }: Konto seit { $since }
desk-author-comments = { $n ->
    [one] Kommentar
   *[other] Kommentare
}
desk-history = Frühere Entscheidungen
desk-column-when = Wann
desk-column-comment = Kommentar
desk-column-rule = Regel
desk-column-decision = Entscheidung
desk-column-who = Wer
desk-decision = Entscheidung
desk-which-rule = Nach welcher Regel?
desk-reason = Begründung an { $name }
desk-restore-hint = Steht im Konto des Verfassers. Sagen Sie, warum der Kommentar wieder da ist.
desk-remove = Kommentar entfernen
desk-restore = Kommentar wiederherstellen
mail-why = Diese Zeitung hat keinen Mailserver. Was sie verschicken würde, liegt hier.
mail-to = An { $to }
mail-none = Noch kein Brief.
jobs-waiting = warten
jobs-failing = misslingen
jobs-column-job = Aufgabe
jobs-column-error = Was schiefging
jobs-column-tries = Versuche
jobs-column-next = Nächster Versuch
jobs-again = Noch einmal
jobs-again-which = { $kind } { $id } noch einmal versuchen
jobs-never = keiner mehr
jobs-none = Alles erledigt, nichts misslungen.
jobs-under-way = { $n ->
    [one] Ein Auftrag wartet
   *[other] { $n } Aufträge warten
} und kommt von selbst an die Reihe. Nichts ist misslungen.

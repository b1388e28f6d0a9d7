# Vorteile: Angebote, Codes, Mitgliedskarte, Verlosungen.

benefits-title = Vorteile
benefits-lead = Was Mitglieder bei unseren Partnern bekommen. Ansehen können Sie alles auch ohne Mitgliedschaft.
benefits-card = Ihre Mitgliedskarte
benefits-regions = Gegend
benefits-everywhere = Überall
benefits-draws = Verlosungen
benefits-offers = Angebote
benefits-none = Im Moment gibt es hier kein Angebot. Schauen Sie nächste Woche wieder vorbei.
benefits-gone = vergriffen
benefits-drawn = gezogen
benefits-left = { $n ->
    [one] noch 1 Code
   *[other] noch { $n } Codes
}
benefits-until = bis { $date }
benefits-for-members = Vorteile für Mitglieder
benefits-withdrawn-at = Zurückgezogen am { $at }.
benefits-valid = Gilt
benefits-redeem = Einlösen
benefits-region = Gegend
benefits-partner = Anbieter
benefits-partner-not-us = { $name }, nicht der Verlag
benefits-terms-short = Bedingungen
benefits-terms = Teilnahme­bedingungen
benefits-more = Weitere Vorteile
benefits-all = Alle { $n }
benefits-withdrawn = zurückgezogen
benefits-ahead = noch nicht begonnen
benefits-over = vorbei
benefits-column-offer = Angebot
benefits-column-until = Bis
benefits-column-reserved = Vergeben
benefits-column-spent = Eingelöst
benefits-column-undone = Rückgängig
benefits-column-returned = Zurückgegeben
benefits-column-left = Übrig
benefits-column-table = Tabelle
benefits-table-of = { $name } als CSV
benefits-left-of = { $left } von { $stock }
voucher-reserved = für Sie reserviert
voucher-code = Ihr Code
voucher-copy = Code kopieren
voucher-copied = Kopiert.
voucher-spent = Eingelöst am { $at }.
voucher-scan = Der Anbieter scannt dieses Zeichen oder tippt den Code ein.
voucher-scan-name = Ihr Code als QR-Zeichen
voucher-return = Code zurückgeben (eine Minute lang)
voucher-members = Für Mitglieder mit { $tier }.
voucher-sign-in = Anmelden und Code holen
voucher-stranger = Ihr Konto hat diese Mitgliedschaft noch nicht.
voucher-become = Abo mit dem Konto verbinden
voucher-take = Code holen
voucher-another = Noch einen Code holen
voucher-agree = Damit stimmen Sie den Teilnahmebedingungen zu.
voucher-until = Einlösbar bis
voucher-left = Verbleibend
voucher-left-of = { $stock ->
    [one] { $left } von 1 Code
   *[other] { $left } von { $stock } Codes
}
voucher-each = Je Mitglied
voucher-each-ever = { $n ->
    [one] einmal
   *[other] { $n }-mal
}
voucher-each-in = { $n ->
    [one] einmal
   *[other] { $n }-mal
} { $days ->
    [one] am Tag
    [7] in der Woche
   *[other] in { $days } Tagen
}
voucher-privacy = Der Anbieter erfährt den Code, nicht Ihren Namen.
card-title = Mitgliedskarte
card-until = gültig bis { $date }
card-over = gilt zurzeit nicht
card-scan = Ihre Kartennummer als QR-Zeichen
card-bars = Ihre Kartennummer als Strichcode
card-hint = Zeigen Sie die Karte her, wenn ein Partner danach fragt. Er sieht, ob sie gilt, nicht Ihren Namen.
card-since = Mitglied seit { $date }.
card-codes = Ihre Codes
card-spent = eingelöst
card-open = offen
card-claim = Abo verbinden
card-claim-why = Sie haben ein Abo? Mit der Abonummer und der Postleitzahl der Zustelladresse gehört die Mitgliedschaft zu diesem Konto.
card-number = Abonummer
card-number-hint = Sie steht auf der Rechnung und auf dem Adressaufkleber.
card-proof = Postleitzahl oder Code aus unserem Brief
card-proof-hint = Damit nur Sie Ihr Abo verbinden.
card-claim-do = Verbinden
terms-version = Fassung { $version }, gültig seit { $date }
terms-old = Das ist eine frühere Fassung. Für Codes und Lose von damals gilt sie weiter.
terms-versions = Alle Fassungen
terms-version-of = Fassung { $version }
draw-kicker = Verlosung
draw-cancelled = Abgesagt am { $at }.
draw-is-cancelled = abgesagt
draw-outcome = Das Ergebnis
draw-changed = Die Liste der Lose stimmt nicht mehr.
draw-changed-why = Sie hat nicht mehr die Prüfsumme, die bei der Ziehung veröffentlicht wurde. Jemand hat sie danach geändert.
draw-place = { $place }.
draw-number = Los { $number }
draw-no-name = ohne Namen
draw-declined = verzichtet
draw-wins = gewinnt
draw-substitute = Ersatz
draw-decline = Ersatz rückt nach
draw-decline-why = Warum
draw-nobody = Niemand hat teilgenommen.
draw-closed-at = Gezogen
draw-entries = Lose
draw-list = Liste der Lose
draw-list-hash = Prüfsumme der Liste
draw-seed = Startwert
draw-recipe = So wird gezogen
draw-recipe-lead = Der Zufall, aus dem gezogen wird, ist vor dem ersten Los festgelegt und bleibt bis zum Schluss geheim. Dann wird die Liste der Lose eingefroren, und jeder kann nachrechnen, wer gewonnen hat. Ändert jemand nachher etwas, sieht man es.
draw-recipe-do = Zum Nachrechnen: Rezept und Prüfsumme
draw-proof = Zum Nachrechnen: Prüfsumme und Startwert
draw-recipe-1 = Vor dem ersten Los haben wir einen zufälligen Startwert gemacht. Er bleibt geheim, bis gezogen ist; seine Prüfsumme (SHA-256 von Startwert, Zeilenende und Bedingungen) steht seither hier:
draw-recipe-2 = Zum Schluss wird die Liste der Lose eingefroren: je Los eine Zeile mit Nummer, Leerzeichen und Losschein. Ihre Prüfsumme, die Liste und der Startwert erscheinen hier.
draw-recipe-3 = Für jedes Los wird SHA-256 von „Startwert:Prüfsumme:Nummer“ gerechnet und danach gereiht. Die Ersten gewinnen, die Nächsten sind Ersatz.
draw-terms-text = Bedingungen als Text, wie sie in die Prüfsumme eingehen
draw-you-win = Sie haben gewonnen
draw-entered = Sie sind dabei
draw-how-many = { $winners ->
    [one] Ein Los gewinnt.
   *[other] { $winners } Lose gewinnen.
}
draw-everybody = Mitmachen kann, wer ein Konto hat. Es kostet nichts.
draw-sign-in = Anmelden und mitmachen
draw-my-ticket = Mein Los ansehen
draw-show-name = Mein Name darf erscheinen, wenn ich gewinne
draw-show-name-hint = Sonst steht dort nur die Nummer Ihres Loses.
draw-enter = Mitmachen
draw-your-ticket = Ihr Los: Nummer und Losschein
draw-name-shown = Wenn Sie gewinnen, erscheint Ihr Name.
draw-name-hidden = Wenn Sie gewinnen, erscheint nur die Nummer.
draw-you-win-place = Ihr Los wurde als { $place }. gezogen. Wir haben Ihnen geschrieben.
draw-you-stand-by = Ihr Los ist Ersatz auf Platz { $place }. Wenn jemand verzichtet, rücken Sie nach.
draw-not-this-time = Diesmal wurde Ihr Los nicht gezogen.
draw-leave = Los zurückziehen
draw-closes = Einsendeschluss
draw-substitutes = Lose in Reserve
partner-title = Codes einlösen
partner-undone = rückgängig
partner-undo = Rückgängig (eine Minute lang)
partner-done = Eingelöst: { $short }
partner-code = Code
partner-code-hint = Scannen Sie das Zeichen mit der Kamera, oder tippen Sie den Code ein.
partner-spend = Einlösen
partner-recent = Zuletzt eingelöst
partner-offers = Ihre Angebote
partner-card = Karte prüfen
partner-card-good = Die Karte gilt: { $tier }.
partner-card-bad = Diese Karte gilt zurzeit nicht.
partner-card-number = Kartennummer
partner-card-hint = Zehn Ziffern
partner-card-look = Prüfen
partner-table = Codes als CSV
partner-page = Seite für Leser
desk-benefits = Vorteile
desk-benefits-new = Neues Angebot
desk-benefits-new-draw = Neue Verlosung
desk-benefits-members = Mitglieder und Abos
desk-benefits-table = Zahlen als CSV
desk-benefits-none = Noch kein Angebot. Legen Sie zuerst eine Stufe und einen Partner an, dann das Angebot.
desk-benefits-no-draws = Noch keine Verlosung.
desk-benefits-partners = Partner
desk-benefits-person = Name im Forum
desk-benefits-appoint = Darf einlösen
desk-benefits-dismiss = Darf nicht mehr einlösen
desk-benefits-partner-new = Neuer Partner
desk-benefits-partner-name = Name des Partners
desk-benefits-partner-add = Partner anlegen
desk-benefits-slug = Kurzname
desk-benefits-terms = Allgemeine Bedingungen ansehen
desk-benefits-terms-write = neue Fassung schreiben
desk-benefits-refused = Nichts wurde übernommen. Diese Zeilen gehen so nicht:
desk-benefits-line = Zeile { $line }:
desk-benefits-codes = Codes des Partners
desk-benefits-codes-list = Oder die Codes hier einfügen
desk-benefits-codes-hint = Eine Textdatei oder eine Tabelle mit einer Spalte: ein Code je Zeile, höchstens 20.000. Geht eine Zeile nicht, wird keine übernommen.
desk-benefits-codes-add = Codes hinzufügen
desk-benefits-announce = Verlosung ankündigen
desk-benefits-save = Speichern
desk-benefits-cancel = Verlosung absagen
desk-benefits-withdraw = Angebot zurückziehen
desk-benefits-why = Begründung für Leser
desk-benefits-why-hint = Sie steht auf der Seite. Vergebene Codes bleiben, was sie sind.
desk-benefits-tiers = Stufen
desk-benefits-tier-name = Name der Stufe
desk-benefits-tier-hint = Jede neue Stufe steht über den bisherigen und hat alles, was die darunter haben.
desk-benefits-tier-add = Stufe anlegen
desk-benefits-give = Jemanden zum Mitglied machen
desk-benefits-until = Gültig bis
desk-benefits-until-hint = Leer: bis auf Weiteres.
desk-benefits-give-why = Warum
desk-benefits-give-do = Mitgliedschaft geben
desk-benefits-import = Abos übernehmen
desk-benefits-import-table = Oder die Tabelle hier einfügen
desk-benefits-import-hint = Eine Tabelle, als CSV gespeichert. Die erste Zeile nennt die Spalten: Nummer;Postleitzahl;Stufe;Von;Bis. Bei der Stufe steht ihr Kurzname; Tage schreiben Sie 31.12.2026, der letzte zählt noch ganz, und beide dürfen leer sein. Höchstens 20.000 Zeilen. Geht eine nicht, wird keine übernommen.
desk-benefits-import-do = Übernehmen
desk-benefits-imported = Alles übernommen.
desk-benefits-report = { $new } neu, { $changed } geändert, { $unchanged } unverändert, 0 abgelehnt.
desk-benefits-now = Mitglieder, zuletzt hinzugekommen
desk-benefits-find = Name beginnt mit
desk-benefits-find-do = Suchen
desk-benefits-found-none = Kein Mitglied, dessen Name so beginnt.
desk-benefits-end = Mitgliedschaft beenden
desk-benefits-end-why = Warum sie endet
desk-benefits-end-do = Beenden
benefits-field-slug = Adresse
benefits-field-partner = Partner
benefits-field-kicker = Zeile über dem Titel
benefits-field-headline = Titel
benefits-field-lead = Vorspann
benefits-field-short = Auf dem Gutschein
benefits-field-valid = Gilt
benefits-field-redeem = Einlösen
benefits-field-text = Mehr Text
benefits-field-picture = Bild
benefits-field-picture_alt = Was man auf dem Bild sieht
benefits-field-picture_credit = Bildnachweis
benefits-field-region = Gegend
benefits-field-tier = Stufe
benefits-field-opens = Beginnt
benefits-field-closes = Endet
benefits-field-stock = Stückzahl
benefits-field-per_member = Je Mitglied
benefits-field-per_days = in so vielen Tagen
benefits-field-kind = Woher die Codes kommen
benefits-field-shared_code = Gemeinsamer Code
benefits-field-prefix = Anfang kurzer Codes
benefits-field-spent_here = Der Partner löst auf unserer Seite ein
benefits-field-terms = Bedingungen
benefits-field-prize = Preis
benefits-field-winners = Wie viele gewinnen
benefits-field-substitutes = Wie viele sind Ersatz
benefits-hint-slug = Kleine Buchstaben, Ziffern und Bindestriche, zum Beispiel „theater-im-advent“. Sie bleibt.
benefits-hint-short = Zum Beispiel „2 für 1“.
benefits-hint-picture = Dateiname eines Bildes der Zeitung.
benefits-hint-stock = Leer: so viele, wie gewünscht werden. Bei Codes des Partners zählt seine Liste.
benefits-hint-per_days = Leer: insgesamt. Die Tage zählen ab dem Beginn des Angebots.
benefits-hint-prefix = Zwei bis sechs Buchstaben, nur für kurze Codes.
benefits-hint-terms = Wie ein Artikel: Absätze, Überschriften mit ##, Listen mit Strichen. Geänderte Bedingungen werden eine neue Fassung.
benefits-hint-tier = Alle Stufen darüber dürfen auch.
say-benefit-field = Das lässt sich so nicht übernehmen. Bitte prüfen Sie diese Angabe.
say-benefit-field-at = Prüfen Sie das markierte Feld. Gespeichert wurde nichts.
say-benefit-long = Höchstens { $longest } Zeichen haben Platz.
say-benefit-taken = Diese Adresse oder dieser Name ist schon vergeben. Nehmen Sie einen anderen.
say-benefit-members = Das ist für Mitglieder einer anderen Stufe.
say-benefit-not-yet = Es beginnt am { $opens }.
say-benefit-over = Das ist vorbei.
say-benefit-sold-out = Alle Codes sind vergeben. Wir haben Ihnen keinen abgezogen.
say-benefit-had = Sie haben Ihren Code schon geholt.
say-benefit-had-again = Sie haben Ihren Code schon geholt. Den nächsten gibt es ab { $again }.
say-benefit-late = Das geht nur eine Minute lang und nur einmal.
say-benefit-no-code = Diesen Code hat im Moment niemand von uns. Prüfen Sie ihn Zeichen für Zeichen.
say-benefit-spent = Dieser Code wurde schon eingelöst: { $at }.
say-benefit-no-number = Nummer und Postleitzahl passen nicht zusammen, oder das Abo ist schon mit einem Konto verbunden. Auf der Rechnung steht beides.
say-benefit-too-often = Das waren viele Versuche. In { $seconds } Sekunden geht es weiter.
say-benefit-nobody = Unter diesem Namen gibt es kein Konto.
say-benefit-entered = Sie sind schon dabei. Ein Los genügt.
say-benefit-frozen = Die Liste der Lose ist eingefroren. Daran ändert niemand mehr etwas.
say-benefit-still-open = Gezogen wird erst nach dem Einsendeschluss.
say-benefit-fixed = Darauf haben sich Leser schon verlassen; es bleibt, wie es ist. Legen Sie etwas Neues an.
say-benefit-taken-code = Der Code gehört jetzt Ihnen.
say-benefit-returned = Zurückgegeben. Der Code ist wieder frei.
say-benefit-claimed = Verbunden. Ihre Mitgliedschaft gilt ab jetzt auch hier.
say-benefit-entered-now = Ihr Los ist in der Liste. Viel Glück!
say-benefit-left = Ihr Los ist zurückgezogen, es bleibt nichts davon.
say-benefit-undone = Rückgängig gemacht. Der Code gilt wieder.
say-benefit-saved = Gespeichert.
say-benefit-codes-added = { $n ->
    [one] Ein Code ist dazugekommen.
   *[other] { $n } Codes sind dazugekommen.
}
say-code-unreadable = kein Code: 3 bis 60 Buchstaben, Ziffern und Bindestriche
say-code-twice = steht schon in Zeile { $line }
say-code-known = diesen Code hat uns der Partner schon gegeben
say-table-column = die Spalte { $column ->
    [number] Nummer
    [proof] Postleitzahl
    [tier] Stufe
    [from] Von
   *[until] Bis
} fehlt
say-table-number = keine Abonummer: 1 bis 30 Buchstaben und Ziffern
say-table-proof = keine Postleitzahl und kein Code: 3 bis 30 Buchstaben und Ziffern
say-table-tier = die Stufe „{ $tier }“ gibt es nicht
say-table-date = „{ $day }“ ist kein Tag, oder das Ende liegt vor dem Anfang; schreiben Sie 31.12.2026
say-table-quote = ein Anführungszeichen wird geöffnet und nicht geschlossen
say-table-many = mehr als { $longest } Zeilen; teilen Sie die Tabelle

# Was wo wartet, und was die Redaktion überall vorsichtig macht.

modes-title = Modus
modes-now = Es gilt
modes-order = Ein Artikel geht vor seinem Ressort, das Ressort vor der ganzen Zeitung, eine Tageszeit vor dem ganzen Tag.
modes-none = Kein Modus ist gesetzt: Alles erscheint sofort, außer das Gespräch selbst wartet.
modes-after = Alles erscheint sofort
modes-readers = Alles von Lesern wartet auf Freigabe
modes-everything = Alles wartet auf Freigabe, auch was das Haus schreibt
modes-newcomers-wait = { $n ->
    [one] Neue warten, bis ein Kommentar von ihnen erschienen ist
   *[other] Neue warten, bis { $n } Kommentare von ihnen erschienen sind
}
modes-links = Texte mit Links warten
modes-risk-waits = Texte warten, die die Sortierhilfe mit { $n } % und mehr bewertet
modes-relief-says = { $n ->
    [one] Wartet der älteste Text länger als eine Minute, warten nur noch Links
   *[other] Wartet der älteste Text länger als { $n } Minuten, warten nur noch Links
}
modes-set = Modus setzen
modes-where = Wo?
modes-begins = Ab wann am Tag?
modes-ends = Bis wann?
modes-span-hint = Zum Beispiel 22:00 bis 06:00. Leer gilt den ganzen Tag.
modes-who = Was wartet auf Freigabe?
modes-form-some = Nur, was unten steht; sonst erscheint alles sofort
modes-form-readers = Alles von Lesern
modes-form-everything = Alles, auch was das Haus schreibt
modes-newcomers = Neue: Wie viele Kommentare müssen erschienen sein?
modes-risk = Ab welcher Bewertung der Sortierhilfe, in Prozent?
modes-risk-hint = Wirkt nur, wo die Sortierhilfe läuft.
modes-relief = Nach wie vielen Minuten Wartezeit warten nur noch Links?
modes-relief-hint = Damit Unverdächtiges nicht liegen bleibt, wenn zu viel auf einmal kommt.
modes-set-do = Setzen
modes-caution = Vorsicht in der ganzen Zeitung
modes-caution-hint = Was hier zutrifft, wartet, auch wenn der Modus alles sofort erscheinen lässt. 0 schaltet aus.
modes-alike = Derselbe Text desselben Verfassers unter so vielen anderen Artikeln an einem Tag
modes-refused-percent = So viel Prozent von jemandem wurde zuletzt verweigert oder entfernt, mindestens drei
modes-refused-days = In so vielen Tagen
modes-thread = So viele Kommentare in einem Gespräch in zehn Minuten
modes-caution-do = Übernehmen
say-modes-set = Der Modus gilt ab jetzt.
say-modes-ended = Der Modus gilt nicht mehr.
say-modes-gone = Dieser Modus galt schon nicht mehr.
say-modes-careful = Übernommen: Das gilt ab jetzt in der ganzen Zeitung.
say-modes-span = Schreiben Sie beide Zeiten wie 22:00 und 06:00, oder lassen Sie beide leer.
say-modes-newcomers = Wählen Sie 0 bis { $most } Kommentare.
say-modes-risk = Wählen Sie 1 bis 100 Prozent, oder lassen Sie das Feld leer.
say-modes-relief = Wählen Sie 1 bis { $most } Minuten, oder lassen Sie das Feld leer.
say-modes-caution = Wählen Sie 0 bis 20 Artikel, 0 bis 100 Prozent in 1 bis 365 Tagen und 0 bis 10 000 Kommentare.

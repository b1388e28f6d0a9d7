# Front page, sections, search, articles.

teaser-by = Von { $names }
teaser-recording = Aufnahme,
teaser-listen = anhören
teaser-comments = { $n ->
    [one] Kommentar
   *[other] Kommentare
}
front-edition = Ausgabe { $place }
front-updated = aktualisiert { $time }
front-volume = { $volume }. Jahrgang · Nr. { $issue }
front-volume-only = { $volume }. Jahrgang
front-founded = Gegründet { $year }
front-listen-count = { $n ->
    [one] Ein Beitrag zum Hören
   *[other] { $n } Beiträge zum Hören
}
front-forum-open = Forum offen bis <b>{ $hour }</b>
front-forum-always = Forum offen
front-forum-closed = Forum öffnet <b>{ $hour }</b>
front-forum-rests = Forum geschlossen
front-breaking = Eilmeldung
front-empty = Die erste Ausgabe entsteht gerade. Sobald ein Artikel erschienen ist, steht er hier.
front-opinion = Meinung
front-now = Jetzt
front-discussed = Meistdiskutiert
front-discussed-count = { $n ->
    [one] Ein Kommentar
   *[other] { $n } Kommentare
}
front-listen = Zum Hören
front-listen-all = { $n ->
    [one] Ein Beitrag, vorgelesen
   *[other] Die Ausgabe in { $minutes } Minuten: { $n } Beiträge, vorgelesen.
}
front-listen-start = Alle anhören
front-all = Mehr aus { $section }
section-feed = Als Feed
section-empty = In diesem Ressort ist noch nichts erschienen.
search-title = Artikel suchen
search-label = Wonach suchen Sie?
search-hint = Wort, Name oder Ort
search-do = Suchen
search-count = { $n ->
    [0] Nichts gefunden zu „{ $query }“.
    [one] Ein Artikel zu „{ $query }“
   *[other] { $n } Artikel zu „{ $query }“
}
search-some = Artikel zu „{ $query }“
search-none = Versuchen Sie ein kürzeres Wort, den Ort des Geschehens oder eine andere Schreibweise.
article-by = Von
article-agencies = { $n ->
    [one] mit Material der Agentur
   *[other] mit Material der Agenturen
}
article-source = { $n ->
    [one] Quelle:
   *[other] Quellen:
}
article-updated = aktualisiert
article-copied = Die Adresse ist kopiert.
article-share = Teilen
article-print = Drucken
article-corrected = Korrigiert ({ $at }):
article-versions = Alle Fassungen
article-withdrawn = Zurückgezogen am { $at }.
article-related = Zum Thema
article-figures = In Zahlen
article-corrections = Korrekturen
article-tags = Themen:
article-neighbours = Weiter in { $section }
article-previous = Davor erschienen
article-next = Danach erschienen
versions-kicker = Alle Fassungen
versions-sub = Was an diesem Artikel geändert wurde, steht hier. Keine Fassung verschwindet.
versions-back = Zum Artikel
versions-all = Fassungen
versions-number = Fassung { $n }
versions-current = aktuell
versions-read = Diese Fassung lesen

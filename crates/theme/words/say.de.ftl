# Sentences chosen by other rooms: refusals, confirmations, roles. See `Say`.

say-comment-empty = Da steht noch nichts. Schreiben Sie Ihren Kommentar in das Feld.
say-comment-too-long = Ihr Kommentar ist zu lang: höchstens { $longest } Zeichen haben Platz. Er steht unverändert im Feld.
say-comment-unprintable = Im Text steht ein Zeichen, das wir nicht drucken können. Tippen Sie die Stelle bitte neu.
say-thread-closed = Das Forum hat gerade geschlossen. Ihr Text ist als Entwurf gespeichert und steht in Ihrem Konto.
say-thread-closed-until = Das Forum öffnet am { $until }. Ihr Text ist als Entwurf gespeichert und steht in Ihrem Konto.
say-thread-ended = Dieses Gespräch ist zu Ende und nimmt nichts mehr an.
say-comment-published = Ihr Kommentar ist erschienen.
say-comment-waits = Ihr Kommentar ist angekommen. Jemand aus der Redaktion liest ihn, bevor er erscheint.
say-draft-kept = Ihr Entwurf ist gespeichert.
say-vote-own = Über eigene Kommentare kann man nicht abstimmen.
say-comment-removed = Der Kommentar ist entfernt. Der Verfasser liest Regel und Begründung in seinem Konto.
say-comment-restored = Der Kommentar steht wieder im Gespräch.
say-comment-repeated = Diesen Kommentar haben Sie eben schon geschrieben.
say-comment-too-often = Sie schreiben sehr schnell. In { $seconds } Sekunden geht es weiter; Ihr Text bleibt im Feld.
say-no-such-comment = Diesen Kommentar gibt es nicht mehr. Ihren Text können Sie als eigenen Kommentar schreiben.
say-comment-too-many-lines = Ihr Kommentar hat zu viele Zeilen: höchstens { $most }. Er steht unverändert im Feld.

say-session-over = Sie waren zu lange nicht da und sind abgemeldet. Melden Sie sich wieder an; Ihr Text ist noch da.
say-signed-out = Sie sind abgemeldet.
say-login-wrong = Adresse und Passwort passen nicht zusammen. Versuchen Sie es noch einmal, oder lassen Sie sich einen Code schicken.
say-code-wrong = Dieser Code stimmt nicht. Sehen Sie in der neuesten E-Mail nach; { $left ->
    [one] noch ein Versuch.
   *[other] noch { $left } Versuche.
}
say-sign-in-to-post = Melden Sie sich an. Ihr Text wartet danach im Feld; Sie schicken ihn von dort ab.
say-code-over = Dieser Code gilt nicht mehr. Fordern Sie einen neuen an, und geben Sie ihn in demselben Fenster ein.
say-password-changed = Ihr neues Passwort gilt. Alle anderen Geräte sind abgemeldet.
say-sign-in-again = Bevor Sie das ändern, melden Sie sich bitte noch einmal an.
say-link-over = Dieser Link ist schon benutzt oder zu alt. Fordern Sie einen neuen an.
say-too-often = Das waren viele Versuche. In { $seconds } Sekunden geht es weiter.
say-nobody = Niemand hat diesen Namen.

say-name-short = Der Name ist zu kurz: mindestens { $shortest } Zeichen.
say-name-long = Der Name ist zu lang: höchstens { $longest } Zeichen.
say-name-taken = Diesen oder einen zum Verwechseln ähnlichen Namen gibt es schon. Nehmen Sie bitte einen anderen.
say-password-short = Das Passwort ist zu kurz: mindestens { $shortest } Zeichen.
say-password-long = Das Passwort ist zu lang: höchstens { $longest } Zeichen.
say-password-common = Dieses Passwort errät man leicht. Nehmen Sie ein anderes, zum Beispiel vier Wörter.
say-name-unusual = Das Zeichen „{ $character }“ geht im Namen nicht. Nehmen Sie Buchstaben, Ziffern, Leerzeichen, Punkt und Bindestrich.
say-mail-unlikely = Das ist keine vollständige E-Mail-Adresse. Sie sieht aus wie name@beispiel.at.
say-name-invisible = Im Namen steht ein Zeichen, das man nicht sieht. Tippen Sie ihn bitte neu.
say-name-mixed = Im Namen stehen Buchstaben aus verschiedenen Alphabeten, die man verwechseln kann. Bleiben Sie bei einem.
say-name-reserved = Dieser Name spricht für die Zeitung. Nehmen Sie bitte einen anderen.
say-mail-taken = Zu dieser Adresse gibt es schon ein Konto.
say-password-personal = Dieses Passwort enthält Ihren Namen, Ihre Adresse oder den Namen der Zeitung. Nehmen Sie ein anderes, zum Beispiel vier Wörter.
say-administrator-exists = Diese Zeitung hat schon eine Administratorin oder einen Administrator. Bitten Sie dort um einen Zugang.
say-administrator-last = Wer als Letzter die Administration hat, behält sie, bis jemand anderer sie übernimmt.

say-article-published = Erschienen um { $at }.
say-article-corrected = Korrigiert um { $at }.
say-article-withdrawn = Zurückgezogen um { $at }.
say-article-unchanged = Der Text ist derselbe; es wurde nichts geändert.
say-article-wrong = So kann der Artikel nicht erscheinen: { $reason }
say-article-wrong-line = So kann der Artikel nicht erscheinen. Zeile { $line }: { $reason }
say-article-changed = Jemand hat diesen Artikel geändert, während Sie schrieben. Ihr Text steht noch im Feld: Kopieren Sie ihn, öffnen Sie den Artikel neu und fügen Sie Ihre Änderung dort ein.
say-note-empty = Schreiben Sie für die Leser, was falsch war und was richtig ist.
say-section-unknown = Das Ressort „{ $section }“ gibt es nicht.

say-reason-empty = Schreiben Sie dem Verfasser ein, zwei Sätze, warum.
say-not-removed = Der Kommentar ist nicht entfernt.
say-removed-already = Der Kommentar war schon entfernt.
say-clause-unknown = Wählen Sie die Hausregel, gegen die der Kommentar verstößt.
say-reason-too-long = Die Begründung ist zu lang: höchstens { $longest } Zeichen.

role-reader = Leser
role-moderator = Moderation
role-editor = Redaktion
role-administrator = Administration
say-foreign-origin = Diese Anfrage kam nicht von unserer Seite. Öffnen Sie die Seite hier und versuchen Sie es von da aus noch einmal.

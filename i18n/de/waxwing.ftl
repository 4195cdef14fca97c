# Texte von Waxwing auf Deutsch. Jede Kennung steht in jeder Sprache.

## Das Fenster: Wörter für überall

window-decimal-mark = ,
window-size-bytes = { $count ->
    [one] { $count } Byte
   *[other] { $count } Byte
}
window-size-kilobytes = { $count } KB
window-size-megabytes = { $count } MB
window-size-gigabytes = { $count } GB
window-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
window-moment = { $day }, { $time } Uhr
window-from-to = { $from } bis { $to }
window-cancel = Abbrechen
window-close = Schließen
window-copied = Kopiert
window-desk = Schreibtisch
window-wallet = Brieftasche
window-history = Verlauf
window-settings = Einstellungen
window-too-many-files = Es wurden mehr als { $count } Dateien abgelegt; nur die ersten { $count } wurden übernommen.
window-nothing-pasted = In der Zwischenablage liegt weder eine Datei noch eine Nachricht.
window-no-dialog = Auf diesem System antwortet kein Dateidialog.
window-no-dialog-todo = Geben Sie den Pfad hier ein, legen Sie die Datei auf dem Fenster ab oder installieren Sie xdg-desktop-portal oder zenity.
window-type-path = Pfad einer Datei oder eines Ordners
window-type-target = Speichern unter
window-open = Öffnen
window-save = Speichern
window-no-such-file = Diese Datei gibt es nicht.
window-shortcuts = Tastatur
window-shortcut-open = Dateien öffnen
window-shortcut-paste = Dateien oder eine Nachricht einfügen
window-shortcut-search = Suchen
window-shortcut-step = Nächste oder vorige Nachricht
window-shortcut-places = Schreibtisch, Brieftasche, Verlauf, Einstellungen
window-shortcut-remove = Nachricht vom Schreibtisch nehmen
window-shortcut-tab = Nächstes oder voriges Bedienelement
window-shortcut-press = Bedienelement betätigen
window-shortcut-leave = Schließen, was vorn liegt
window-shortcut-help = Diese Liste
window-key-ctrl = Strg
window-key-shift = Umschalt
window-key-delete = Entf
window-key-enter = Eingabe
window-key-space = Leertaste
window-key-escape = Esc
window-key-tab = Tab
window-wallet-unreadable = Die Brieftasche konnte nicht geöffnet werden: { $reason }
window-wallet-unreadable-todo = Bis Sie das Fenster schließen, wird eine Brieftasche im Arbeitsspeicher benutzt. Die auf der Festplatte wurde nicht angerührt.

## Der Schreibtisch

desk-search = { $count ->
    [0] Suchen
    [one] { $count } Nachricht durchsuchen
   *[other] { $count } Nachrichten durchsuchen
}
desk-open = Öffnen …
desk-open-files = Nachrichten öffnen …
desk-nothing-found = Nichts gefunden.
desk-filter-all = Alle
desk-filter-good = Signiert
desk-filter-doubtful = Fraglich
desk-filter-bad = Bedenklich
desk-filter-unsigned = Unsigniert
desk-waiting = { $count ->
    [one] { $count } Nachricht wartet
   *[other] { $count } Nachrichten warten
}
desk-looking = Wird angesehen …
desk-drop-hint = Legen Sie .eml, .p7m oder einen Ordner irgendwo ab
desk-drop-now = { $count ->
    [one] Loslassen, um die Datei zu öffnen
   *[other] Loslassen, um { $count } Dateien zu öffnen
}
desk-back = Zurück zur Liste
desk-none-selected = Keine Nachricht ist offen
desk-none-selected-hint = Wählen Sie links eine aus.
desk-remove = Vom Schreibtisch nehmen
desk-unreadable-file = { $name } lässt sich nicht lesen
desk-welcome = Von wem ist das? Wurde es verändert? Wer kann es lesen?
desk-welcome-text = Legen Sie eine Nachricht hier ab: Sie sehen, wer sie signiert hat, und lesen, was für Sie verschlüsselt wurde. Zum Signieren und zum Lesen verschlüsselter Post braucht Waxwing Ihr Zertifikat mit seinem Schlüssel.
desk-empty = Legen Sie Nachrichten hier ab
desk-empty-text = Signierte und verschlüsselte Post wird sofort geöffnet; unverschlüsselte können Sie signieren und verschlüsseln. Ordner werden durchsucht, Zertifikate kommen in die Brieftasche.
desk-samples = Beispielnachrichten ausprobieren
desk-checks = Prüfungen
desk-checks-of = Prüfungen: { $name }
desk-chain = Wer bürgt
desk-check-content = Inhalt
desk-content-intact = seit dem Signieren unverändert
desk-content-altered = weicht von dem ab, was signiert wurde
desk-content-unchecked = ließ sich nicht mit dem Signierten vergleichen
desk-check-signer = Person
desk-signer-matches = { $address }, wie unter „Von“
desk-signer-differs = { $address }, anders als unter „Von“
desk-signer-no-address = keine Adresse im Zertifikat
desk-check-certificate = Zertifikat
desk-certificate-missing = fehlt: Importieren Sie das Zertifikat, mit dem signiert wurde
desk-certificate-valid = gültig bis { $day }, für E-Mail bestimmt
desk-certificate-expired = war seit dem { $day } abgelaufen, als signiert wurde
desk-certificate-expired-since = nach dem Signieren am { $day } abgelaufen
desk-certificate-not-yet = erst ab dem { $day } gültig
desk-certificate-not-for-mail = nicht zum Signieren von E-Mail bestimmt
desk-check-issuer = Aussteller
desk-issuer-anchored = { $issuer }, bestätigt von einer Stelle, der Sie vertrauen
desk-issuer-pinned = Sie vertrauen diesem Zertifikat selbst
desk-issuer-unknown = { $issuer }; niemand, dem Sie vertrauen, bestätigt ihn
desk-issuer-rejected = { $issuer }; die Bestätigung hält nicht stand
desk-check-withdrawal = Widerruf
desk-withdrawal-good = nicht widerrufen
desk-withdrawal-revoked = vom Aussteller widerrufen
desk-withdrawal-unknown = ließ sich nicht feststellen
desk-withdrawal-not-checked = nicht nachgesehen
desk-check-time = Signiert
desk-time-claimed = { $moment } (nach der Uhr des Absenders)
desk-time-none = ohne Angabe der Zeit
desk-chain-signer = { $address } · bis { $day }
desk-chain-until = bis { $day }
desk-chain-issuer = ausstellende Stelle · bis { $day }
desk-chain-anchor = für E-Mail vertraut
desk-layer-part = Dies betrifft nur einen Teil der Nachricht:
desk-layer-signed = Signiert von { $name } · { $method }
desk-layer-encrypted = Verschlüsselt · { $cipher } · für { $count ->
    [one] einen Schlüssel
   *[other] { $count } Schlüssel
}
desk-layer-compressed = Komprimiert
desk-layer-certificates = Nur Zertifikate
desk-layer-plain = Weder signiert noch verschlüsselt
desk-signer-unknown = jemandem, dessen Zertifikat fehlt
desk-recipients = Wer es lesen kann
desk-recipient-password = wer das Passwort kennt
desk-field-from = Von
desk-field-sender = Absender
desk-field-reply-to = Antwort an
desk-field-to = An
desk-field-cc = Kopie an
desk-field-date = Datum
desk-field-subject = Betreff
desk-text-outside = Gehört nicht zu dem, was signiert wurde
desk-more = Mehr anzeigen
desk-save = Speichern
desk-attachments-more = und { $count } weitere
desk-working = In Arbeit …
desk-cancelled = Angehalten. Es wurde nichts geschrieben.
desk-save-decrypted = Entschlüsselt speichern
desk-save-evidence = Nachweis speichern
desk-trust = Dieser Person vertrauen
desk-trusted = { $name } wird von nun an vertraut.
desk-certificate = Zertifikat …
desk-sign = Signieren
desk-encrypt = Verschlüsseln
desk-sign-and-encrypt = Signieren und verschlüsseln
desk-readers = Wer es verschlüsselt lesen könnte
desk-reader-known = Zertifikat von { $issuer }
desk-missing-hint = { $count ->
    [one] Ein Zertifikat fehlt. Importieren Sie es, oder öffnen Sie eine Nachricht, die damit signiert wurde.
   *[other] { $count } Zertifikate fehlen. Importieren Sie sie, oder öffnen Sie Nachrichten, die damit signiert wurden.
}
desk-cannot-sign = Sie haben kein Zertifikat für die Adresse des Absenders und können daher nicht in seinem Namen signieren.
desk-made = { $name } wurde gespeichert in { $folder }
desk-gone = Das ist nicht mehr da.
desk-gone-todo = Öffnen Sie die Nachricht noch einmal.
desk-failed-todo = Prüfen Sie, ob in den Ordner geschrieben werden darf, oder wählen Sie in den Einstellungen einen anderen.
desk-no-name-left = zu viele Dateien heißen schon so

## Zertifikate

certificate-subject = Inhaber
certificate-issuer = Aussteller
certificate-validity = Gültig
certificate-serial = Seriennummer
certificate-key = Schlüssel
certificate-fingerprint = Fingerabdruck (SHA-256)
certificate-fingerprint-hint = Vergleichen Sie ihn am Telefon oder persönlich, bevor Sie dem Zertifikat vertrauen.
certificate-copy = Fingerabdruck kopieren

## Die Brieftasche

wallet-import = Zertifikat importieren …
wallet-unlock = Brieftasche entsperren …
wallet-test-identity = Testidentität anlegen …

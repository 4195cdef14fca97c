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
wallet-import-button = Importieren
wallet-loading = Die Brieftasche wird gelesen …
wallet-search = Brieftasche durchsuchen
wallet-identities = Meine Zertifikate
wallet-contacts = Kontakte
wallet-authorities = Zertifizierungsstellen
wallet-no-identities = Noch kein eigenes Zertifikat
wallet-no-identities-text = Importieren Sie Ihre .p12- oder .pfx-Datei, um zu signieren und zu lesen, was für Sie verschlüsselt ist. Eine Testidentität zeigt, wie es geht; sonst vertraut ihr niemand.
wallet-no-contacts = Noch keine Kontakte
wallet-no-contacts-text = Importieren Sie die Zertifikate der Menschen, denen Sie schreiben (.cer, .pem, .p7b), oder vertrauen Sie einer Person, die eine Nachricht signiert hat.
wallet-no-authorities = Keine eigenen Zertifizierungsstellen
wallet-no-authorities-text = Die Stellen, denen Mozilla für E-Mail vertraut, sind eingebaut. Importieren Sie hier weitere, auf die Sie sich verlassen.
wallet-issued-by = ausgestellt von { $issuer }
wallet-valid-until = bis { $day }
wallet-valid-from = ab { $day }
wallet-ended = abgelaufen am { $day }
wallet-is-preferred = bevorzugt
wallet-is-distrusted = von Ihnen abgelehnt
wallet-trusted-since = vertraut seit { $day }
wallet-not-trusted = nur als Zwischenglied
wallet-prefer = Zum Signieren und Verschlüsseln bevorzugen
wallet-preferred = Wird von nun an bevorzugt.
wallet-trust-contact = Diesem Zertifikat vertrauen
wallet-trust-authority = Für E-Mail vertrauen
wallet-untrust = Nicht mehr vertrauen
wallet-distrust = Ablehnen
wallet-undistrust = Nicht mehr ablehnen
wallet-now-trusted = Wird von nun an vertraut.
wallet-no-longer-trusted = Wird nicht mehr vertraut.
wallet-now-distrusted = Wird von nun an abgelehnt.
wallet-no-longer-distrusted = Wird nicht mehr abgelehnt.
wallet-remove-ask = Entfernen …
wallet-remove = Entfernen
wallet-remove-title = { $name } entfernen?
wallet-remove-identity = Auch der private Schlüssel wird entfernt. Was dafür verschlüsselt wurde, lässt sich dann nicht mehr lesen, wenn Sie den Schlüssel nicht anderswo aufbewahren. Das lässt sich nicht rückgängig machen.
wallet-remove-contact = Für diese Person lässt sich erst wieder verschlüsseln, wenn ihr Zertifikat erneut importiert wurde.
wallet-remove-authority = Zertifikate, die sie ausgestellt hat, werden dann vielleicht nicht mehr bestätigt.
wallet-removed = { $name } wurde entfernt.
wallet-password-title = Passwort der Datei
wallet-password-hint = { $file } ist durch ein Passwort geschützt. Es wurde festgelegt, als die Datei entstand.
wallet-password = Passwort
wallet-wrong-password = Das Passwort ist falsch.
wallet-wrong-password-todo = Geben Sie es noch einmal ein und achten Sie auf Groß- und Kleinschreibung. Gemeint ist das Passwort dieser Datei, nicht das Ihres Postfachs.
wallet-damaged = Die Datei ist beschädigt: { $reason }
wallet-damaged-todo = Kopieren oder laden Sie sie noch einmal. Ein Passwort würde nicht helfen.
wallet-key-without-certificate = In der Datei ist ein privater Schlüssel, aber nicht sein Zertifikat.
wallet-key-without-certificate-todo = Importieren Sie zuerst das Zertifikat (.cer oder .pem), dann noch einmal den Schlüssel.
wallet-nothing = In der Datei ist weder ein Zertifikat noch ein Schlüssel.
wallet-nothing-todo = Importieren lassen sich Dateien mit den Endungen .p12, .pfx, .cer, .pem und .p7b.
wallet-unsupported = Die Datei benutzt ein Verfahren, das nicht eingebaut ist: { $reason }
wallet-unsupported-todo = Exportieren Sie sie dort, woher sie kommt, noch einmal mit den heute üblichen Einstellungen.
wallet-unreadable = Die Datei lässt sich nicht lesen: { $reason }
wallet-unreadable-todo = Prüfen Sie, ob sie da ist und ob Sie sie lesen dürfen.
wallet-import-failed = { $file } wurde nicht importiert
wallet-imported = Importiert: { $identities ->
    [0] kein eigenes Zertifikat
    [one] ein eigenes Zertifikat
   *[other] { $identities } eigene Zertifikate
}, { $contacts ->
    [0] kein Kontakt
    [one] ein Kontakt
   *[other] { $contacts } Kontakte
}, { $authorities ->
    [0] keine Zertifizierungsstelle
    [one] eine Zertifizierungsstelle
   *[other] { $authorities } Zertifizierungsstellen
}.
wallet-imported-known = { $count ->
    [one] Es war schon in der Brieftasche.
   *[other] Alle { $count } waren schon in der Brieftasche.
}
wallet-unlock-title = Brieftasche entsperren
wallet-unlock-hint = Ihre privaten Schlüssel sind durch die Passphrase geschützt, die Sie gewählt haben.
wallet-unlock-button = Entsperren
wallet-unlocking = Das dauert einen Augenblick, damit niemand viele Passphrasen durchprobieren kann.
wallet-passphrase = Passphrase
wallet-passphrase-again = Passphrase noch einmal
wallet-passphrases-differ = Die beiden Passphrasen sind verschieden. Geben Sie beide noch einmal ein.
wallet-choose-passphrase = Passphrase wählen
wallet-choose-passphrase-hint = Sie schützt Ihre privaten Schlüssel auf diesem Rechner. Niemand kann sie wiederherstellen: Schreiben Sie sie auf und bewahren Sie sie sicher auf.
wallet-set-passphrase = Passphrase festlegen
wallet-no-passphrase-yet = Es wurde noch keine Passphrase gewählt.
wallet-wrong-passphrase = Die Passphrase ist falsch.
wallet-wrong-passphrase-todo = Geben Sie sie noch einmal ein und achten Sie auf Groß- und Kleinschreibung.
wallet-locked = Die Brieftasche ist gesperrt.
wallet-locked-todo = Entsperren Sie sie, um zu signieren und verschlüsselte Post zu lesen.
wallet-no-keyring-title = Wohin mit Ihren privaten Schlüsseln?
wallet-no-keyring = Der Schlüsselbund des Systems antwortet nicht: { $reason }
wallet-no-keyring-todo = Die Schlüssel können stattdessen in einer Datei mit Passphrase liegen. Oder starten Sie einen Schlüsselbund (GNOME Keyring, KWallet, KeePassXC) und öffnen Sie Waxwing noch einmal.
wallet-use-file = Datei mit Passphrase verwenden
wallet-key-damaged = Der private Schlüssel fehlt oder ist beschädigt.
wallet-key-damaged-todo = Importieren Sie die Identität noch einmal aus ihrer .p12- oder .pfx-Datei.
wallet-vault-failed = Die Verwahrung der Schlüssel ist gescheitert: { $reason }
wallet-store = Die Brieftasche lässt sich nicht lesen oder schreiben: { $reason }
wallet-store-todo = Prüfen Sie den freien Platz und die Rechte am Ordner der Brieftasche.
wallet-newer = Die Brieftasche wurde von einer neueren Version von Waxwing geschrieben.
wallet-newer-todo = Installieren Sie wieder die neuere Version, oder wählen Sie mit --wallet einen anderen Ordner.
wallet-missing = Das ist nicht mehr in der Brieftasche.
wallet-missing-todo = Lesen Sie die Brieftasche noch einmal ein.
wallet-new-identity = Testidentität anlegen
wallet-new-identity-hint = Ein Zertifikat, das für sich selbst bürgt: gut zum Ausprobieren, nicht für Post an andere. Es gilt ein Jahr lang.
wallet-name = Name
wallet-address = E-Mail-Adresse
wallet-make = Anlegen
wallet-identity-made = Die Testidentität von { $name } ist bereit.
wallet-identity-failed = Die Identität konnte nicht angelegt werden: { $reason }
wallet-identity-failed-todo = Prüfen Sie Name und Adresse.

## Verlauf

history-empty = Noch ist nichts geschehen
history-empty-text = Was Sie öffnen, speichern, signieren und verschlüsseln, steht hier, nur auf diesem Rechner.
history-open = Datei öffnen
history-export = Als Datei speichern …
history-verify = Geöffnet
history-decrypt = Entschlüsselt
history-sign = Signiert
history-encrypt = Verschlüsselt
history-done = erledigt
history-not-done = nicht erledigt

## Einstellungen

settings-system = Wie das System
settings-window = Fenster
settings-language = Sprache
settings-appearance = Aussehen
settings-light = Hell
settings-dark = Dunkel
settings-text-size = Schriftgröße
settings-checking = Prüfen
settings-revocation = Widerrufene Zertifikate
settings-revocation-text = Ob nachgesehen wird, ob ein Aussteller ein Zertifikat widerrufen hat.
settings-revocation-off = Nicht nachsehen
settings-revocation-prefer = Nachsehen, wo es geht
settings-revocation-require = Auf Antwort bestehen
settings-network = Netz
settings-network-text = Wer beim Aussteller nachfragt, verrät ihm, dass er eine Nachricht mit diesem Zertifikat bekommen hat.
settings-network-allowed = Darf benutzt werden
settings-network-offline = Wird nie benutzt
settings-making = Neue Nachrichten
settings-profile = Verfahren
settings-profile-text = Verträgliche Nachrichten lassen sich überall lesen; moderne sind besser geschützt, aber nicht jedes Programm liest sie.
settings-profile-compatible = Verträglich
settings-profile-modern = Modern
settings-results = Wohin Ergebnisse kommen
settings-results-beside = Neben die Nachricht, aus der sie entstehen.
settings-results-choose = Ordner wählen …
settings-results-beside-button = Neben die Nachricht
settings-keys = Private Schlüssel
settings-vault-keyring = Der Schlüsselbund des Systems verwahrt sie.
settings-vault-file = Sie liegen in einer Datei mit Ihrer Passphrase.
settings-vault-memory = Sie liegen im Arbeitsspeicher und verschwinden mit diesem Fenster.
settings-about = Öffnet und versiegelt S/MIME-Post. Nichts wird irgendwohin gesendet, außer an Aussteller, wenn Sie nach widerrufenen Zertifikaten sehen lassen.
window-type-folder = Pfad eines Ordners
window-choose = Wählen
desk-field-protected = geschützt

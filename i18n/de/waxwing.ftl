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
window-too-many-files = Nur die ersten { $count } Dateien wurden übernommen; es gibt mehr.
window-nothing-pasted = In der Zwischenablage liegt weder eine Datei noch eine Nachricht.
window-no-dialog = Auf diesem System antwortet kein Dateidialog.
window-no-dialog-todo = Geben Sie den Pfad hier ein, legen Sie die Datei auf dem Fenster ab oder installieren Sie xdg-desktop-portal oder zenity.
window-type-path = Pfad einer Datei oder eines Ordners
window-type-target = Speichern unter
window-open = Öffnen
window-save = Speichern
window-no-such-file = Diese Datei gibt es nicht.
window-no-such-folder = Diesen Ordner gibt es nicht.
window-no-file-name = Das ist ein Ordner. Geben Sie auch den Namen der neuen Datei ein.
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

window-no-display = Es gibt keinen Bildschirm, auf dem sich ein Fenster öffnen ließe.
window-no-display-todo = Starten Sie Waxwing in einer grafischen Sitzung, oder benutzen Sie waxwing-cli, das keine braucht: waxwing-cli --help
window-no-x11 = Waxwing ließ sich nicht auf X11 starten: { $reason }.
window-not-opened = Das Fenster ließ sich nicht öffnen.
window-not-opened-todo = waxwing-cli leistet dasselbe ohne Fenster: waxwing-cli --help

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
desk-clear = Alle vom Schreibtisch nehmen
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
desk-chain-revoked = { $about } · widerrufen
desk-chain-unknown = { $about } · Widerruf unbekannt
desk-layer-part = Dies betrifft nur einen Teil der Nachricht:
desk-layer-signed = Signiert von { $name } · { $method }
desk-layer-encrypted = Verschlüsselt · { $cipher } · für { $count ->
    [one] einen Schlüssel
   *[other] { $count } Schlüssel
}
desk-layer-encrypted-password = Verschlüsselt · { $cipher } · mit einem Passwort
desk-layer-compressed = Komprimiert
desk-layer-certificates = Nur Zertifikate
desk-layer-plain = Weder signiert noch verschlüsselt
desk-signer-unknown = jemandem, dessen Zertifikat fehlt
desk-recipients = Wer es lesen kann
desk-recipient-password = wer das Passwort kennt
reader-certificate = wer das Zertifikat Nr. { $serial } von { $issuer } besitzt
reader-key = wer den Schlüssel { $key } besitzt
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
desk-keep = Zu Kontakten hinzufügen
desk-kept = { $name } ist nun unter Ihren Kontakten. Sie können dieser Person verschlüsselt schreiben.
desk-kept-signing = { $name } ist nun unter Ihren Kontakten. Das Zertifikat ist nur zum Signieren: Zum Verschlüsseln braucht es ein weiteres.
desk-trust-authority = Das Zertifikat von { $name } darf Zertifikate für andere ausstellen. Wer ihm vertraut, vertraut ihnen allen.
desk-trust-authority-todo = Es steht jetzt in der Brieftasche unter den Zertifizierungsstellen. Vertrauen Sie ihm dort, wenn Sie das wollen.
desk-certificate = Zertifikat …
desk-sign = Signieren
desk-encrypt = Verschlüsseln
desk-sign-and-encrypt = Signieren und verschlüsseln
desk-readers = Wer es verschlüsselt lesen könnte
desk-no-readers = Sie nennt weder einen Absender noch jemanden, an den sie geht.
desk-fetch-issuers = Zertifikat des Ausstellers holen
desk-type-password = Passwort eingeben …
desk-password-title = Passwort der Nachricht
desk-password-hint = Die Nachricht wurde mit einem Passwort verschlüsselt. Wer sie geschickt hat, kennt es.
desk-open-with-password = Öffnen
desk-reader-known = Zertifikat von { $issuer }
desk-missing-hint = { $count ->
    [one] Ein Zertifikat fehlt. Importieren Sie es, oder öffnen Sie eine Nachricht, die damit signiert wurde.
   *[other] { $count } Zertifikate fehlen. Importieren Sie sie, oder öffnen Sie Nachrichten, die damit signiert wurden.
}
desk-cannot-sign = Sie haben kein Zertifikat für die Adresse des Absenders und können daher nicht in seinem Namen signieren.
desk-made = { $name } wurde gespeichert in { $folder }
desk-made-bcc = { $count ->
    [one] Für die Adresse im Bcc liegt daneben eine eigene Nachricht. Schicken Sie diese nur dorthin:
   *[other] Für jede der { $count } Adressen im Bcc liegt daneben eine eigene Nachricht. Schicken Sie jede nur an ihre Adresse:
}
desk-made-copy = { $address }: { $name }
desk-made-more = { $count ->
    [one] und eine weitere
   *[other] und { $count } weitere
}
desk-broken = An dieser Nachricht ist Waxwing gescheitert. Das ist ein Fehler des Programms, nicht Ihrer.
desk-broken-todo = Schicken Sie die Nachricht den Entwicklern, wenn Sie sie zeigen dürfen. Alle anderen sind nicht betroffen.
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
wallet-new = Neue Identität …
wallet-test-identity = Testidentität anlegen …
wallet-import-button = Importieren
wallet-loading = Die Brieftasche wird gelesen …
wallet-search = Brieftasche durchsuchen
wallet-identities = Meine Zertifikate
wallet-requests = Anträge
wallet-contacts = Kontakte
wallet-authorities = Zertifizierungsstellen
wallet-no-identities = Noch kein eigenes Zertifikat
wallet-no-identities-text = Importieren Sie Ihre .p12- oder .pfx-Datei, um zu signieren und zu lesen, was für Sie verschlüsselt ist. Eine Testidentität zeigt, wie es geht; sonst vertraut ihr niemand.
wallet-no-contacts = Noch keine Kontakte
wallet-no-contacts-text = Importieren Sie die Zertifikate der Menschen, denen Sie schreiben (.cer, .pem, .p7b), oder nehmen Sie auf dem Schreibtisch auf, wer eine Nachricht signiert hat.
wallet-no-authorities = Keine eigenen Zertifizierungsstellen
wallet-no-authorities-text = Die Stellen, denen Mozilla für E-Mail vertraut, sind eingebaut. Importieren Sie hier weitere, auf die Sie sich verlassen.
wallet-issued-by = ausgestellt von { $issuer }
wallet-valid-until = bis { $day }
wallet-valid-from = ab { $day }
wallet-ended = abgelaufen am { $day }
wallet-is-preferred = bevorzugt
wallet-is-distrusted = von Ihnen abgelehnt
wallet-trusted-since = vertraut seit { $day }
wallet-trusted-for-one = für eine Adresse vertraut
wallet-standing = Verwendung
wallet-trusted-since-for = vertraut seit { $day }, nur für { $address }
wallet-not-trusted = nur als Zwischenglied
wallet-prefer = Zum Signieren und Verschlüsseln bevorzugen
wallet-preferred = Wird von nun an bevorzugt.
wallet-trust-contact = Diesem Zertifikat vertrauen
wallet-trust-for = Für eine Adresse vertrauen …
wallet-trust-for-title = { $name } für eine Adresse vertrauen
wallet-trust-for-hint = Das Zertifikat zählt dann nur für Nachrichten von dieser Adresse, auch wenn es eine andere oder keine nennt. Vergleichen Sie zuvor den Fingerabdruck mit dem Inhaber.
wallet-trust-for-button = Vertrauen
wallet-trust-authority = Für E-Mail vertrauen
wallet-untrust = Nicht mehr vertrauen
wallet-distrust = Ablehnen
wallet-undistrust = Nicht mehr ablehnen
wallet-now-trusted = Wird von nun an vertraut.
wallet-now-trusted-for = Wird von nun an nur für { $address } vertraut.
wallet-no-longer-trusted = Wird nicht mehr vertraut.
wallet-now-distrusted = Wird von nun an abgelehnt.
wallet-no-longer-distrusted = Wird nicht mehr abgelehnt.
wallet-remove-ask = Entfernen …
wallet-remove = Entfernen
wallet-remove-title = { $name } entfernen?
wallet-remove-identity = Auch der private Schlüssel wird entfernt. Was dafür verschlüsselt wurde, lässt sich dann nicht mehr lesen, wenn Sie den Schlüssel nicht anderswo aufbewahren. Das lässt sich nicht rückgängig machen.
wallet-remove-request = Auch der private Schlüssel wird entfernt: Ein Zertifikat, das auf diesen Antrag hin kommt, lässt sich dann nicht verwenden. Das lässt sich nicht rückgängig machen.
wallet-remove-contact = Für diese Person lässt sich erst wieder verschlüsseln, wenn ihr Zertifikat erneut importiert wurde.
wallet-remove-authority = Zertifikate, die sie ausgestellt hat, werden dann vielleicht nicht mehr bestätigt.
wallet-removed = { $name } wurde entfernt.
wallet-password-title = Passwort der Datei
wallet-password-hint = { $file } ist durch ein Passwort geschützt. Es wurde festgelegt, als die Datei entstand.
wallet-password = Passwort
wallet-password-again = Passwort noch einmal
wallet-passwords-differ = Die beiden Passwörter sind verschieden. Geben Sie beide noch einmal ein.
wallet-export = Exportieren …
wallet-export-title = { $name } exportieren
wallet-export-hint = Die Datei wird Ihren privaten Schlüssel enthalten. Wer sie hat und ihr Passwort kennt, kann in Ihrem Namen signieren und lesen, was für Sie verschlüsselt ist. Niemand kann das Passwort wiederherstellen.
wallet-export-for-new = Für heutige Programme
wallet-export-for-old = Für altes Windows und gpgsm
wallet-export-button = Speichern unter …
wallet-save-certificate = Zertifikat speichern …
wallet-wrong-password = Das Passwort ist falsch.
wallet-wrong-password-todo = Geben Sie es noch einmal ein und achten Sie auf Groß- und Kleinschreibung. Gemeint ist das Passwort dieser Datei, nicht das Ihres Postfachs.
wallet-damaged = Die Datei ist beschädigt.
wallet-damaged-todo = Kopieren oder laden Sie sie noch einmal. Ein Passwort würde nicht helfen.
wallet-key-without-certificate = In der Datei ist ein privater Schlüssel, aber nicht sein Zertifikat.
wallet-key-without-certificate-todo = Importieren Sie zuerst das Zertifikat (.cer oder .pem), dann noch einmal den Schlüssel.
wallet-nothing = In der Datei ist weder ein Zertifikat noch ein Schlüssel.
wallet-nothing-todo = Importieren lassen sich Dateien mit den Endungen .p12, .pfx, .cer, .pem und .p7b.
wallet-unsupported = Die Datei benutzt ein Verfahren, das nicht eingebaut ist: { $method }.
wallet-unsupported-todo = Exportieren Sie sie dort, woher sie kommt, noch einmal mit den heute üblichen Einstellungen.
wallet-too-much-work = Die Datei zu öffnen, würde mehr Rechenarbeit kosten, als erlaubt ist.
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
wallet-import-no-mac = An der Datei lässt sich nicht erkennen, ob jemand sie geändert hat: Ihr fehlt der Prüfwert (MAC).
wallet-import-left-out = Ein privater Schlüssel wurde ausgelassen, weil sein Verfahren nicht eingebaut ist: { $method }.
wallet-export-legacy = Eine solche Datei ist mit 3DES und SHA-1 geschützt, damit alte Programme sie lesen können. Wer sie in die Hände bekommt, kann Passwörter schnell durchprobieren.
wallet-export-legacy-todo = Nehmen Sie ein langes Passwort, und löschen Sie die Datei, sobald sie angekommen ist.
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
wallet-no-keyring = Der Schlüsselbund des Systems antwortet nicht.
wallet-no-keyring-todo = Die Schlüssel können stattdessen in einer Datei mit Passphrase liegen. Oder starten Sie einen Schlüsselbund (GNOME Keyring, KWallet, KeePassXC) und öffnen Sie Waxwing noch einmal.
wallet-use-file = Datei mit Passphrase verwenden
wallet-key-damaged = Der private Schlüssel fehlt oder ist beschädigt.
wallet-key-damaged-todo = Importieren Sie die Identität noch einmal aus ihrer .p12- oder .pfx-Datei.
wallet-vault-failed = Die Verwahrung der Schlüssel ist gescheitert.
wallet-store = Die Brieftasche lässt sich nicht lesen oder schreiben.
wallet-store-todo = Versuchen Sie es noch einmal. Wenn das nicht hilft, sehen Sie nach mit: waxwing-cli wallet check
wallet-unusable = Die Brieftasche lässt sich nicht lesen oder schreiben: { $reason }.
wallet-mend-full = Schaffen Sie Platz auf dem Datenträger und versuchen Sie es noch einmal. Verloren ist nichts.
wallet-mend-rights = Verschaffen Sie sich das Recht, im Ordner der Brieftasche zu lesen und zu schreiben, oder wählen Sie mit --wallet einen anderen.
wallet-mend-folder = Wählen Sie mit --wallet einen anderen Ordner.
wallet-file-damaged = Die Datei der Brieftasche ist beschädigt, oder sie ist keine Brieftasche.
wallet-file-damaged-todo = Setzen Sie eine Sicherungskopie von wallet.db an ihre Stelle. Wenn Sie keine haben, benennen Sie sie um (löschen Sie sie nicht) und importieren Sie Ihre Zertifikate noch einmal; private Schlüssel liegen anderswo und wurden nicht angerührt.
wallet-file-foreign = Die Datei wallet.db in diesem Ordner gehört einem anderen Programm.
wallet-busy = Ein anderes Programm schreibt gerade in die Brieftasche.
wallet-busy-todo = Warten Sie, bis es fertig ist, oder schließen Sie es, und versuchen Sie es noch einmal.
wallet-full = Der Datenträger, auf dem die Brieftasche liegt, ist voll.
wallet-read-only = Die Brieftasche lässt sich nur lesen.
wallet-shut = Die Datei der Brieftasche lässt sich nicht öffnen.
wallet-other-key = Der private Schlüssel gehört nicht zu dem Zertifikat.
wallet-other-key-todo = Importieren Sie die Datei, in der beide stehen (.p12 oder .pfx).
wallet-export-failed = Die Datei konnte nicht erzeugt werden.
wallet-export-failed-todo = Prüfen Sie, ob die Brieftasche in Ordnung ist: waxwing-cli wallet check
wallet-passphrase-file = Die Datei, an der Ihre Passphrase geprüft wird, ist beschädigt, und ebenso die privaten Schlüssel daneben: { $file }
wallet-passphrase-file-todo = Setzen Sie eine Sicherungskopie des Ordners an seine Stelle. Wenn Sie keine haben, benennen Sie den Ordner um (löschen Sie ihn nicht) und importieren Sie Ihre .p12-Dateien noch einmal.
wallet-keyring-unwritten = Der Schlüsselbund des Systems konnte nicht schreiben, was er aufbewahren soll.
wallet-keyring-unwritten-todo = Schaffen Sie Platz auf dem Datenträger Ihres persönlichen Ordners, prüfen Sie, ob sich dort schreiben lässt, und versuchen Sie es noch einmal.
wallet-kept-aside = Die Datei, an der Ihre Passphrase geprüft wird, war beschädigt und wurde neu angelegt. Kein privater Schlüssel wurde verändert.
wallet-kept-aside-todo = Die beschädigte Datei wurde aufgehoben: { $file }
wallet-authority = Dieses Zertifikat gehört einer Zertifizierungsstelle. Ihr vertraut man für E-Mail im Ganzen, nicht für eine einzelne Adresse.
wallet-authority-todo = Lassen Sie die Adresse weg, oder wählen Sie das Zertifikat einer Person.
wallet-newer = Die Brieftasche wurde von einer neueren Version von Waxwing geschrieben.
wallet-newer-todo = Installieren Sie wieder die neuere Version, oder wählen Sie mit --wallet einen anderen Ordner.
wallet-missing = Das ist nicht mehr in der Brieftasche.
wallet-missing-todo = Lesen Sie die Brieftasche noch einmal ein.
wallet-fault-database = Die Datei der Brieftasche ist beschädigt.
wallet-fault-certificate = Das Zertifikat { $fingerprint } wurde in der Brieftasche verändert.
wallet-new-identity = Neue Identität
wallet-new-request = Bei einer Zertifizierungsstelle beantragen
wallet-new-request-hint = Waxwing erzeugt einen Schlüssel, der hier bleibt, und einen Zertifikatsantrag (PKCS #10). Schicken Sie den Antrag an eine Zertifizierungsstelle und importieren Sie das Zertifikat, das Sie von ihr bekommen.
wallet-new-test = Zum Ausprobieren
wallet-new-test-hint = Ein Zertifikat, das für sich selbst bürgt: gut zum Ausprobieren, nicht für Post an andere. Es gilt ein Jahr lang.
wallet-name = Name
wallet-address = E-Mail-Adresse
wallet-make = Anlegen
wallet-make-request = Antrag anlegen und speichern
wallet-key-kind = Schlüssel
wallet-key-rsa = RSA 3072, jedem Programm bekannt
wallet-key-p256 = P-256, kurz und schnell
wallet-identity-made = Die Testidentität von { $name } ist bereit.
wallet-request-made = Der Antrag für { $address } ist bereit, sein Schlüssel liegt in der Brieftasche.
wallet-request-todo = Schicken Sie die Datei an eine Zertifizierungsstelle und importieren Sie das Zertifikat, das Sie von ihr bekommen.
wallet-requested-on = beantragt am { $day }
wallet-requested = Beantragt
wallet-request-waits = Wartet auf das Zertifikat. Wenn es da ist, importieren Sie es: Es findet seinen Schlüssel von selbst.
wallet-save-request = Antrag speichern …
wallet-identity-failed = Die Identität konnte nicht angelegt werden.
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
settings-roots = Zertifizierungsstellen
settings-roots-text = Wer für Unterzeichner bürgt, neben den Stellen in Ihrer Brieftasche: die { $count }, denen Mozilla für E-Mail vertraut (Liste { $list } vom { $date }).
settings-roots-on = Der eingebauten Liste vertrauen
settings-roots-system = Verzeichnis des Systems
settings-roots-system-text = Ob auch denen vertraut wird, die das Betriebssystem kennt. Sein Verzeichnis ist meist für Websites gemacht.
settings-roots-system-on = Auch diesem vertrauen
settings-roots-system-off = Nicht verwenden
settings-roots-off = Nur denen in meiner Brieftasche
settings-revocation = Widerrufene Zertifikate
settings-revocation-text = Ob nachgesehen wird, ob ein Aussteller ein Zertifikat widerrufen hat.
settings-revocation-off = Nicht nachsehen
settings-revocation-prefer = Nachsehen, wo es geht
settings-revocation-require = Auf Antwort bestehen
settings-network = Netz
settings-network-text = Wer beim Aussteller nachfragt, verrät ihm, dass er eine Nachricht mit diesem Zertifikat bekommen hat.
settings-network-allowed = Darf benutzt werden
settings-network-offline = Wird nie benutzt
settings-issuers = Fehlende Aussteller
settings-issuers-text = Ob das fehlende Zertifikat eines Ausstellers von der Adresse geholt wird, die im Zertifikat darunter steht. Für diese Adresse bürgt noch niemand: Wer die Nachricht geschrieben hat, kann so erfahren, dass Sie sie lesen.
settings-issuers-ask = Jedes Mal fragen
settings-issuers-always = Immer holen
settings-issuers-never = Nie holen
settings-private = Adressen im eigenen Netz
settings-private-text = Aussteller innerhalb einer Organisation haben ihre Listen oft auf deren eigenen Servern. Solange das nicht erlaubt ist, kann keine Nachricht Waxwing dazu bringen, Rechner in Ihrem Netz anzusprechen.
settings-private-refused = Nie anfragen
settings-private-allowed = Anfragen erlaubt
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
settings-about = Öffnet und versiegelt S/MIME-Post. Nichts wird irgendwohin gesendet, außer an Aussteller, wenn Sie nach widerrufenen Zertifikaten sehen oder fehlende Zertifikate holen lassen.
window-type-folder = Pfad eines Ordners
window-choose = Wählen
desk-field-protected = geschützt
desk-field-outside = Außen steht: { $value }
desk-protect-headers = Kopfzeilen schützen
desk-triple = Auch die verschlüsselte Nachricht signieren

## Urteile: was eine Signatur wert ist

text-and = { $names } und { $last }
text-and-more = { $names } und { $count } weitere
verdict-somebody = Unbekannt
verdict-altered = Nach dem Signieren verändert
verdict-altered-word = Signatur gebrochen
verdict-altered-why = Der Inhalt weicht von dem ab, was { $name } signiert hat.
verdict-altered-why-signature = Die Signatur passt nicht: Das Signierte wurde verändert, oder sie gehört nicht zum Zertifikat von { $name }.
verdict-altered-todo = Bitten Sie um die Nachricht noch einmal. Verlassen Sie sich nicht auf diese Fassung.
verdict-revoked = Das Zertifikat wurde widerrufen
verdict-revoked-word = Widerrufen
verdict-revoked-why = { $issuer } hat das Zertifikat widerrufen, mit dem signiert wurde.
verdict-revoked-todo = Verlassen Sie sich nicht darauf. Fragen Sie auf anderem Weg nach.
verdict-rejected = Das Zertifikat ist nicht annehmbar
verdict-rejected-word = Nicht annehmbar
verdict-rejected-why = Das Zertifikat, mit dem signiert wurde, verstößt gegen eine Regel.
verdict-rejected-todo = Verlassen Sie sich nicht darauf. Fragen Sie auf anderem Weg nach.
verdict-rejected-todo-clock = Prüfen Sie die Uhr dieses Rechners. Geht sie richtig, verlassen Sie sich nicht auf die Nachricht.
verdict-rejected-todo-distrusted = Verlassen Sie sich nicht darauf. Wenn Sie dem Zertifikat doch vertrauen, nehmen Sie die Ablehnung in der Brieftasche zurück.
verdict-other-signer = Von jemand anderem signiert
verdict-other-signer-word = Andere Person
verdict-other-signer-why = Als Absender steht da { $from }, signiert hat { $signer }.
verdict-other-signer-todo = Fragen Sie auf anderem Weg nach, ob die Nachricht wirklich von { $from } ist.
verdict-unreadable = Die Signatur ließ sich nicht prüfen
verdict-unreadable-word = Nicht geprüft
verdict-unreadable-why = Die Signatur lässt sich nicht lesen.
verdict-unreadable-todo = Sehen Sie sich die Einzelheiten an, oder bitten Sie um die Nachricht noch einmal.
verdict-unreadable-todo-certificate = Importieren Sie das Zertifikat, mit dem signiert wurde, und öffnen Sie die Nachricht noch einmal.
verdict-unreadable-todo-content = Öffnen Sie die Nachricht, zu der sie gehört, oder geben Sie die signierte Datei an.
verdict-unreadable-todo-method = Bitten Sie darum, mit einem anderen Verfahren zu signieren.
verdict-partly-signed = Nur ein Teil ist signiert
verdict-partly-signed-word = Teilweise signiert
verdict-partly-signed-why = { $name } hat einen Teil der Nachricht signiert. Den Rest kann jeder geschrieben haben.
verdict-partly-signed-todo = Verlassen Sie sich nur auf den signierten Teil.
verdict-sender-unclear = Signiert, aber die Absenderzeile täuscht
verdict-sender-unclear-word = Absender unklar
verdict-sender-unclear-why = Die Absenderzeile sagt nicht eindeutig, von wem die Nachricht ist. Signiert hat { $name }.
verdict-sender-unclear-why-reason = { $reason } Signiert hat { $name }.
verdict-sender-unclear-todo = Achten Sie auf die Adresse, nicht auf den Namen.
verdict-unknown-issuer = Signiert, Identität nicht bestätigt
verdict-unknown-issuer-word = Unbekannter Aussteller
verdict-unknown-issuer-why = Unverändert. Das Zertifikat nennt { $name }, aber niemand, dem Sie vertrauen, bestätigt das. Ausgestellt hat es { $issuer }.
verdict-unknown-issuer-why-self = Unverändert. Das Zertifikat nennt { $name }, aber niemand bestätigt das: Es bürgt für sich selbst.
verdict-unknown-issuer-todo = Vergleichen Sie den Fingerabdruck auf anderem Weg; vertrauen Sie dem Zertifikat erst dann.
verdict-no-address = Signiert, keine Adresse im Zertifikat
verdict-no-address-word = Ohne Adresse
verdict-no-address-why = Unverändert, aber nichts verbindet { $name } mit der Adresse des Absenders.
verdict-no-address-todo = Sehen Sie sich das Zertifikat an: Gehört es der Person, die Sie erwarten?
verdict-weak = Mit veraltetem Verfahren signiert
verdict-weak-word = Veraltetes Verfahren
verdict-weak-why = Unverändert, soweit das Verfahren es erkennen lässt; solche Signaturen lassen sich heute fälschen.
verdict-weak-why-reason = Unverändert, soweit das Verfahren es erkennen lässt. { $reason }
verdict-weak-todo = Bitten Sie darum, noch einmal mit einem heutigen Verfahren zu signieren.
verdict-expired-at-signing = Mit abgelaufenem Zertifikat signiert
verdict-expired-at-signing-word = War abgelaufen
verdict-expired-at-signing-why = Das Zertifikat von { $certificate } endete am { $end }, die Nachricht nennt aber den { $claimed }.
verdict-expired-at-signing-why-no-time = Das Zertifikat von { $certificate } endete am { $end }, und die Nachricht sagt nicht, wann sie signiert wurde.
verdict-expired-at-signing-why-plain = Das Zertifikat war abgelaufen, als die Nachricht signiert worden sein will.
verdict-expired-at-signing-todo = Bitten Sie darum, das Zertifikat zu erneuern. Prüfen Sie die Uhr dieses Rechners.
verdict-revocation-unknown = Signiert, Widerruf nicht geprüft
verdict-revocation-unknown-word = Widerruf ungeklärt
verdict-revocation-unknown-why = Ihre Einstellungen verlangen zu prüfen, ob das Zertifikat widerrufen wurde, und von { $issuer } liegt dazu nichts Gültiges vor.
verdict-revocation-unknown-why-not-checked = Ihre Einstellungen verlangen zu prüfen, ob das Zertifikat widerrufen wurde, aber niemand ließ sich fragen.
verdict-revocation-unknown-todo = Versuchen Sie es mit Netzverbindung noch einmal.
verdict-expired-since = Signiert, Zertifikat später abgelaufen
verdict-expired-since-word = Später abgelaufen
verdict-expired-since-why = Unverändert. Das Zertifikat von { $certificate } war gültig, als die Nachricht signiert worden sein will ({ $claimed }), und endete am { $end }.
verdict-expired-since-why-plain = Unverändert. Das Zertifikat war gültig, als die Nachricht signiert worden sein will, und ist seither abgelaufen.
verdict-expired-since-todo = Bei einer alten Nachricht ist das in Ordnung. Ist sie neu, bitten Sie darum, das Zertifikat zu erneuern.
verdict-pinned = Signiert von { $name }
verdict-pinned-word = Von Ihnen bestätigt
verdict-pinned-why = Unverändert. Sie vertrauen diesem Zertifikat selbst.
verdict-pinned-why-since = Unverändert. Sie vertrauen diesem Zertifikat seit dem { $since }.
verdict-verified = Signiert von { $name }
verdict-verified-word = Signatur stimmt
verdict-verified-why = Unverändert. { $address } wird von { $issuer } bestätigt.
verdict-unsigned = Nicht signiert
verdict-unsigned-word = Nicht signiert
verdict-unsigned-why = Das kann jeder geschrieben haben.
verdict-unsigned-shut = Signatur nicht sichtbar
verdict-unsigned-shut-why = Ob die Nachricht innen signiert ist, zeigt sich, wenn sie geöffnet wird.

## Vertraulichkeit: wer es lesen konnte

privacy-damaged = Ließ sich nicht öffnen
privacy-damaged-word = Beschädigt
privacy-damaged-why = Der verschlüsselte Inhalt ist beschädigt. Nichts davon wird gezeigt.
privacy-damaged-why-reason = { $reason } Nichts davon wird gezeigt.
privacy-damaged-todo = Bitten Sie um die Nachricht noch einmal.
privacy-damaged-todo-method = Bitten Sie darum, mit einem anderen Verfahren zu verschlüsseln.
privacy-locked = Für einen Schlüssel verschlüsselt, den Sie nicht haben
privacy-locked-password = Mit einem Passwort verschlüsselt
privacy-locked-word = Nicht für Ihre Schlüssel
privacy-locked-why = Sie sagt nicht, wer sie lesen kann.
privacy-locked-why-named = Lesen kann sie { $recipients }.
privacy-locked-why-password = Lesen kann sie, wer ihr Passwort kennt.
privacy-locked-todo = Importieren Sie die Datei mit dem Schlüssel (.p12 oder .pfx), oder bitten Sie darum, für Ihr Zertifikat zu verschlüsseln.
privacy-locked-todo-secret-key = Geben Sie den geheimen Schlüssel auf der Befehlszeile an: waxwing-cli decrypt --secret-key.
privacy-locked-todo-password = Geben Sie hier das Passwort der Nachricht ein; auf der Befehlszeile geht das mit --message-password-file.
privacy-locked-todo-attempts = Geben Sie nur den einen Schlüssel an, der passt, ohne die anderen.
privacy-needs-unlock = Ihre Brieftasche ist gesperrt
privacy-needs-unlock-word = Brieftasche gesperrt
privacy-needs-unlock-why = Die Nachricht ist für einen Ihrer Schlüssel verschlüsselt.
privacy-needs-unlock-todo = Entsperren Sie die Brieftasche, um sie zu lesen.
privacy-opened-weak = Mit veraltetem Verfahren verschlüsselt
privacy-opened-weak-word = Schwach verschlüsselt
privacy-opened-weak-why = Andere konnten sie vielleicht lesen.
privacy-opened-weak-why-reason = { $reason } Andere konnten die Nachricht vielleicht lesen.
privacy-opened-weak-todo = Rechnen Sie nicht damit, dass sie geheim blieb. Bitten Sie darum, ein heutiges Verfahren zu benutzen.
privacy-opened-unauthenticated = Verschlüsselt, aber Änderungen fallen nicht auf
privacy-opened-unauthenticated-word = Verschlüsselt, nicht gegen Änderung
privacy-opened-unauthenticated-why = Die Verschlüsselung zeigt nicht, ob die Nachricht unterwegs verändert wurde, und keine Signatur darin gleicht das aus.
privacy-opened-unauthenticated-why-cipher = { $cipher } zeigt nicht, ob die Nachricht unterwegs verändert wurde, und keine Signatur darin gleicht das aus.
privacy-opened-unauthenticated-todo = Wenn viel davon abhängt, lassen Sie sich den Inhalt bestätigen, und bitten Sie darum, Verschlüsseltes auch zu signieren.
privacy-opened = { $others ->
    [0] Für Sie verschlüsselt
    [one] Für Sie und eine weitere Person verschlüsselt
   *[other] Für Sie und { $others } weitere verschlüsselt
}
privacy-opened-word = Verschlüsselt
privacy-opened-why = Unterwegs konnten sie nur die lesen, für die sie verschlüsselt ist.
privacy-opened-why-unsigned = Unterwegs konnten sie nur die lesen, für die sie verschlüsselt ist. Wer sie geschrieben hat, sagt die Verschlüsselung nicht: Ohne Signatur ist das unbekannt.
privacy-none = Nicht verschlüsselt
privacy-none-word = Nicht verschlüsselt
privacy-none-why = Wer sie weitergab, konnte sie lesen.

## Befunde: was aufgefallen ist

finding-digest-mismatch = Der Inhalt ist nicht der, der signiert wurde.
finding-signature-mismatch = Die Signatur passt nicht zum Zertifikat.
finding-altered-by-line-ends = Unterwegs wurden die Zeilenenden geändert.
finding-altered-by-trailing-blanks = Unterwegs wurden Leerzeichen an Zeilenenden geändert.
finding-altered-by-trailing-lines = Unterwegs kamen leere Zeilen am Ende dazu, oder es fielen welche weg.
finding-altered-by-footer = Unterwegs wurde am Ende Text angefügt, wie es Mailinglisten tun: { $lines ->
        [one] eine Zeile
       *[other] { $lines } Zeilen
    }. Der Rest ist so, wie er signiert wurde.
finding-altered-by-encoding = Ein Mailserver hat sie anders kodiert: Unterschrieben wurde sie als { $signed }, angekommen ist sie als { $found }.
finding-altered-by-charset = Ein Mailserver hat den Text in einen anderen Zeichensatz übertragen: Unterschrieben wurde er als { $signed }, angekommen ist er als { $found }.
finding-altered-by-from-escaping = Eine Postfachdatei hat unterwegs Zeilen geändert, die mit „From “ beginnen.
finding-altered-by-dot-escaping = Ein Mailserver hat unterwegs Zeilen geändert, die mit einem Punkt beginnen.
finding-altered-by-added-part = Unterwegs wurde ein Teil hinzugefügt: { $name }. Der Rest ist so, wie er signiert wurde.
finding-altered-by-removed-part = Unterwegs wurde ein Teil herausgenommen, der jetzt daneben steht: { $name }.
finding-altered-by-folding = Kopfzeilen im Inneren wurden anders geschrieben; sie sagen dasselbe.
finding-altered-by-field = Unterwegs kam im Inneren eine Kopfzeile dazu, oder sie fiel weg: { $field }.
finding-unsupported-algorithm = Ein Verfahren ist nicht eingebaut: { $algorithm } ({ $role }).
finding-missing-certificate = Das Zertifikat, mit dem signiert wurde, liegt nicht vor: { $signer }.
finding-missing-content = Das ist nur eine Signatur; was sie signiert, steht nicht in der Datei.
finding-damaged-attributes = Was zusammen mit dem Inhalt signiert wurde, ist beschädigt („{ $reason }“).
finding-damaged-structure = Der Aufbau ist beschädigt („{ $reason }“).
finding-unusable-key = Der Schlüssel, mit dem signiert wurde, ist nicht benutzbar („{ $reason }“).
finding-no-signers = Angeblich ist das signiert, es enthält aber keine Signatur.
finding-too-many-signatures = Es sind mehr als { $limit ->
    [one] eine Signatur
   *[other] { $limit } Signaturen
}; die übrigen wurden nicht geprüft.
finding-too-many-layers = Die Nachricht ist öfter als { $limit ->
    [one] einmal
   *[other] { $limit }-mal
} verpackt; der Rest wurde nicht geöffnet.
finding-no-issuer = Das Zertifikat von { $certificate } stammt von { $issuer }; dessen eigenes Zertifikat liegt nicht vor.
finding-issuer-available = Das fehlende Zertifikat des Ausstellers von { $certificate } lässt sich von { $url } holen, wenn Sie es erlauben (auf der Befehlszeile mit --fetch-issuers always). Wer diesen Server betreibt, erfährt dadurch, dass die Nachricht geöffnet wurde.
finding-issuer-fetched = Das fehlende Zertifikat des Ausstellers von { $certificate } kam von { $url }.
finding-issuer-not-fetched = Das fehlende Zertifikat des Ausstellers von { $certificate } war von { $url } nicht zu bekommen: { $reason }.
finding-self-signed = Das Zertifikat von { $certificate } bürgt für sich selbst, und Sie haben ihm nicht vertraut.
finding-trust-ended = { $certificate } gilt nur für Zertifikate als vertrauenswürdig, die bis { $end } ausgestellt wurden; dieses ist später ausgestellt: { $start }.
finding-path-budget = Die Suche nach jemandem, der für das Zertifikat bürgt, endete nach { $limit ->
    [one] einem Zertifikat
   *[other] { $limit } Zertifikaten
}.
finding-bad-issuer-signature = Das Zertifikat von { $certificate } nennt { $issuer } als Aussteller, aber dessen Signatur darauf stimmt nicht.
finding-unsupported-issuer-signature = Das Zertifikat von { $certificate } ist mit einem Verfahren signiert, das nicht eingebaut ist: { $algorithm }.
finding-not-yet-valid = Das Zertifikat von { $certificate } gilt erst ab dem { $start }, noch nicht am { $at }.
finding-certificate-expired-at-signing = Das Zertifikat von { $certificate } endete am { $end }, vor dem { $at }.
finding-certificate-expired-since = Das Zertifikat von { $certificate } endete am { $end }, nachdem es benutzt wurde.
finding-issuer-not-ca = { $certificate } hat ein Zertifikat ausgestellt, aber das eigene Zertifikat { $found }.
finding-issuer-key-usage = { $certificate } darf mit seinem Schlüssel keine Zertifikate ausstellen; er ist bestimmt für: { $found }.
finding-path-length = Unter { $certificate } darf { $allowed ->
    [0] keine weitere Zertifizierungsstelle
    [one] eine weitere Zertifizierungsstelle
   *[other] es { $allowed } weitere Zertifizierungsstellen
} stehen; hier sind es { $found }.
finding-key-usage = Das Zertifikat von { $certificate } ist nicht zum Signieren bestimmt, sondern für: { $found }.
finding-not-for-mail = Das Zertifikat von { $certificate } ist nicht für E-Mail bestimmt, sondern für: { $found }.
finding-name-constraint = Das Zertifikat von { $certificate } nennt { $name }. { $issuer } { $kind }: { $subtrees }.
finding-certificate-policy = Eine Stelle der Kette oder die Anfrage verlangt eine Zertifikatsrichtlinie. Das Zertifikat von { $certificate } hat { $found }; nötig ist { $needed }.
finding-any-policy-inhibited = Eine Stelle der Kette verlangt eine benannte Zertifikatsrichtlinie. Das Zertifikat von { $certificate } hat { $found }.
finding-policy-mapping-inhibited = Das Zertifikat von { $certificate } setzt andere Zertifikatsrichtlinien an die Stelle der gültigen ({ $found }), was eine Stelle darüber verbietet.
finding-maps-any-policy = Das Zertifikat von { $certificate } lässt „{ $from }“ für „{ $to }“ stehen; jede Richtlinie muss benannt sein.
finding-unknown-critical-extension = Das Zertifikat von { $certificate } stellt eine Bedingung, die Waxwing nicht kennt: { $oid }.
finding-duplicate-extension = Das Zertifikat von { $certificate } macht eine Angabe zweimal, sodass Programme es verschieden lesen: { $oid }.
finding-damaged-extension = Ein Teil des Zertifikats von { $certificate } ist beschädigt: { $oid }.
finding-distrusted = Sie haben das Zertifikat von { $certificate } abgelehnt.
finding-pinned-by-user = Sie vertrauen diesem Zertifikat seit dem { $since }.
finding-pinned-for-address = Sie vertrauen diesem Zertifikat seit dem { $since } für { $address }.
finding-pinned-for-another-address = Sie vertrauen diesem Zertifikat seit dem { $since }, aber nur für { $address }; diese Adresse steht nicht in der Absenderzeile.
finding-weak-chain = Das Zertifikat von { $certificate } ist mit einem veralteten Verfahren signiert und könnte gefälscht sein.
finding-embedded-content = Die Signatur bringt eigenen Inhalt mit; gezeigt wird ein anderer.
finding-algorithm-mismatch = Das Zertifikat von { $certificate } nennt zwei verschiedene Verfahren für eine Signatur: { $inside } und { $outside }.
finding-address-differs = Als Absender steht da { $from }, im Zertifikat { $addresses }.
finding-no-address = Im Zertifikat steht keine E-Mail-Adresse.
finding-address-case = Als Absender steht da { $from }, im Zertifikat { $address }: Nur Groß- und Kleinschreibung unterscheiden sich.
finding-from-missing = Die Nachricht nennt keinen Absender.
finding-from-several = Die Nachricht nennt mehr als eine Absenderadresse: { $addresses }.
finding-from-malformed = Die Absenderzeile ist fehlerhaft und lässt sich verschieden lesen.
finding-look-alike-address = Die Adresse { $shown } ist so geschrieben, dass man sie für eine andere halten kann. In einfachen Buchstaben lautet sie { $address }.
finding-display-address = Als Absender wird { $shown } angezeigt, die Adresse ist aber { $address }.
finding-display-name = Als Absender wird der Name { $shown } angezeigt, im Zertifikat steht { $name }.
finding-sender-differs = Abgeschickt hat { $sender }, im Zertifikat steht { $addresses }.
finding-reply-to-differs = Antworten gehen an { $replies }; im Zertifikat steht { $addresses }.
finding-weak-digest = { $algorithm } ist veraltet: Signaturen damit lassen sich fälschen.
finding-weak-signature = { $algorithm } ist veraltet: Damit wird heute nicht mehr signiert.
finding-weak-key = Der Schlüssel ist zu kurz: { $key }.
finding-weak-cipher = { $algorithm } ist veraltet: Die Verschlüsselung lässt sich brechen.
finding-unauthenticated-cipher = { $algorithm } zeigt nicht, ob Verschlüsseltes verändert wurde.
finding-signed-in-future = Sie soll am { $at } signiert worden sein; nach der Uhr dieses Computers ist es erst { $now }. Eine der beiden Uhren geht falsch.
finding-clock-differs = Die Uhr der Absenderseite geht vor: Sie nennt { $at }, hier ist es { $now }.
finding-no-signing-time = Es ist nicht angegeben, wann signiert wurde.
finding-date-differs = Als Datum steht da { $date }, in der Signatur { $signed }.
finding-from-differs-outside = Außerhalb des geschützten Teils steht als Absender { $outside }, innerhalb { $inside }.
finding-header-differs = { $field } wurde unterwegs geändert: Außen steht { $outside }, innen { $inside }.
finding-header-missing-outside = { $field } wurde außen entfernt; innen steht { $inside }.
finding-header-not-protected = { $field } steht nur außen, wo es jeder hinzugefügt haben kann: { $outside }.
finding-header-exposed = { $field } sollte verborgen sein, steht aber außen für alle unterwegs lesbar.
finding-header-hidden = Unterwegs für alle verborgen: { $fields }.
finding-header-protection-mode = Der Verfasser will sie verschlüsselt haben (hp="{ $claimed }"), sie ist aber nicht verschlüsselt.
finding-header-protection-mode-clear = Nicht der Verfasser hat sie verschlüsselt (hp="{ $claimed }"); das geschah unterwegs.
finding-micalg-differs = Der Nachrichtenkopf kündigt { $micalg } an, die Signatur benutzt { $used }.
finding-protocol-differs = Der Nachrichtenkopf kündigt eine Signatur anderer Art an: { $protocol }.
finding-outside-signature = Etwas in der Nachricht liegt außerhalb dessen, was signiert wurde.
finding-missing-final-boundary = Das Ende der Nachricht fehlt: Sie könnte abgeschnitten sein.
finding-odd-structure = Die Nachricht ist ungewöhnlich aufgebaut: { $what }.
finding-no-header = Die Datei hat keinen Nachrichtenkopf: Sie ist keine E-Mail.
finding-receipt-requested = Der Unterzeichner bittet um eine signierte Quittung an { $to }. Waxwing sendet keine.
finding-security-label = Der Unterzeichner hat sie eingestuft: { $label }.
finding-security-label-mark = Der Unterzeichner hat sie eingestuft: { $label }, „{ $mark }“.
finding-list-expansion = Eine Mailingliste hat sie am { $at } weitergegeben: { $list }.
finding-content-hint = Der Unterzeichner beschreibt den Inhalt: „{ $hint }“.
finding-signed-receipt = Das ist eine signierte Quittung für eine andere Nachricht.
finding-countersigned = { $name } hat diese Signatur am { $at } gegengezeichnet.
finding-countersigned-no-time = { $name } hat diese Signatur gegengezeichnet.
finding-countersigned-by-somebody = Jemand, der in einem unbestätigten Zertifikat { $name } heißt, hat diese Signatur gegengezeichnet.
finding-countersignature-broken = Die Gegenzeichnung von { $name } zu dieser Signatur stimmt nicht.
finding-countersignature-unchecked = Eine Gegenzeichnung zu dieser Signatur konnte nicht geprüft werden: { $signer }.
finding-brings-certificate = Sie bringt das Zertifikat von { $certificate } mit, ausgestellt von { $issuer }, gültig bis { $end }.
finding-openpgp-encrypted = Sie ist mit OpenPGP verschlüsselt, nicht mit S/MIME: Waxwing öffnet sie nicht.
finding-openpgp-signed = Sie ist mit OpenPGP signiert, nicht mit S/MIME: Waxwing prüft das nicht.
finding-outlook-message = Das ist eine gewöhnliche Nachricht in Outlooks eigener Form: Niemand hat sie signiert, und Outlook hat sie beim Speichern neu geschrieben.
finding-passed-on-by = Weitergeleitet von { $name } und dabei noch einmal signiert.
finding-revocation-not-checked = Ob das Zertifikat widerrufen wurde, wurde nicht geprüft.
finding-revocation-status-unknown = Ob das Zertifikat von { $certificate } widerrufen wurde, ließ sich nicht feststellen.
finding-certificate-revoked = Das Zertifikat von { $certificate } wurde am { $at } widerrufen: { $reason }.
finding-expansion-limit = Im komprimierten Inhalt steckt mehr, als gelesen wird ({ $limit } MiB).
finding-checksum = Zum Inhalt gehört eine Prüfsumme, und sie stimmt. Wer ihn geschrieben hat, sagt sie nicht.
finding-checksum-differs = Der Inhalt passt nicht zu seiner Prüfsumme: Er wurde verändert oder beschädigt.
finding-needs-password = Ein Passwort öffnet sie.
finding-wrong-password = Das Passwort passt nicht.
finding-too-much-work = Das Passwort der Nachricht zu prüfen, würde mehr Rechenarbeit kosten, als erlaubt ist.
finding-too-many-attempts = Es kommen mehr Schlüssel in Frage, als probiert werden: Keiner der ersten { $limit } öffnet es.
finding-needs-secret-key = Ein geheimer Schlüssel, den Sie mit dem Absender vereinbart haben, öffnet sie.
finding-wrong-secret-key = Der geheime Schlüssel passt nicht.
finding-keys-held = Sie haben die Schlüssel von { $holders }.
finding-signed-for-other = Im Absenderfeld steht { $from }, die Signatur ist von { $signer }: Empfänger werden gewarnt.
finding-not-withdrawn = Nicht widerrufen, laut { $by }, Stand { $at }.
finding-revocation-source = Was { $source } über widerrufene Zertifikate sagt, zählt nicht: { $problem }.
finding-revocation-asked = { $url } wurde nach widerrufenen Zertifikaten gefragt.
finding-signed-before-withdrawal = Die Signatur will vom { $signed } sein, vor dem Widerruf ({ $at }). Das sagt nur die Uhr des Absenders, und wer den Schlüssel hat, kann sie zurückstellen.
finding-cipher-of-compatible = Verschlüsselt mit { $cipher }; das liest jedes Programm.
finding-cipher-of-modern = Verschlüsselt mit { $cipher }, wie es Ihre Einstellungen vorziehen.
finding-cipher-by-keys = Verschlüsselt mit { $cipher }: Wer Schlüssel dieser Art hat, kann das lesen.
finding-cipher-by-capabilities = Verschlüsselt mit { $cipher }: Das kann { $who } lesen (Stand { $since }).
finding-cipher-for-all = Verschlüsselt mit { $cipher }: Etwas Besseres können nicht alle Empfänger lesen.
finding-no-key = Keiner Ihrer Schlüssel passt.
finding-wallet-locked = Einer Ihrer Schlüssel passt, aber die Brieftasche ist gesperrt.
finding-decryption-failed = Das lässt sich nicht entschlüsseln: Es ist beschädigt oder nicht für diesen Schlüssel bestimmt.
usage-digital-signature = Signieren
usage-non-repudiation = verbindliches Signieren
usage-key-encipherment = Verschlüsseln von Schlüsseln
usage-key-agreement = Vereinbaren von Schlüsseln
usage-key-cert-sign = Ausstellen von Zertifikaten
usage-crl-sign = Ausstellen von Sperrlisten
usage-other = etwas anderes
authority-not-said = sagt nicht, dass es einer Zertifizierungsstelle gehört
authority-denied = sagt, dass es keiner Zertifizierungsstelle gehört
names-permitted = darf sich nur für diese Namen verbürgen
names-excluded = darf sich für diese Namen nicht verbürgen
policy-any = eine beliebige Richtlinie
policy-none = keine Richtlinie
purpose-server = Webserver
purpose-client = Anmeldung
purpose-code = Programme
purpose-time = Zeitstempel
purpose-ocsp = Auskunft über Widerrufe
role-digest = Hashwert
role-signature = Signatur
role-cipher = Verschlüsselung
role-key-transport = Schlüsseltransport
role-key-agreement = Schlüsselvereinbarung
role-key-wrap = Schlüsselverpackung
role-key-derivation = Schlüsselableitung
role-key-encryption = Schlüsselverschlüsselung
role-key-encapsulation = Schlüsselkapselung
role-content-type = Art des Inhalts
role-recipient = Art des Empfängers
role-label-source = Art des Labels
role-key = Art des Schlüssels
role-curve = elliptische Kurve
role-compression = Komprimierung
role-password = Verschlüsselung mit Passwort
revoked-key-compromise = sein Schlüssel wurde vielleicht gestohlen
revoked-ca-compromise = der Schlüssel der Zertifizierungsstelle wurde vielleicht gestohlen
revoked-affiliation-changed = die Angaben über den Inhaber haben sich geändert
revoked-superseded = es wurde ersetzt
revoked-cessation = es wird nicht mehr gebraucht
revoked-hold = es ist vorläufig gesperrt
revoked-privilege-withdrawn = die Erlaubnis, es zu benutzen, wurde entzogen
revoked-unspecified = ein Grund ist nicht angegeben

# Why somebody who was asked over the network did not answer, as the rest of a sentence.
no-answer-offline = es darf niemand gefragt werden
no-answer-ldap = es ist ein LDAP-Verzeichnis, und gefragt wird nur über Webadressen
no-answer-url = die Adresse darf nicht gefragt werden
no-answer-private-address = die Adresse liegt im eigenen Netz, wo niemand gefragt werden darf
no-answer-redirect-scheme = es wurde auf eine Adresse anderer Art weitergeleitet
no-answer-too-many-redirects = es wurde immer weiter weitergeleitet
no-answer-timeout = es dauerte zu lange
no-answer-host-down = der Server hat eben schon nicht geantwortet
no-answer-too-many-questions = für diese Nachricht wurde schon genug gefragt
no-answer-no-time-left = die Zeit für diese Nachricht war aufgebraucht
no-answer-too-large = es kam mehr, als angenommen wird
no-answer-host-not-found = es gibt keinen solchen Server
no-answer-unreachable = der Server ist nicht erreichbar
no-answer-connection-lost = die Verbindung riss ab
no-answer-tls = seiner verschlüsselten Verbindung war nicht zu trauen
no-answer-no-http = er antwortete nicht wie ein Webserver
no-answer-no-certificate = was kam, ist kein Zertifikat
no-answer-another-issuer = was kam, ist das Zertifikat von jemand anderem
no-answer-status = der Server meldet { $status }

# Why a list or an answer about withdrawn certificates tells nothing.
revocation-stale = seit { $at } müsste es etwas Neueres geben
revocation-not-yet = sie ist aus der Zukunft ({ $at })
revocation-bad-signature = ihre Signatur stimmt nicht
revocation-unsupported-signature = ihre Signatur ließ sich nicht prüfen („{ $reason }“)
revocation-no-signer = von wem ihre Signatur stammt, ist nicht bekannt
revocation-may-not-sign = wer sie signiert hat, darf solche Listen nicht signieren
revocation-signer-not-trusted = wer sie signiert hat, ist dafür nicht vertrauenswürdig
revocation-signer-withdrawn = das Zertifikat dessen, der sie signiert hat, wurde selbst widerrufen
revocation-unknown-critical = sie enthält etwas Wichtiges, das nicht verstanden wird
revocation-no-base = sie enthält nur Änderungen an einer Liste, die nicht vorliegt
revocation-dropped = abgelaufene Zertifikate werden aus ihr gestrichen
revocation-unsuccessful = es wurde keine Auskunft gegeben ({ $status })
revocation-other-certificate = sie betrifft andere Zertifikate
revocation-other-question = sie beantwortet eine andere Frage
revocation-not-known = das Zertifikat ist dort nicht bekannt
revocation-refused = dort wird nicht gefragt: { $reason }
revocation-no-answer = es kam keine brauchbare Antwort: { $reason }
revocation-damaged = sie ist beschädigt („{ $reason }“)

# What is odd about a message.
label-unmarked = ohne Angabe
label-unclassified = offen
label-restricted = nur für den Dienstgebrauch
label-confidential = vertraulich
label-secret = geheim
label-top-secret = streng geheim
odd-missing-boundary = Ihre Teile sind nicht voneinander getrennt
odd-no-parts = Sie soll aus Teilen bestehen und hat keine
odd-ambiguous-boundary = Programme können sie auf mehr als eine Weise in Teile zerlegen
odd-duplicate-field = Ein Kopffeld, das einmal stehen soll, steht zweimal da
odd-malformed-header-line = Eine Zeile im Kopf ist kein Kopffeld
odd-missing-body = Sie endet mit ihrem Kopf
odd-several-messages = Mehrere Nachrichten stehen, wo eine stehen soll
odd-many-recipients = Sie hat mehr Empfänger, als aufgeführt werden
odd-several-protected-fields = ein geschütztes Kopffeld steht mehrmals darin
odd-text-outside-parts = vor ihrem ersten oder hinter ihrem letzten Teil steht Text, den Programme nicht anzeigen
odd-too-deep = Ihre Teile sind tiefer verschachtelt, als nachgesehen wird
odd-too-many-parts = Sie hat mehr Teile oder einen längeren Kopf, als angesehen werden

# Why the system did not do something, as the end of a sentence.
reason-not-found = Eine Datei oder ein Ordner fehlt
reason-no-permission = Sie haben nicht die nötigen Rechte
reason-disk-full = Der Datenträger ist voll
reason-too-large = Die Datei würde größer, als erlaubt ist
reason-no-folder = Was ein Ordner sein soll, ist eine Datei
reason-folder = Das ist ein Ordner
reason-read-only = Der Datenträger lässt sich nur lesen
reason-too-many-files = Es sind zu viele Dateien geöffnet
reason-timed-out = Es hat zu lange gedauert
reason-name = Der Name ist zu lang oder enthält unerlaubte Zeichen
reason-exists = Unter diesem Namen gibt es schon etwas
reason-busy = Ein anderes Programm benutzt sie gerade
reason-memory = Der Arbeitsspeicher reicht nicht
reason-device = Das Laufwerk oder Gerät meldet einen Fehler
reason-ends-early = Die Daten enden zu früh
reason-damaged = Die Daten sind beschädigt
reason-closed = Niemand liest mehr mit
reason-other = Das System meldet einen Fehler
reason-detail = (Technische Angabe: „{ $detail }“)

## Jobs

jobs-cancelled = Es wurde angehalten.
jobs-cancelled-todo = Es ist keine Datei zurückgeblieben; beginnen Sie von neuem, wann Sie möchten.
jobs-not-found = { $file } ist nicht da.
jobs-not-found-todo = Vielleicht wurde die Datei verschoben oder umbenannt. Wählen Sie sie neu aus.
jobs-no-permission = { $file } dürfen Sie nicht lesen.
jobs-no-permission-todo = Bitten Sie den Eigentümer darum, oder kopieren Sie die Datei in einen eigenen Ordner.
jobs-is-folder = { $file } ist ein Ordner ohne Nachrichten.
jobs-is-folder-todo = Nennen Sie einen Ordner mit Nachrichten darin oder die Nachrichten selbst.
jobs-mailbox-changed = { $file } wurde nicht geöffnet: Das Postfach wurde inzwischen geändert, und seine Nachrichten liegen jetzt woanders.
jobs-mailbox-changed-todo = Öffnen Sie das Postfach noch einmal.
jobs-cannot-read = { $file } konnte nicht gelesen werden: { $reason }.
jobs-cannot-read-todo = Speichern Sie die Nachricht im Mailprogramm neu und versuchen Sie es noch einmal.
jobs-too-complex = { $file } ist nicht gebaut wie eine Nachricht, die Menschen senden: { $reason }.
jobs-limit-depth = Ihre Teile sind mehr als { $limit }-fach verschachtelt
jobs-limit-parts = Sie hat mehr als { $limit } Teile
jobs-limit-header = Ihr Kopf hat mehr als { $limit } Bytes
jobs-not-encodable = { $file } lässt sich nicht in die gewünschte Form bringen.
jobs-too-complex-todo = Bitten Sie den Absender, sie in einfacherer Form noch einmal zu senden.
jobs-no-folder = Den Ordner { $folder } gibt es nicht.
jobs-no-folder-todo = Legen Sie ihn an, oder wählen Sie einen anderen.
jobs-file-not-folder = { $file } ist eine Datei und kein Ordner.
jobs-file-not-folder-todo = Nennen Sie für das Ergebnis einen Ordner.
jobs-no-write-permission = In { $folder } darf nichts geschrieben werden.
jobs-no-write-permission-todo = Wählen Sie für das Ergebnis einen eigenen Ordner.
jobs-disk-full = Für { $folder } ist kein Platz mehr.
jobs-disk-full-todo = Schaffen Sie Platz, oder wählen Sie einen Ordner auf einem anderen Laufwerk.
jobs-no-name-left = In { $folder } ist jeder Name für die neue Datei vergeben.
jobs-no-name-left-todo = Wählen Sie einen anderen Ordner, oder entfernen Sie alte Ergebnisse.
jobs-cannot-write = { $file } konnte nicht geschrieben werden: { $reason }.
jobs-cannot-write-todo = Wählen Sie für das Ergebnis einen anderen Ordner und versuchen Sie es noch einmal.
jobs-unusable-key = Ein Schlüssel kann nicht verwendet werden.
jobs-unusable-key-todo = Nehmen Sie ein anderes Zertifikat, oder importieren Sie dieses neu.
jobs-no-identity = Sie haben kein Zertifikat, um für { $name } zu signieren.
jobs-no-identity-todo = Importieren Sie Ihr Zertifikat mit dem privaten Schlüssel (.p12 oder .pfx), oder signieren Sie als jemand anderes.
jobs-cannot-sign-time = Das Zertifikat von { $name } gilt nur vom { $from } bis zum { $to }.
jobs-cannot-sign-usage = Das Zertifikat von { $name } ist nicht zum Signieren von E-Mails bestimmt.
jobs-cannot-sign-distrusted = Sie haben festgelegt, dem Zertifikat von { $name } nicht zu vertrauen.
jobs-cannot-sign-todo = Wählen Sie eines, das gültig und zum Signieren bestimmt ist.
jobs-no-sender = Die Nachricht sagt nicht, von wem sie ist.
jobs-no-sender-todo = Füllen Sie die Zeile „Von“ aus, oder wählen Sie, als wer signiert wird.
jobs-no-recipients = Die Nachricht sagt nicht, an wen sie geht.
jobs-no-recipients-todo = Füllen Sie An, Kopie oder Blindkopie aus, oder wählen Sie die Empfänger.
jobs-missing-certificate = { $count ->
    [one] Die Nachricht kann nicht verschlüsselt werden für { $names }.
   *[other] Die Nachricht kann für { $count } Personen nicht verschlüsselt werden: { $names }.
}
jobs-missing-certificate-todo = Bitten Sie um eine signierte Nachricht oder ein Zertifikat und nehmen Sie es in Ihre Brieftasche auf.
jobs-reason-missing = kein Zertifikat
jobs-reason-not-for-encryption = das Zertifikat ist nicht zum Verschlüsseln bestimmt
jobs-reason-key = der Schlüssel des Zertifikats kann nicht verwendet werden
jobs-reason-distrusted = Sie vertrauen dem Zertifikat nicht
jobs-reason-rejected = auf den Aussteller des Zertifikats ist kein Verlass
jobs-reason-not-yet-valid = das Zertifikat gilt erst ab { $date }
jobs-reason-expired = das Zertifikat ist am { $date } abgelaufen
jobs-reason-unclear = keine eindeutige Mailadresse
jobs-nothing-to-do = Es wurde nicht gesagt, was aus der Nachricht werden soll.
jobs-nothing-to-do-todo = Wählen Sie Signieren, Verschlüsseln oder beides.
jobs-not-encrypted = Die Nachricht ist nicht verschlüsselt.
jobs-not-encrypted-todo = Nichts zu tun: Sie ist lesbar, wie sie ist.
jobs-part-encrypted = Nur ein Teil der Nachricht ist verschlüsselt.
jobs-part-encrypted-todo = Das Fenster zeigt, was darin steht. Als Datei bekommen Sie es, wenn Sie diesen Teil (smime.p7m) sichern und entschlüsseln.
jobs-locked = { $title }. { $why }
jobs-damaged = Die Nachricht konnte nicht entschlüsselt werden: Sie ist beschädigt oder für einen anderen Schlüssel gemacht.
jobs-damaged-todo = Bitten Sie den Absender, sie noch einmal zu senden.

## Die Befehlszeile

cli-signature = Signatur
cli-privacy = Vertraulichkeit
cli-layers = Schichten
cli-attachments = Anhänge
cli-for = für
cli-mine = Sie haben den Schlüssel
cli-written = Geschrieben:
cli-bcc-copy = Kopie für { $address } (Bcc): { $file }
cli-too-many-files = Nur die ersten { $count } Nachrichten werden angesehen; es gibt mehr.
cli-several-results = Es gibt Leser in Bcc, die eigene Nachrichten bekommen; die Standardausgabe nimmt nur eine auf.
cli-several-results-todo = Nennen Sie eine Datei mit -o oder einen Ordner mit --out-dir.
cli-defect = In Waxwing selbst ist etwas schiefgegangen; über diese Nachricht wird nichts gesagt.
cli-defect-todo = Bitte melden Sie es mit den Zeilen darüber und, wenn Sie sie zeigen dürfen, mit der Nachricht.
cli-no-output = Die Standardausgabe kann nicht geschrieben werden: { $reason }.
cli-no-output-todo = Prüfen Sie den Datenträger oder das Programm, zu dem sie führt, oder nennen Sie eine Datei mit -o.
cli-not-introduced = Diese Nachricht beweist nicht, wer sie gesendet hat: { $verdict }. Nichts wurde daraus übernommen.
cli-not-introduced-todo = Bitten Sie den Absender um das Zertifikat als Datei; „waxwing-cli verify“ sagt, was an dieser Nachricht nicht stimmt.
cli-exists = { $file } ist schon da.
cli-exists-todo = Wählen Sie einen anderen Namen; nichts wird je überschrieben.
cli-layer-signed-unreadable = Signiert; die Signatur ist nicht lesbar
cli-wallet-whole = Die Brieftasche ist in Ordnung und jeder Schlüssel ist da.
cli-wallet-empty = Die Brieftasche ist leer.
cli-no-lines = Mit --limit 0 bleibt nichts aufzulisten.
cli-no-lines-todo = Nennen Sie die Zahl der Zeilen, ab 1.
cli-no-entry = Diesen Eintrag gibt es in der Brieftasche nicht.
cli-no-entry-todo = Nennen Sie die Adresse oder mindestens die ersten { $digits } Ziffern des Fingerabdrucks; `waxwing-cli wallet list` zeigt beide.
cli-ambiguous = Mehrere Einträge passen.
cli-ambiguous-todo = Nennen Sie einen davon mit den ersten Ziffern seines Fingerabdrucks: { $entries }
cli-password-of = Passwort von { $file }
cli-new-password = Passwort für die neue Datei
cli-new-password-again = Dasselbe Passwort noch einmal
cli-needs-password = Die Datei ist mit einem Passwort geschützt, und es wurde keines angegeben.
cli-no-new-password = Die neue Datei braucht ein Passwort, und es wurde keines angegeben.
cli-password-todo = Geben Sie es mit --password-file DATEI oder in der Variablen WAXWING_PASSWORD an.
cli-one-password = Eine neue Datei hat ein Passwort, und es wurden mehrere angegeben.
cli-one-password-todo = Nennen Sie mit --password-file eine einzige Datei.
cli-passphrase-todo = Geben Sie die Passphrase mit --passphrase-file DATEI oder in der Variablen WAXWING_PASSPHRASE an.
cli-no-keyring-todo = Starten Sie einen Schlüsselbund (GNOME Keyring, KWallet, KeePassXC), oder bewahren Sie die Schlüssel in Dateien unter einer Passphrase auf: --vault file
cli-no-certificate = In der Datei ist kein Zertifikat.
cli-no-certificate-todo = Zertifikate stehen in Dateien, die auf .pem, .cer, .crt, .der oder .p7b enden.
cli-no-crl = In der Datei ist keine Liste widerrufener Zertifikate.
cli-no-crl-todo = Solche Listen stehen in Dateien, die auf .crl, .pem oder .p7b enden.
cli-damaged-crl = Die Liste widerrufener Zertifikate ist beschädigt.
cli-damaged-crl-todo = Besorgen Sie sie noch einmal von ihrem Aussteller.
cli-no-address = { $address } ist keine Mailadresse.
cli-no-address-todo = Eine Adresse sieht aus wie anna@example.org.

## Die Hilfe der Befehlszeile

help-about = Öffnet und versiegelt S/MIME-Nachrichten: zeigt, wer sie signiert hat und ob sie verändert wurden, und öffnet, was für Sie verschlüsselt ist.
help-statuses = Rückgabewert: 0 jede Nachricht bekam, was verlangt war (verify: verified oder pinned), 1 manche nicht, 2 falsch aufgerufen, 3 eine Datei ließ sich nicht lesen oder schreiben. Der höchste gilt.
help-usage = Aufruf:
help-options-tag = [OPTIONEN]
help-commands = Befehle
help-arguments = Argumente
help-options = Optionen
help-run = Für diesen Lauf
help-wallet = Die Brieftasche
help-value-command = BEFEHL
help-value-file = DATEI
help-value-address = ADRESSE
help-value-address-or-file = ADRESSE|ZERTIFIKAT
help-value-entry = EINTRAG
help-value-name = NAME
help-value-out = ZIEL
help-value-dir = ORDNER
help-value-number = ZAHL
help-value-tag = KÜRZEL
help-help = Diese Hilfe
help-version = Die Version
help-command-help = Diese Hilfe oder die eines Befehls
help-command-verify = Sagen, wer Nachrichten signiert hat, ob sie verändert wurden und wie vertraulich sie waren; nichts wird geschrieben
help-command-decrypt = Nachrichten ohne ihre Verschlüsselung speichern
help-command-sign = Nachrichten signieren
help-command-encrypt = Nachrichten verschlüsseln
help-command-wallet = Identitäten, Kontakte und Zertifizierungsstellen verwalten
help-command-history = Auflisten, was getan wurde, das Neueste zuerst
help-command-wallet-list = Identitäten, Kontakte und Zertifizierungsstellen auflisten
help-command-wallet-import = Zertifikate und Schlüssel aufnehmen: .p12, .pfx, .pem, .cer, .p7b; aus einer signierten Nachricht, wer sie signiert hat
help-command-wallet-export = Eine Identität mit ihrem Schlüssel schreiben, oder ein Zertifikat
help-command-wallet-remove = Einen Eintrag entfernen, eine Identität samt ihrem Schlüssel
help-command-wallet-default = Eine Identität unter denen mit derselben Adresse bevorzugen
help-command-wallet-trust = Einer Zertifizierungsstelle für E-Mail vertrauen, oder einem Zertifikat für sich allein
help-command-wallet-new = Eine Testidentität anlegen, deren Zertifikat für sich selbst bürgt
help-command-wallet-request = Ein Zertifikat beantragen: einen Schlüssel und einen Antrag dafür erzeugen (PKCS #10). Importieren Sie das Zertifikat, wenn es kommt
help-command-wallet-check = Prüfen, ob die Brieftasche in Ordnung ist und jeder Schlüssel da
help-files = Nachrichten; - ist die Standardeingabe
help-signer = Unter dieser Adresse signieren [Vorgabe: die in From]
help-opaque = Den Inhalt in die Signatur legen, wo ihn nur S/MIME-Programme lesen können
help-sign-compress = Komprimieren, was signiert wird (RFC 3274); das lesen wenige Programme
help-encrypt-compress = Komprimieren, was verschlüsselt wird (RFC 3274); das lesen wenige Programme
help-limit = Höchstens so viele Zeilen [Vorgabe: 100]
help-to = Für diese Adresse oder Zertifikatsdatei; wiederholbar [Vorgabe: alle in To, Cc und Bcc, und der Absender]
help-sign = Vor dem Verschlüsseln signieren
help-triple = Vor dem Verschlüsseln signieren und noch einmal außen herum (RFC 2634)
help-protect-headers = Auch Kopfzeilen schützen und den Betreff außerhalb einer Verschlüsselung verbergen (RFC 9788) [Vorgabe: mit --profile modern]
help-no-protect-headers = Kopfzeilen außen lassen, wie sie sind [Vorgabe: mit --profile compatible]
help-output = Das Ergebnis hierhin schreiben; - ist die Standardausgabe [Vorgabe: neben die Nachricht, unter neuem Namen]
help-out-dir = Die Ergebnisse in diesen Ordner schreiben
help-import-files = Was importiert wird; - ist die Standardeingabe
help-what = Eine Adresse oder der Anfang eines Fingerabdrucks
help-signing = Nur zum Signieren
help-encryption = Nur zum Verschlüsseln
help-trust-for = Dem Zertifikat einer Person nur für diese Adresse vertrauen, ob es sie nennt oder nicht
help-revoke = Nicht mehr vertrauen
help-distrust = Misstrauen, wer auch immer sonst dafür bürgt
help-undistrust = Nicht mehr misstrauen
help-new-name = Der Name im Zertifikat
help-new-address = Die Mailadresse im Zertifikat
help-request-name = Der Name, den das Zertifikat haben soll [Vorgabe: die Adresse]
help-request-address = Die Mailadresse, für die es ist
help-key-type = Die Art des Schlüssels: RSA mit 3072 Bit, was jede Zertifizierungsstelle annimmt, oder 4096; die Kurve P-256 oder P-384 [Vorgabe: rsa-3072]
help-request-output = Den Antrag hierhin schreiben, als PEM; - ist die Standardausgabe
help-export-p12 = Als PKCS #12 mit dem Schlüssel, unter dem Passwort aus --password-file oder WAXWING_PASSWORD
help-legacy = Mit 3DES und SHA-1, für Programme, die nichts Neueres lesen: gpgsm vor 2.4, altes Windows und macOS
help-export-cert = Nur das Zertifikat, als PEM; - ist die Standardausgabe
help-p12 = Eine Identität: .p12 oder .pfx; wiederholbar
help-password-file = Das Passwort von --p12 und importierten Dateien ist die erste Zeile dieser Datei; wiederholbar: alle werden der Reihe nach versucht [Vorgabe: WAXWING_PASSWORD]
help-cert = Zertifikate von Kontakten und Zertifizierungsstellen: PEM, DER oder .p7b; wiederholbar
help-key = Ein privater Schlüssel allein, zum Entschlüsseln, PEM oder DER; wiederholbar
help-message-password-file = Das Passwort einer Nachricht, die damit verschlüsselt ist, ist die erste Zeile dieser Datei
help-secret-key = Ein Schlüssel, den Absender und Leser vereinbart haben, wie er ist oder hexadezimal; wiederholbar
help-content = Der Inhalt, den eine abgetrennte Signatur (.p7s) signiert
help-trust = Ein Vertrauensanker; wiederholbar
help-no-builtin-roots = Den eingebauten Zertifizierungsstellen nicht vertrauen
help-system-roots = Auch den Zertifizierungsstellen des Betriebssystems vertrauen, dessen Verzeichnis für Websites gemacht ist
help-no-system-roots = Den Zertifizierungsstellen des Betriebssystems nicht vertrauen, was die Brieftasche auch sagt
help-crl = Eine Liste widerrufener Zertifikate; wiederholbar
help-revocation = Ob geprüft wird, ob Zertifikate widerrufen sind: off, gar nicht; prefer, wo es möglich ist; require, was unbekannt ist, gilt nicht
help-offline = Niemanden über das Netz fragen
help-fetch-issuers = Was geschieht, wo das Zertifikat eines Ausstellers fehlt: ask, sagen, wo es zu haben wäre; always, es holen; never, nichts davon sagen
help-allow-private = Auch bei Adressen dieses Rechners und seines eigenen Netzes anfragen
help-at = Die Zeit, die „jetzt“ bedeutet, etwa 2026-06-01T07:00:00Z
help-profile = Womit neue Nachrichten gemacht werden: compatible, was jedes Programm liest; modern, was besser schützt
help-wallet-dir = Der Ordner, in dem die Brieftasche liegt; er wird angelegt, wenn er fehlt
help-vault = Wer die privaten Schlüssel aufbewahrt: keyring, der Schlüsselbund des Systems; file, Dateien unter einer Passphrase; memory, niemand: sie vergehen mit dem Programm [Vorgabe: keyring, oder file, wo es solche Dateien gibt]
help-passphrase-file = Die Passphrase von --vault file ist die erste Zeile dieser Datei [Vorgabe: WAXWING_PASSPHRASE, oder eine Frage]
help-json = Ein JSON-Objekt je Nachricht ausgeben, eines je Zeile
help-lang = Die Sprache der Ausgabe: en oder de [Vorgabe: die des Systems]
help-window = Für Skripte und Rechner ohne Bildschirm: waxwing-cli
help-window-files = Nachrichten, Zertifikate oder Ordner, die geöffnet werden
help-x11 = Über XWayland laufen, wo sich keine Dateien auf einem Wayland-Fenster ablegen lassen

# Was an einem Befehl falsch ist.

mistake-unknown-option = Die Option „{ $option }“ gibt es nicht.
mistake-unexpected = „{ $word }“ ist zu viel.
mistake-unknown-command = Den Befehl „{ $command }“ gibt es nicht.
mistake-no-command = Es fehlt ein Befehl.
mistake-missing = Es fehlt: { $words }
mistake-conflict = { $option } verträgt sich nicht mit { $others }.
mistake-twice = { $option } ist mehrfach angegeben.
mistake-no-value = { $option } braucht einen Wert.
mistake-wrong-value = { $option } kann nicht „{ $value }“ sein.
mistake-needless-value = { $option } nimmt keinen Wert, angegeben wurde aber „{ $value }“.
mistake-not-utf8 = Ein Wort des Befehls ist kein gültiges UTF-8.
mistake-other = Der Befehl ist falsch.
mistake-values = Möglich sind: { $values }.
mistake-perhaps = Meinten Sie { $word }?
mistake-dash = Wenn es eine Datei ist, setzen Sie -- davor.
mistake-help = „{ $command } --help“ zeigt, was möglich ist.
mistake-moment = Eine Zeit sieht aus wie 2026-06-01T07:00:00Z.
mistake-languages = Verfügbare Sprachen: { $languages }.
mistake-number = Es muss eine ganze Zahl ab 0 sein, und nicht zu groß.
mistake-input-twice = Die Standardeingabe lässt sich nur einmal lesen.
mistake-input-twice-todo = Nennen Sie - nur einmal unter den Dateien.
mistake-one-output = Mehrere Nachrichten lassen sich nicht in eine Datei schreiben.
mistake-one-output-todo = Nennen Sie einen Ordner mit --out-dir.
mistake-both-to-output = Die Nachricht und ihr Bericht können nicht beide zur Standardausgabe gehen.
mistake-both-to-output-todo = Nennen Sie eine Datei mit -o, oder lassen Sie --json weg.

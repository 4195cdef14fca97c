# Texts of Waxwing in English. Every id stands in each language.

## The window: words used everywhere

window-decimal-mark = .
window-size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
window-size-kilobytes = { $count } KB
window-size-megabytes = { $count } MB
window-size-gigabytes = { $count } GB
window-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
window-moment = { $day }, { $time }
window-from-to = { $from } to { $to }
window-cancel = Cancel
window-close = Close
window-copied = Copied
window-desk = Desk
window-wallet = Wallet
window-history = History
window-settings = Settings
window-too-many-files = More than { $count } files were dropped; only the first { $count } were taken.
window-nothing-pasted = There is neither a file nor a message in the clipboard.
window-no-dialog = No file dialog answers on this system.
window-no-dialog-todo = Type the path here, drop the file on the window, or install xdg-desktop-portal or zenity.
window-type-path = Path of a file or folder
window-type-target = Save as
window-open = Open
window-save = Save
window-no-such-file = There is no such file.
window-shortcuts = Keyboard
window-shortcut-open = Open files
window-shortcut-paste = Paste files or a message
window-shortcut-search = Search
window-shortcut-step = Next or previous message
window-shortcut-places = Desk, Wallet, History, Settings
window-shortcut-remove = Take the message off the desk
window-shortcut-tab = Next or previous control
window-shortcut-press = Press the control
window-shortcut-leave = Close what is in front
window-shortcut-help = This list
window-key-ctrl = Ctrl
window-key-shift = Shift
window-key-delete = Delete
window-key-enter = Enter
window-key-space = Space
window-key-escape = Esc
window-key-tab = Tab
window-wallet-unreadable = The wallet could not be opened: { $reason }
window-wallet-unreadable-todo = A wallet in memory is used until you close the window. The one on the disk was not touched.

## The desk

desk-search = { $count ->
    [0] Search
    [one] Search { $count } message
   *[other] Search { $count } messages
}
desk-open = Open…
desk-open-files = Open messages…
desk-nothing-found = Nothing matches.
desk-filter-all = All
desk-filter-good = Signed
desk-filter-doubtful = Look twice
desk-filter-bad = Trouble
desk-filter-unsigned = Unsigned
desk-waiting = { $count ->
    [one] { $count } message waits
   *[other] { $count } messages wait
}
desk-looking = Looking at it…
desk-drop-hint = Drop .eml, .p7m or a folder anywhere
desk-drop-now = { $count ->
    [one] Let go to open the file
   *[other] Let go to open { $count } files
}
desk-back = Back to the list
desk-none-selected = No message is open
desk-none-selected-hint = Choose one on the left.
desk-remove = Take off the desk
desk-unreadable-file = { $name } cannot be read
desk-welcome = Who wrote this? Was it changed? Who can read it?
desk-welcome-text = Drop a message here to see who signed it and to read what was encrypted for you. To sign and to read encrypted mail, Waxwing needs your certificate with its key.
desk-empty = Drop messages here
desk-empty-text = Signed and encrypted mail is opened at once; plain mail can be signed and encrypted. Folders are searched, certificates go to the wallet.
desk-samples = Try the sample messages
desk-checks = Checks
desk-checks-of = Checks: { $name }
desk-chain = Who vouches
desk-check-content = Content
desk-content-intact = unchanged since it was signed
desk-content-altered = differs from what was signed
desk-content-unchecked = could not be compared with what was signed
desk-check-signer = Signer
desk-signer-matches = { $address }, the same as in From
desk-signer-differs = { $address }, not the one in From
desk-signer-no-address = no address in the certificate
desk-check-certificate = Certificate
desk-certificate-missing = not at hand: import the signer’s certificate
desk-certificate-valid = valid until { $day }, meant for mail
desk-certificate-expired = had ended on { $day } before the signature
desk-certificate-expired-since = ended on { $day }, after the signature
desk-certificate-not-yet = not valid before { $day }
desk-certificate-not-for-mail = not meant for signing mail
desk-check-issuer = Issuer
desk-issuer-anchored = { $issuer }, confirmed by an authority that you trust
desk-issuer-pinned = you trust this certificate itself
desk-issuer-unknown = { $issuer }, which nobody you trust confirms
desk-issuer-rejected = { $issuer }; its statement does not hold
desk-check-withdrawal = Withdrawal
desk-withdrawal-good = not withdrawn
desk-withdrawal-revoked = withdrawn by its issuer
desk-withdrawal-unknown = could not be found out
desk-withdrawal-not-checked = not looked up
desk-check-time = Signed
desk-time-claimed = { $moment } (the sender’s clock)
desk-time-none = the signer names no time
desk-chain-signer = { $address } · until { $day }
desk-chain-until = until { $day }
desk-chain-issuer = issuing authority · until { $day }
desk-chain-anchor = trusted for mail
desk-layer-part = This covers only a part of the message:
desk-layer-signed = Signed by { $name } · { $method }
desk-layer-encrypted = Encrypted · { $cipher } · for { $count ->
    [one] one key
   *[other] { $count } keys
}
desk-layer-compressed = Compressed
desk-layer-certificates = Certificates only
desk-layer-plain = Neither signed nor encrypted
desk-signer-unknown = somebody whose certificate is missing
desk-recipients = Who can read it
desk-recipient-password = whoever knows the password
desk-field-from = From
desk-field-sender = Sender
desk-field-reply-to = Reply to
desk-field-to = To
desk-field-cc = Copy to
desk-field-date = Date
desk-field-subject = Subject
desk-text-outside = Not part of what was signed
desk-more = Show more
desk-save = Save
desk-attachments-more = and { $count } more
desk-working = Working…
desk-cancelled = Stopped. Nothing was written.
desk-save-decrypted = Save decrypted
desk-save-evidence = Save evidence
desk-trust = Trust this signer
desk-trusted = { $name } is trusted from now on.
desk-certificate = Certificate…
desk-sign = Sign
desk-encrypt = Encrypt
desk-sign-and-encrypt = Sign and encrypt
desk-readers = Who could read it, encrypted
desk-reader-known = certificate by { $issuer }
desk-missing-hint = { $count ->
    [one] One certificate is missing. Import it, or open a message that its owner signed.
   *[other] { $count } certificates are missing. Import them, or open messages that their owners signed.
}
desk-cannot-sign = You have no certificate for the sender’s address, so that you cannot sign as the sender.
desk-made = { $name } was saved in { $folder }
desk-gone = It is not there any more.
desk-gone-todo = Open the message again.
desk-failed-todo = Check that the folder can be written to, or choose another one in the settings.
desk-no-name-left = too many files have this name already

## Certificates

certificate-subject = Holder
certificate-issuer = Issuer
certificate-validity = Valid
certificate-serial = Serial
certificate-key = Key
certificate-fingerprint = Fingerprint (SHA-256)
certificate-fingerprint-hint = Compare it by telephone or in person before you trust the certificate.
certificate-copy = Copy fingerprint

## The wallet

wallet-import = Import a certificate…
wallet-unlock = Unlock wallet…
wallet-test-identity = Make a test identity…

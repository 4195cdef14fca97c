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
wallet-import-button = Import
wallet-loading = Reading the wallet…
wallet-search = Search the wallet
wallet-identities = My certificates
wallet-contacts = Contacts
wallet-authorities = Authorities
wallet-no-identities = No certificate of yours yet
wallet-no-identities-text = Import your .p12 or .pfx file to sign and to read what is encrypted for you. A test identity shows how it works, but nobody else trusts it.
wallet-no-contacts = No contacts yet
wallet-no-contacts-text = Import the certificates of people you write to (.cer, .pem, .p7b), or trust the signer of a message.
wallet-no-authorities = No authorities of your own
wallet-no-authorities-text = The authorities that Mozilla trusts for mail are built in. Import another one here if you rely on it.
wallet-issued-by = issued by { $issuer }
wallet-valid-until = until { $day }
wallet-valid-from = from { $day }
wallet-ended = ended on { $day }
wallet-is-preferred = preferred
wallet-is-distrusted = not trusted by you
wallet-trusted-since = trusted since { $day }
wallet-not-trusted = only used to build chains
wallet-prefer = Prefer for signing and encryption
wallet-preferred = Preferred from now on.
wallet-trust-contact = Trust this certificate
wallet-trust-authority = Trust for mail
wallet-untrust = Trust no longer
wallet-distrust = Distrust
wallet-undistrust = Distrust no longer
wallet-now-trusted = Trusted from now on.
wallet-no-longer-trusted = No longer trusted by you.
wallet-now-distrusted = Distrusted from now on.
wallet-no-longer-distrusted = No longer distrusted.
wallet-remove-ask = Remove…
wallet-remove = Remove
wallet-remove-title = Remove { $name }?
wallet-remove-identity = The private key is removed too. Mail that was encrypted for it cannot be read any more, unless you keep a copy of the key elsewhere. This cannot be taken back.
wallet-remove-contact = Mail to this person can then be encrypted only after their certificate was imported again.
wallet-remove-authority = Certificates that it issued may then no longer be confirmed.
wallet-removed = { $name } was removed.
wallet-password-title = Password of the file
wallet-password-hint = { $file } is protected by a password. It was set when the file was made.
wallet-password = Password
wallet-wrong-password = The password is wrong.
wallet-wrong-password-todo = Type it again; mind upper and lower case. It is the password of this file, not that of your mail account.
wallet-damaged = The file is damaged: { $reason }
wallet-damaged-todo = Copy or download it again. A password would not help.
wallet-key-without-certificate = There is a private key in the file, but not its certificate.
wallet-key-without-certificate-todo = Import the certificate first (.cer or .pem), then the key again.
wallet-nothing = There is neither a certificate nor a key in the file.
wallet-nothing-todo = Files that can be imported end in .p12, .pfx, .cer, .pem or .p7b.
wallet-unsupported = The file uses a method that is not built in: { $reason }
wallet-unsupported-todo = Export it again from where it comes, with today’s default settings.
wallet-unreadable = The file cannot be read: { $reason }
wallet-unreadable-todo = Check that it is there and that you may read it.
wallet-import-failed = { $file } was not imported
wallet-imported = Imported: { $identities ->
    [0] no certificate of yours
    [one] one certificate of yours
   *[other] { $identities } certificates of yours
}, { $contacts ->
    [0] no contact
    [one] one contact
   *[other] { $contacts } contacts
}, { $authorities ->
    [0] no authority
    [one] one authority
   *[other] { $authorities } authorities
}.
wallet-imported-known = { $count ->
    [one] It was in the wallet already.
   *[other] All { $count } were in the wallet already.
}
wallet-unlock-title = Unlock the wallet
wallet-unlock-hint = Your private keys are protected by the passphrase that you chose.
wallet-unlock-button = Unlock
wallet-unlocking = This takes a moment, so that nobody can try many passphrases.
wallet-passphrase = Passphrase
wallet-passphrase-again = Passphrase once more
wallet-passphrases-differ = The two passphrases differ. Type both again.
wallet-choose-passphrase = Choose a passphrase
wallet-choose-passphrase-hint = It protects your private keys on this computer. Nobody can restore it: write it down and keep it safe.
wallet-set-passphrase = Set passphrase
wallet-no-passphrase-yet = No passphrase was chosen yet.
wallet-wrong-passphrase = The passphrase is wrong.
wallet-wrong-passphrase-todo = Type it again; mind upper and lower case.
wallet-locked = The wallet is locked.
wallet-locked-todo = Unlock it to sign and to read encrypted mail.
wallet-no-keyring-title = Where to keep your private keys?
wallet-no-keyring = The system’s keyring does not answer: { $reason }
wallet-no-keyring-todo = Keys can be kept in a file under a passphrase instead. Or start a keyring (GNOME Keyring, KWallet, KeePassXC) and open Waxwing again.
wallet-use-file = Use a passphrase file
wallet-key-damaged = The private key is missing or damaged.
wallet-key-damaged-todo = Import the identity again from its .p12 or .pfx file.
wallet-vault-failed = The keeper of the keys failed: { $reason }
wallet-store = The wallet cannot be read or written: { $reason }
wallet-store-todo = Check the free space and the rights of the wallet’s folder.
wallet-newer = The wallet was written by a newer version of Waxwing.
wallet-newer-todo = Install the newer version again, or choose another folder with --wallet.
wallet-missing = It is not in the wallet any more.
wallet-missing-todo = Read the wallet again.
wallet-new-identity = Make a test identity
wallet-new-identity-hint = A certificate that vouches for itself: good for trying things, not for mail to others. It is valid for a year.
wallet-name = Name
wallet-address = Mail address
wallet-make = Make it
wallet-identity-made = The test identity of { $name } is ready.
wallet-identity-failed = The identity could not be made: { $reason }
wallet-identity-failed-todo = Check name and address.

## History

history-empty = Nothing was done yet
history-empty-text = What you open, save, sign and encrypt is listed here, only on this computer.
history-open = Open the file
history-export = Save as a file…
history-verify = Opened
history-decrypt = Decrypted
history-sign = Signed
history-encrypt = Encrypted
history-done = done
history-not-done = not done

## Settings

settings-system = As the system
settings-window = Window
settings-language = Language
settings-appearance = Appearance
settings-light = Light
settings-dark = Dark
settings-text-size = Size of text
settings-checking = Checking
settings-revocation = Withdrawn certificates
settings-revocation-text = Whether to look up if an issuer has withdrawn a certificate.
settings-revocation-off = Do not look
settings-revocation-prefer = Look where possible
settings-revocation-require = Insist on an answer
settings-network = Network
settings-network-text = Asking an issuer tells it that you received a message signed with its certificate.
settings-network-allowed = May be used
settings-network-offline = Never used
settings-making = New messages
settings-profile = Methods
settings-profile-text = Compatible messages can be read everywhere; modern ones are protected better, but not every program reads them.
settings-profile-compatible = Compatible
settings-profile-modern = Modern
settings-results = Where results go
settings-results-beside = Beside the message they were made from.
settings-results-choose = Choose a folder…
settings-results-beside-button = Beside the message
settings-keys = Private keys
settings-vault-keyring = They are kept by the system’s keyring.
settings-vault-file = They are kept in a file under your passphrase.
settings-vault-memory = They are kept in memory and vanish with this window.
settings-about = Opens and seals S/MIME mail. Nothing is sent anywhere, except to issuers when you let it look up withdrawn certificates.
window-type-folder = Path of a folder
window-choose = Choose
desk-field-protected = protected

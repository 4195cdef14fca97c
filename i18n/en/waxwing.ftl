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
window-too-many-files = Only the first { $count } files were taken; there are more.
window-nothing-pasted = There is neither a file nor a message in the clipboard.
window-no-dialog = No file dialog answers on this system.
window-no-dialog-todo = Type the path here, drop the file on the window, or install xdg-desktop-portal or zenity.
window-type-path = Path of a file or folder
window-type-target = Save as
window-open = Open
window-save = Save
window-no-such-file = There is no such file.
window-no-such-folder = There is no such folder.
window-no-file-name = That is a folder. Type the name of the new file, too.
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

window-no-display = There is no display to open a window on.
window-no-display-todo = Start Waxwing inside a graphical session, or use waxwing-cli, which needs none: waxwing-cli --help
window-no-x11 = Waxwing could not be started on X11: { $reason }.
window-not-opened = The window could not be opened.
window-not-opened-todo = waxwing-cli does the same work without a window: waxwing-cli --help

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
desk-clear = Take all off the desk
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
desk-chain-revoked = { $about } · withdrawn
desk-chain-unknown = { $about } · unknown whether withdrawn
desk-layer-part = This covers only a part of the message:
desk-layer-signed = Signed by { $name } · { $method }
desk-layer-encrypted = Encrypted · { $cipher } · for { $count ->
    [one] one key
   *[other] { $count } keys
}
desk-layer-encrypted-password = Encrypted · { $cipher } · with a password
desk-layer-compressed = Compressed
desk-layer-certificates = Certificates only
desk-layer-plain = Neither signed nor encrypted
desk-signer-unknown = somebody whose certificate is missing
desk-recipients = Who can read it
desk-recipient-password = whoever knows the password
reader-certificate = whoever holds the certificate no. { $serial } issued by { $issuer }
reader-key = whoever holds the key { $key }
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
desk-keep = Add to contacts
desk-kept = { $name } is among your contacts now. You can write to this person encrypted.
desk-kept-signing = { $name } is among your contacts now. The certificate is for signing alone: encrypting needs another one of theirs.
desk-trust-authority = The certificate of { $name } may issue certificates for others. Whoever trusts it trusts all of them.
desk-trust-authority-todo = It stands among the authorities in the wallet now. Trust it there if you mean that.
desk-certificate = Certificate…
desk-sign = Sign
desk-encrypt = Encrypt
desk-sign-and-encrypt = Sign and encrypt
desk-readers = Who could read it, encrypted
desk-no-readers = It names neither a sender nor anybody whom it goes to.
desk-fetch-issuers = Fetch the issuer’s certificate
desk-type-password = Type the password…
desk-password-title = Password of the message
desk-password-hint = The message was encrypted with a password. Its sender knows it.
desk-open-with-password = Open
desk-reader-known = certificate by { $issuer }
desk-missing-hint = { $count ->
    [one] One certificate is missing. Import it, or open a message that its owner signed.
   *[other] { $count } certificates are missing. Import them, or open messages that their owners signed.
}
desk-cannot-sign = You have no certificate for the sender’s address, so that you cannot sign as the sender.
desk-made = { $name } was saved in { $folder }
desk-made-bcc = { $count ->
    [one] The reader in Bcc has a message of their own beside it. Send it to them alone:
   *[other] Each of the { $count } readers in Bcc has a message of their own beside it. Send each to its reader alone:
}
desk-made-copy = { $address }: { $name }
desk-made-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
desk-broken = Waxwing failed on this message. That is a mistake of the program, not of yours.
desk-broken-todo = Send the message to the developers if you may show it. All others are not affected.
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
wallet-new = New identity…
wallet-test-identity = Make a test identity…
wallet-import-button = Import
wallet-loading = Reading the wallet…
wallet-search = Search the wallet
wallet-identities = My certificates
wallet-requests = Requests
wallet-contacts = Contacts
wallet-authorities = Authorities
wallet-no-identities = No certificate of yours yet
wallet-no-identities-text = Import your .p12 or .pfx file to sign and to read what is encrypted for you. A test identity shows how it works, but nobody else trusts it.
wallet-no-contacts = No contacts yet
wallet-no-contacts-text = Import the certificates of people you write to (.cer, .pem, .p7b), or add whoever signed a message to them on the desk.
wallet-no-authorities = No authorities of your own
wallet-no-authorities-text = The authorities that Mozilla trusts for mail are built in. Import another one here if you rely on it.
wallet-issued-by = issued by { $issuer }
wallet-valid-until = until { $day }
wallet-valid-from = from { $day }
wallet-ended = ended on { $day }
wallet-is-preferred = preferred
wallet-is-distrusted = not trusted by you
wallet-trusted-since = trusted since { $day }
wallet-trusted-for-one = trusted for one address
wallet-standing = Use
wallet-trusted-since-for = trusted since { $day } for { $address } alone
wallet-not-trusted = only used to build chains
wallet-prefer = Prefer for signing and encryption
wallet-preferred = Preferred from now on.
wallet-trust-contact = Trust this certificate
wallet-trust-for = Trust for one address…
wallet-trust-for-title = Trust { $name } for one address
wallet-trust-for-hint = The certificate then counts for mail from this address alone, even if it names another address or none. Compare the fingerprint with its owner first.
wallet-trust-for-button = Trust
wallet-trust-authority = Trust for mail
wallet-untrust = Trust no longer
wallet-distrust = Distrust
wallet-undistrust = Distrust no longer
wallet-now-trusted = Trusted from now on.
wallet-now-trusted-for = Trusted from now on for { $address } alone.
wallet-no-longer-trusted = No longer trusted by you.
wallet-now-distrusted = Distrusted from now on.
wallet-no-longer-distrusted = No longer distrusted.
wallet-remove-ask = Remove…
wallet-remove = Remove
wallet-remove-title = Remove { $name }?
wallet-remove-identity = The private key is removed too. Mail that was encrypted for it cannot be read any more, unless you keep a copy of the key elsewhere. This cannot be taken back.
wallet-remove-request = The private key is removed too: a certificate that comes for this request can then not be used. This cannot be taken back.
wallet-remove-contact = Mail to this person can then be encrypted only after their certificate was imported again.
wallet-remove-authority = Certificates that it issued may then no longer be confirmed.
wallet-removed = { $name } was removed.
wallet-password-title = Password of the file
wallet-password-hint = { $file } is protected by a password. It was set when the file was made.
wallet-password = Password
wallet-password-again = Password once more
wallet-passwords-differ = The two passwords differ. Type both again.
wallet-export = Export…
wallet-export-title = Export { $name }
wallet-export-hint = The file will hold your private key. Whoever has it and knows its password can sign in your name and read what is encrypted for you. Nobody can restore the password.
wallet-export-for-new = For today’s programs
wallet-export-for-old = For old Windows and gpgsm
wallet-export-button = Save as…
wallet-save-certificate = Save certificate…
wallet-wrong-password = The password is wrong.
wallet-wrong-password-todo = Type it again; mind upper and lower case. It is the password of this file, not that of your mail account.
wallet-damaged = The file is damaged.
wallet-damaged-todo = Copy or download it again. A password would not help.
wallet-key-without-certificate = There is a private key in the file, but not its certificate.
wallet-key-without-certificate-todo = Import the certificate first (.cer or .pem), then the key again.
wallet-nothing = There is neither a certificate nor a key in the file.
wallet-nothing-todo = Files that can be imported end in .p12, .pfx, .cer, .pem or .p7b.
wallet-unsupported = The file uses a method that is not built in: { $method }.
wallet-unsupported-todo = Export it again from where it comes, with today’s default settings.
wallet-too-much-work = Opening the file would take more computing than is allowed.
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
wallet-import-no-mac = Nothing in the file shows whether somebody changed it: it has no check value (MAC).
wallet-import-left-out = A private key was left out, because its method is not built in: { $method }.
wallet-export-legacy = Such a file is protected by 3DES and SHA-1, so that old programs can read it. Whoever gets hold of it can try passwords fast.
wallet-export-legacy-todo = Use a long password, and delete the file when it has arrived.
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
wallet-no-keyring = The system’s keyring does not answer.
wallet-no-keyring-todo = Keys can be kept in a file under a passphrase instead. Or start a keyring (GNOME Keyring, KWallet, KeePassXC) and open Waxwing again.
wallet-use-file = Use a passphrase file
wallet-key-damaged = The private key is missing or damaged.
wallet-key-damaged-todo = Import the identity again from its .p12 or .pfx file.
wallet-vault-failed = The keeper of the keys failed.
wallet-store = The wallet cannot be read or written.
wallet-store-todo = Try again. If that does not help, look with: waxwing-cli wallet check
wallet-unusable = The wallet cannot be read or written: { $reason }.
wallet-mend-full = Make room on the disk, then try again. Nothing was lost.
wallet-mend-rights = Give yourself the right to read and write in the wallet’s folder, or choose another one with --wallet.
wallet-mend-folder = Choose another folder with --wallet.
wallet-file-damaged = The wallet’s file is damaged, or it is no wallet.
wallet-file-damaged-todo = Put a copy of wallet.db in its place. If you have none, rename it (do not delete it) and import your certificates again; private keys are kept elsewhere and were not touched.
wallet-file-foreign = The file wallet.db in this folder belongs to another program.
wallet-busy = Another program is writing to the wallet.
wallet-busy-todo = Wait until it is done, or close it, and try again.
wallet-full = The disk that the wallet lies on is full.
wallet-read-only = The wallet can only be read.
wallet-shut = The wallet’s file cannot be opened.
wallet-other-key = The private key does not belong to the certificate.
wallet-other-key-todo = Import the file that holds both (.p12 or .pfx).
wallet-export-failed = The file could not be made.
wallet-export-failed-todo = Look whether the wallet is whole: waxwing-cli wallet check
wallet-passphrase-file = The file that tells your passphrase is damaged, and so are the private keys beside it: { $file }
wallet-passphrase-file-todo = Put a copy of its folder in place. If you have none, rename the folder (do not delete it) and import your .p12 files again.
wallet-keyring-unwritten = The system’s keyring could not write what it was to keep.
wallet-keyring-unwritten-todo = Make room on the disk of your home folder, look whether it can be written to, and try again.
wallet-kept-aside = The file that tells your passphrase was damaged and was made anew. No private key was changed.
wallet-kept-aside-todo = The damaged file was kept: { $file }
wallet-authority = This certificate belongs to an authority, which is trusted for mail as a whole and not for one address.
wallet-authority-todo = Leave out the address, or choose the certificate of a person.
wallet-newer = The wallet was written by a newer version of Waxwing.
wallet-newer-todo = Install the newer version again, or choose another folder with --wallet.
wallet-missing = It is not in the wallet any more.
wallet-missing-todo = Read the wallet again.
wallet-fault-database = The wallet’s file is damaged.
wallet-fault-certificate = The certificate { $fingerprint } was changed in the wallet.
wallet-new-identity = A new identity
wallet-new-request = Ask an authority
wallet-new-request-hint = Waxwing makes a key, which stays here, and a request for a certificate (PKCS #10). Send the request to a certification authority and import the certificate that it gives you.
wallet-new-test = For trying
wallet-new-test-hint = A certificate that vouches for itself: good for trying things, not for mail to others. It is valid for a year.
wallet-name = Name
wallet-address = Mail address
wallet-make = Make it
wallet-make-request = Make and save the request
wallet-key-kind = Key
wallet-key-rsa = RSA 3072, known to every program
wallet-key-p256 = P-256, short and quick
wallet-identity-made = The test identity of { $name } is ready.
wallet-request-made = The request for { $address } is ready, its key is in the wallet.
wallet-request-todo = Send the file to a certification authority, and import the certificate that it gives you.
wallet-requested-on = requested on { $day }
wallet-requested = Requested
wallet-request-waits = Waits for its certificate. When it comes, import it: it finds its key by itself.
wallet-save-request = Save the request…
wallet-identity-failed = The identity could not be made.
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
settings-roots = Authorities
settings-roots-text = Who vouches for signers, beside the authorities in your wallet: the { $count } that Mozilla trusts for mail (list { $list } of { $date }).
settings-roots-on = Trust the built-in list
settings-roots-system = The system’s list
settings-roots-system-text = Whether those that the operating system knows are trusted too. Its list is mostly made for websites.
settings-roots-system-on = Trust it too
settings-roots-system-off = Do not use it
settings-roots-off = Only those in my wallet
settings-revocation = Withdrawn certificates
settings-revocation-text = Whether to look up if an issuer has withdrawn a certificate.
settings-revocation-off = Do not look
settings-revocation-prefer = Look where possible
settings-revocation-require = Insist on an answer
settings-network = Network
settings-network-text = Asking an issuer tells it that you received a message signed with its certificate.
settings-network-allowed = May be used
settings-network-offline = Never used
settings-issuers = Missing issuers
settings-issuers-text = Whether the certificate of an issuer that is missing is fetched from the address in the certificate below. Nobody has vouched for that address yet: whoever wrote the message may learn that you read it.
settings-issuers-ask = Ask each time
settings-issuers-always = Always fetch
settings-issuers-never = Never fetch
settings-private = Addresses in your own network
settings-private-text = Issuers inside an organisation may keep their lists on its own servers. Unless you allow it, no message can make Waxwing talk to machines in your network.
settings-private-refused = Never asked
settings-private-allowed = May be asked
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
settings-about = Opens and seals S/MIME mail. Nothing is sent anywhere, except to issuers when you let it look up withdrawn certificates or fetch missing ones.
window-type-folder = Path of a folder
window-choose = Choose
desk-field-protected = protected
desk-field-outside = Outside: { $value }
desk-protect-headers = Protect the header
desk-triple = Sign the encrypted message too

## Verdicts: what a signature is worth

text-and = { $names } and { $last }
text-and-more = { $names } and { $count } more
verdict-somebody = somebody unknown
verdict-altered = Changed after signing
verdict-altered-word = Signature broken
verdict-altered-why = The content differs from what { $name } signed.
verdict-altered-why-signature = The signature does not fit: what was signed was changed, or it was not made with the certificate of { $name }.
verdict-altered-todo = Ask the sender for the message again. Do not act on this copy.
verdict-revoked = Certificate was withdrawn
verdict-revoked-word = Withdrawn
verdict-revoked-why = { $issuer } withdrew the signer’s certificate.
verdict-revoked-todo = Do not rely on it. Ask the sender by another way.
verdict-rejected = Certificate not acceptable
verdict-rejected-word = Not acceptable
verdict-rejected-why = The signer’s certificate breaks a rule.
verdict-rejected-todo = Do not rely on it. Ask the sender by another way.
verdict-rejected-todo-clock = Check the clock of this computer. If it is right, do not rely on the message.
verdict-rejected-todo-distrusted = Do not rely on it. If you trust the certificate after all, end the distrust in the wallet.
verdict-other-signer = Signed by someone else
verdict-other-signer-word = Other signer
verdict-other-signer-why = From says { $from }, but the signer is { $signer }.
verdict-other-signer-todo = Ask { $from } by another way whether the message is theirs.
verdict-unreadable = Signature could not be checked
verdict-unreadable-word = Not checked
verdict-unreadable-why = The signature cannot be read.
verdict-unreadable-todo = Look at the details, or ask the sender for the message again.
verdict-unreadable-todo-certificate = Import the signer’s certificate, then open the message again.
verdict-unreadable-todo-content = Open the message that it came with, or name the file that it signs.
verdict-unreadable-todo-method = Ask the sender to sign with another method.
verdict-partly-signed = Only a part is signed
verdict-partly-signed-word = Partly signed
verdict-partly-signed-why = { $name } signed a part of the message. Anyone could have written the rest.
verdict-partly-signed-todo = Rely on the signed part alone.
verdict-sender-unclear = Signed, but the sender line misleads
verdict-sender-unclear-word = Sender unclear
verdict-sender-unclear-why = The sender line does not tell clearly who wrote the message. It was signed by { $name }.
verdict-sender-unclear-why-reason = { $reason } It was signed by { $name }.
verdict-sender-unclear-todo = Look at the address, not at the name.
verdict-unknown-issuer = Signed, identity not confirmed
verdict-unknown-issuer-word = Unknown issuer
verdict-unknown-issuer-why = Unchanged. The certificate names { $name }, but nobody you trust confirms that. It was issued by { $issuer }.
verdict-unknown-issuer-why-self = Unchanged. The certificate names { $name }, but nobody confirms that: it vouches for itself.
verdict-unknown-issuer-todo = Compare the fingerprint with the signer by another way, then trust the certificate.
verdict-no-address = Signed, no address in the certificate
verdict-no-address-word = No address
verdict-no-address-why = Unchanged, but nothing ties { $name } to the sender’s address.
verdict-no-address-todo = Look at the certificate: is its holder the one you expect?
verdict-weak = Signed with an outdated method
verdict-weak-word = Outdated method
verdict-weak-why = Unchanged as far as the method can tell, but such signatures can be forged today.
verdict-weak-why-reason = Unchanged as far as the method can tell. { $reason }
verdict-weak-todo = Ask the sender to sign again with a current method.
verdict-expired-at-signing = Signed with an expired certificate
verdict-expired-at-signing-word = Expired when signed
verdict-expired-at-signing-why = The certificate of { $certificate } ended on { $end }, but the message claims { $claimed }.
verdict-expired-at-signing-why-no-time = The certificate of { $certificate } ended on { $end }, and the message does not say when it was signed.
verdict-expired-at-signing-why-plain = The certificate had ended when the message claims to have been signed.
verdict-expired-at-signing-todo = Ask the sender to renew the certificate. Check the clock of this computer.
verdict-revocation-unknown = Signed, withdrawal not checked
verdict-revocation-unknown-word = Withdrawal unknown
verdict-revocation-unknown-why = Your settings ask whether the certificate was withdrawn, and nothing that { $issuer } says now tells.
verdict-revocation-unknown-why-not-checked = Your settings ask whether the certificate was withdrawn, but nobody could be asked.
verdict-revocation-unknown-todo = Try again online.
verdict-expired-since = Signed, certificate expired later
verdict-expired-since-word = Expired since
verdict-expired-since-why = Unchanged. The certificate of { $certificate } was valid when the message claims to have been signed, { $claimed }, and ended on { $end }.
verdict-expired-since-why-plain = Unchanged. The certificate was valid when the message claims to have been signed, and has ended since.
verdict-expired-since-todo = Fine for an old message. If it is new, ask the sender to renew the certificate.
verdict-pinned = Signed by { $name }
verdict-pinned-word = Trusted by you
verdict-pinned-why = Unchanged. You trusted this certificate yourself.
verdict-pinned-why-since = Unchanged. You trusted this certificate on { $since }.
verdict-verified = Signed by { $name }
verdict-verified-word = Signature holds
verdict-verified-why = Unchanged. { $address } is confirmed by { $issuer }.
verdict-unsigned = Not signed
verdict-unsigned-word = Not signed
verdict-unsigned-why = Anyone could have written this.
verdict-unsigned-shut = Signature not visible
verdict-unsigned-shut-why = Whether it is signed inside shows when it is opened.

## Privacy: who could read it

privacy-damaged = Could not be opened
privacy-damaged-word = Damaged
privacy-damaged-why = The encrypted content is damaged. Nothing of it is shown.
privacy-damaged-why-reason = { $reason } Nothing of it is shown.
privacy-damaged-todo = Ask the sender for the message again.
privacy-damaged-todo-method = Ask the sender to encrypt with another method.
privacy-locked = Encrypted for a key you do not have
privacy-locked-password = Encrypted with a password
privacy-locked-word = Not for your keys
privacy-locked-why = It does not say who can read it.
privacy-locked-why-named = It can be read by { $recipients }.
privacy-locked-why-password = It can be read by whoever knows its password.
privacy-locked-todo = Import the file that has the key (.p12 or .pfx), or ask the sender to encrypt for your certificate.
privacy-locked-todo-secret-key = Give the secret key to the command line: waxwing-cli decrypt --secret-key.
privacy-locked-todo-password = Type its password here; on the command line it comes with --message-password-file.
privacy-locked-todo-attempts = Give it the one key that fits, without the others.
privacy-needs-unlock = Your wallet is locked
privacy-needs-unlock-word = Wallet locked
privacy-needs-unlock-why = The message is encrypted for one of your keys.
privacy-needs-unlock-todo = Unlock the wallet to read it.
privacy-opened-weak = Encrypted with an outdated method
privacy-opened-weak-word = Weakly encrypted
privacy-opened-weak-why = Others may have been able to read it.
privacy-opened-weak-why-reason = { $reason } Others may have been able to read it.
privacy-opened-weak-todo = Do not count on its secrecy. Ask the sender to use a current method.
privacy-opened-unauthenticated = Encrypted, but changes go unnoticed
privacy-opened-unauthenticated-word = Encrypted, changes unnoticed
privacy-opened-unauthenticated-why = The encryption does not show whether somebody changed the message on its way, and no signature inside makes up for that.
privacy-opened-unauthenticated-why-cipher = { $cipher } does not show whether somebody changed the message on its way, and no signature inside makes up for that.
privacy-opened-unauthenticated-todo = If much depends on it, ask the sender to confirm it, and to sign what they encrypt.
privacy-opened = { $others ->
    [0] Encrypted for you
    [one] Encrypted for you and one other
   *[other] Encrypted for you and { $others } others
}
privacy-opened-word = Encrypted
privacy-opened-why = Nobody but those it was encrypted for could read it on its way.
privacy-opened-why-unsigned = Nobody but those it was encrypted for could read it on its way. Encryption does not tell who wrote it: without a signature the author is unknown.
privacy-none = Not encrypted
privacy-none-word = Not encrypted
privacy-none-why = Whoever passed it on could read it.

## Findings: what was noticed

finding-digest-mismatch = The content is not what was signed.
finding-signature-mismatch = The signature does not fit the signer’s certificate.
finding-altered-by-line-ends = Its line ends were changed on the way.
finding-altered-by-trailing-blanks = Blanks at the ends of its lines were changed on the way.
finding-altered-by-trailing-lines = Empty lines at its end were added or removed on the way.
finding-altered-by-footer = Text was added at its end on the way, as mailing lists do: { $lines ->
        [one] one line
       *[other] { $lines } lines
    }. The rest is as it was signed.
finding-altered-by-encoding = A mail server wrote it in another encoding: it was signed as { $signed } and arrived as { $found }.
finding-altered-by-charset = A mail server wrote its text in another character set: it was signed as { $signed } and arrived as { $found }.
finding-altered-by-from-escaping = A mailbox file on the way changed lines that begin with “From ”.
finding-altered-by-dot-escaping = A mail server on the way changed lines that begin with a dot.
finding-altered-by-added-part = A part was added to it on the way: { $name }. The rest is as it was signed.
finding-altered-by-removed-part = A part was taken out of it on the way and stands beside it: { $name }.
finding-altered-by-folding = Header lines inside of it were written in another way; what they say is the same.
finding-altered-by-field = A header line inside of it was added or removed on the way: { $field }.
finding-unsupported-algorithm = It uses a method that is not built in: { $algorithm } ({ $role }).
finding-missing-certificate = The signer’s certificate is not at hand: { $signer }.
finding-missing-content = This is a signature alone; what it signs is not in the file.
finding-damaged-attributes = What was signed along with the content is damaged (“{ $reason }”).
finding-damaged-structure = Its structure is damaged (“{ $reason }”).
finding-unusable-key = The signer’s key cannot be used (“{ $reason }”).
finding-no-signers = It claims to be signed, but holds no signature.
finding-too-many-signatures = It holds more than { $limit ->
    [one] one signature
   *[other] { $limit } signatures
}; the rest were not checked.
finding-too-many-layers = It is wrapped more than { $limit ->
    [one] once
   *[other] { $limit } times
}; the rest was not opened.
finding-no-issuer = The certificate of { $certificate } was issued by { $issuer }, whose own certificate is not at hand.
finding-issuer-available = The missing certificate of the issuer of { $certificate } can be fetched from { $url }, if you allow it (on the command line with --fetch-issuers always). Whoever runs that server learns that the message was opened.
finding-issuer-fetched = The missing certificate of the issuer of { $certificate } came from { $url }.
finding-issuer-not-fetched = The missing certificate of the issuer of { $certificate } could not be had from { $url }: { $reason }.
finding-self-signed = The certificate of { $certificate } vouches for itself, and you have not trusted it.
finding-trust-ended = { $certificate } is trusted for certificates issued until { $end }; this one was issued later: { $start }.
finding-path-budget = The search for somebody who vouches for the certificate ended after { $limit ->
    [one] one certificate
   *[other] { $limit } certificates
}.
finding-bad-issuer-signature = The certificate of { $certificate } names { $issuer } as its issuer, but the issuer’s signature on it does not hold.
finding-unsupported-issuer-signature = The certificate of { $certificate } is signed with a method that is not built in: { $algorithm }.
finding-not-yet-valid = The certificate of { $certificate } is valid from { $start } on only, not on { $at }.
finding-certificate-expired-at-signing = The certificate of { $certificate } ended on { $end }, before { $at }.
finding-certificate-expired-since = The certificate of { $certificate } ended on { $end }, after it was used.
finding-issuer-not-ca = { $certificate } issued a certificate, but its own certificate { $found }.
finding-issuer-key-usage = { $certificate } may not issue certificates with its key, which is meant for: { $found }.
finding-path-length = { $certificate } may have { $allowed ->
    [0] no authority
    [one] one authority
   *[other] { $allowed } authorities
} below it, and has { $found }.
finding-key-usage = The certificate of { $certificate } is not meant for signing, but for: { $found }.
finding-not-for-mail = The certificate of { $certificate } is not meant for mail, but for: { $found }.
finding-name-constraint = The certificate of { $certificate } carries { $name }. { $issuer } { $kind }: { $subtrees }.
finding-certificate-policy = An authority in the chain, or what was asked for, demands a certificate policy. The certificate of { $certificate } has { $found }; needed is { $needed }.
finding-any-policy-inhibited = An authority in the chain demands a named certificate policy. The certificate of { $certificate } has { $found }.
finding-policy-mapping-inhibited = The certificate of { $certificate } puts other certificate policies in place of those that are valid ({ $found }), which an authority above it forbids.
finding-maps-any-policy = The certificate of { $certificate } lets “{ $from }” stand for “{ $to }”; each policy has to be named.
finding-unknown-critical-extension = The certificate of { $certificate } sets a condition that Waxwing does not know: { $oid }.
finding-duplicate-extension = The certificate of { $certificate } says one thing twice, so that programs read it differently: { $oid }.
finding-damaged-extension = A part of the certificate of { $certificate } is damaged: { $oid }.
finding-distrusted = You said not to trust the certificate of { $certificate }.
finding-pinned-by-user = You trusted this certificate on { $since }.
finding-pinned-for-address = You trusted this certificate on { $since } for { $address }.
finding-pinned-for-another-address = You trusted this certificate on { $since }, but only for { $address }, which is not in From.
finding-weak-chain = The certificate of { $certificate } is signed with an outdated method and could be forged.
finding-embedded-content = The signature brings content of its own, which is not what is shown.
finding-algorithm-mismatch = The certificate of { $certificate } names two different methods for one signature: { $inside } and { $outside }.
finding-address-differs = From says { $from }, the certificate { $addresses }.
finding-no-address = The certificate has no mail address.
finding-address-case = From says { $from }, the certificate { $address }: they differ in upper and lower case alone.
finding-from-missing = The message does not say who sent it.
finding-from-several = From names more than one address: { $addresses }.
finding-from-malformed = The From line is malformed and can be read in more than one way.
finding-look-alike-address = The address { $shown } is written so that it can be taken for another. In plain letters it is { $address }.
finding-display-address = From shows { $shown }, but its address is { $address }.
finding-display-name = From shows the name { $shown }, the certificate { $name }.
finding-sender-differs = Sender says { $sender }, the certificate { $addresses }.
finding-reply-to-differs = Replies go to { $replies }; the certificate says { $addresses }.
finding-weak-digest = { $algorithm } is outdated: signatures made with it can be forged.
finding-weak-signature = { $algorithm } is outdated: new signatures are no longer made with it.
finding-weak-key = The key is too short: { $key }.
finding-weak-cipher = { $algorithm } is outdated: its encryption can be broken.
finding-unauthenticated-cipher = { $algorithm } does not show whether what was encrypted has been changed.
finding-signed-in-future = It claims to have been signed on { $at }; by this computer’s clock it is only { $now }. One of the two clocks is wrong.
finding-clock-differs = The signer’s clock is ahead of this computer’s: it claims { $at }, here it is { $now }.
finding-no-signing-time = The signer names no time.
finding-date-differs = The Date line says { $date }, the signature { $signed }.
finding-from-differs-outside = Outside of what is protected, From says { $outside }; inside it says { $inside }.
finding-header-differs = { $field } was changed on the way: outside it says { $outside }, inside { $inside }.
finding-header-missing-outside = { $field } was taken away outside; inside it says { $inside }.
finding-header-not-protected = { $field } stands outside alone, where anybody can have added it: { $outside }.
finding-header-exposed = { $field } was meant to be hidden, but stands outside for everybody on the way.
finding-header-hidden = Hidden from everybody on the way: { $fields }.
finding-header-protection-mode = Its author says to have encrypted it (hp="{ $claimed }"), but it is not encrypted.
finding-header-protection-mode-clear = Its author did not encrypt it (hp="{ $claimed }"); that was done on the way.
finding-micalg-differs = The header announces { $micalg }, the signature uses { $used }.
finding-protocol-differs = The header announces a signature of another kind: { $protocol }.
finding-outside-signature = Something in the message lies outside of what was signed.
finding-missing-final-boundary = The end of the message is missing: it may have been cut short.
finding-odd-structure = The message is built in an unusual way: { $what }.
finding-no-header = The file has no header: it is no mail message.
finding-receipt-requested = The signer asks for a signed receipt to { $to }. Waxwing sends none.
finding-security-label = The signer marked it: { $label }.
finding-security-label-mark = The signer marked it: { $label }, “{ $mark }”.
finding-list-expansion = A mailing list passed it on at { $at }: { $list }.
finding-content-hint = The signer describes the content: “{ $hint }”.
finding-signed-receipt = This is a signed receipt for another message.
finding-countersigned = { $name } signed this signature at { $at }.
finding-countersigned-no-time = { $name } signed this signature.
finding-countersigned-by-somebody = Somebody who is called { $name } in an unconfirmed certificate signed this signature.
finding-countersignature-broken = The signature of { $name } on this signature does not hold.
finding-countersignature-unchecked = A signature on this signature could not be checked: { $signer }.
finding-brings-certificate = It brings the certificate of { $certificate }, issued by { $issuer }, valid until { $end }.
finding-openpgp-encrypted = It is encrypted with OpenPGP, not with S/MIME: Waxwing does not open it.
finding-openpgp-signed = It is signed with OpenPGP, not with S/MIME: Waxwing does not check that.
finding-outlook-message = This is an ordinary message in Outlook’s own form: nobody signed it, and Outlook wrote it anew when it was saved.
finding-passed-on-by = Passed on by { $name }, who signed it once more.
finding-revocation-not-checked = Whether the certificate was withdrawn was not looked up.
finding-revocation-status-unknown = Whether the certificate of { $certificate } was withdrawn could not be found out.
finding-certificate-revoked = The certificate of { $certificate } was withdrawn on { $at }: { $reason }.
finding-expansion-limit = There is more in its compressed content than is read ({ $limit } MiB).
finding-checksum = A checksum goes with the content, and it matches. It says nothing about who wrote it.
finding-checksum-differs = The content does not match the checksum that goes with it: it was changed or damaged.
finding-needs-password = A password opens it.
finding-wrong-password = The password does not open it.
finding-too-much-work = Its password would take more computing than is allowed.
finding-too-many-attempts = More keys could be meant than are tried: none of the first { $limit } opens it.
finding-needs-secret-key = A secret key that the sender and you have agreed on opens it.
finding-wrong-secret-key = The secret key does not open it.
finding-keys-held = You hold the keys of { $holders }.
finding-signed-for-other = From says { $from }, and the signature is by { $signer }: readers will see a warning.
finding-not-withdrawn = Not withdrawn: { $by } says so as of { $at }.
finding-revocation-source = What { $source } says about withdrawn certificates does not count: { $problem }.
finding-revocation-asked = { $url } was asked about withdrawn certificates.
finding-signed-before-withdrawal = The signature claims to be from { $signed }, before the withdrawal ({ $at }). Only the sender’s clock says so, and whoever has the key can set it back.
finding-cipher-of-compatible = Encrypted with { $cipher }, which every program reads.
finding-cipher-of-modern = Encrypted with { $cipher }, as your settings prefer it.
finding-cipher-by-keys = Encrypted with { $cipher }: whoever has keys of this kind reads it.
finding-cipher-by-capabilities = Encrypted with { $cipher }: this is what { $who } can read, as of { $since }.
finding-cipher-for-all = Encrypted with { $cipher }: it is the best that all recipients can read.
finding-no-key = None of your keys opens it.
finding-wallet-locked = One of your keys opens it, but the wallet is locked.
finding-decryption-failed = It cannot be decrypted: it is damaged, or was not made for this key.
usage-digital-signature = signing
usage-non-repudiation = signing what binds
usage-key-encipherment = encrypting keys
usage-key-agreement = agreeing on keys
usage-key-cert-sign = issuing certificates
usage-crl-sign = issuing lists of withdrawn certificates
usage-other = something else
authority-not-said = does not say that it is an authority
authority-denied = says that it is no authority
names-permitted = may vouch for these names alone
names-excluded = may not vouch for these names
policy-any = any policy
policy-none = no policy
purpose-server = web servers
purpose-client = logging in
purpose-code = programs
purpose-time = time stamps
purpose-ocsp = answers about withdrawal
role-digest = digest
role-signature = signature
role-cipher = encryption
role-key-transport = key transport
role-key-agreement = key agreement
role-key-wrap = key wrapping
role-key-derivation = key derivation
role-key-encryption = key encryption
role-key-encapsulation = key encapsulation
role-content-type = kind of content
role-recipient = kind of recipient
role-label-source = kind of label
role-key = kind of key
role-curve = elliptic curve
role-compression = compression
role-password = encryption by password
revoked-key-compromise = its key may have been stolen
revoked-ca-compromise = the authority’s key may have been stolen
revoked-affiliation-changed = the details of its holder changed
revoked-superseded = it was replaced
revoked-cessation = it is not needed any more
revoked-hold = it is suspended
revoked-privilege-withdrawn = its holder may not use it any more
revoked-unspecified = no reason was given

# Why somebody who was asked over the network did not answer, as the rest of a sentence.
no-answer-offline = nobody may be asked
no-answer-ldap = it is an LDAP directory, and only web addresses are asked
no-answer-url = it is no address that may be asked
no-answer-private-address = it lies in your own network, where nobody may be asked
no-answer-redirect-scheme = it sent on to another kind of address
no-answer-too-many-redirects = it sent on again and again
no-answer-timeout = it took too long
no-answer-host-down = the server did not answer a moment ago
no-answer-too-many-questions = enough was asked for this message already
no-answer-no-time-left = the time for this message was used up
no-answer-too-large = it sent more than is taken
no-answer-host-not-found = there is no such server
no-answer-unreachable = the server cannot be reached
no-answer-connection-lost = the connection broke off
no-answer-tls = its encrypted connection could not be trusted
no-answer-no-http = it did not answer as a web server does
no-answer-no-certificate = what it sent is no certificate
no-answer-another-issuer = what it sent is the certificate of somebody else
no-answer-status = the server says { $status }

# Why a list or an answer about withdrawn certificates tells nothing.
revocation-stale = there must be something newer since { $at }
revocation-not-yet = it is from the future ({ $at })
revocation-bad-signature = its signature does not hold
revocation-unsupported-signature = its signature could not be checked (“{ $reason }”)
revocation-no-signer = whose signature it carries is not known
revocation-may-not-sign = whoever signed it may not sign such lists
revocation-signer-not-trusted = whoever signed it is not trusted for that
revocation-signer-withdrawn = the certificate of whoever signed it was withdrawn itself
revocation-unknown-critical = it contains something important that is not understood
revocation-no-base = it holds only changes to a list that is not at hand
revocation-dropped = expired certificates are taken off it
revocation-unsuccessful = no answer was given ({ $status })
revocation-other-certificate = it is about other certificates
revocation-other-question = it answers another question
revocation-not-known = the certificate is not known there
revocation-refused = it may not be asked: { $reason }
revocation-no-answer = there was no proper answer: { $reason }
revocation-damaged = it is damaged (“{ $reason }”)

# What is odd about a message.
label-unmarked = unmarked
label-unclassified = unclassified
label-restricted = restricted
label-confidential = confidential
label-secret = secret
label-top-secret = top secret
odd-missing-boundary = its parts are not told apart
odd-no-parts = it says that it has parts, and has none
odd-ambiguous-boundary = programs can divide it into parts in more than one way
odd-duplicate-field = a header field that should stand once stands twice
odd-malformed-header-line = a line of the header is no header field
odd-missing-body = it ends with its header
odd-several-messages = several messages stand where one should
odd-many-recipients = it has more recipients than are listed
odd-several-protected-fields = a protected header field stands in it more than once
odd-text-outside-parts = text stands before the first or behind the last of its parts, where programs do not show it
odd-too-deep = its parts are nested more deeply than is looked into
odd-too-many-parts = it has more parts, or a longer header, than is looked at

# Why the system did not do something, as the end of a sentence.
reason-not-found = a file or folder is missing
reason-no-permission = you do not have the rights for it
reason-disk-full = the disk is full
reason-too-large = the file would be larger than is allowed
reason-no-folder = what should be a folder is a file
reason-folder = it is a folder
reason-read-only = the disk can only be read
reason-too-many-files = too many files are open
reason-timed-out = it took too long
reason-name = the name is too long, or has characters that are not allowed
reason-exists = there is something of that name already
reason-busy = another program is using it
reason-memory = there is too little memory
reason-device = the disk or device reports a fault
reason-ends-early = the data end too early
reason-damaged = the data are damaged
reason-closed = whoever was to read it has gone
reason-other = the system reports an error
reason-detail = (Technical detail: “{ $detail }”)

## Jobs

jobs-cancelled = It was stopped.
jobs-cancelled-todo = No file was left behind; start again when you like.
jobs-not-found = { $file } is not there.
jobs-not-found-todo = It may have been moved or renamed. Choose it again.
jobs-no-permission = { $file } may not be read by you.
jobs-no-permission-todo = Ask its owner for it, or copy it into a folder of yours.
jobs-is-folder = { $file } is a folder without any message.
jobs-is-folder-todo = Name a folder that messages lie in, or the messages themselves.
jobs-mailbox-changed = { $file } was not opened: the mailbox was changed meanwhile, and its messages lie elsewhere now.
jobs-mailbox-changed-todo = Open the mailbox again.
jobs-cannot-read = { $file } could not be read: { $reason }.
jobs-cannot-read-todo = Save the message again from your mail program and try once more.
jobs-too-complex = { $file } is not built like a message that people send: { $reason }.
jobs-limit-depth = its parts are nested more than { $limit } deep
jobs-limit-parts = it has more than { $limit } parts
jobs-limit-header = its header has more than { $limit } bytes
jobs-not-encodable = { $file } cannot be put into the form that was asked for.
jobs-too-complex-todo = Ask the sender to send it again in a simpler form.
jobs-no-folder = The folder { $folder } is not there.
jobs-no-folder-todo = Make it, or choose another one.
jobs-file-not-folder = { $file } is a file and not a folder.
jobs-file-not-folder-todo = Name a folder for the result.
jobs-no-write-permission = Nothing may be written in { $folder }.
jobs-no-write-permission-todo = Choose a folder of yours for the result.
jobs-disk-full = There is no room left for { $folder }.
jobs-disk-full-todo = Make room, or choose a folder on another disk.
jobs-no-name-left = Every name for the new file is taken in { $folder }.
jobs-no-name-left-todo = Choose another folder, or remove old results.
jobs-cannot-write = { $file } could not be written: { $reason }.
jobs-cannot-write-todo = Choose another folder for the result and try again.
jobs-unusable-key = A key cannot be used.
jobs-unusable-key-todo = Use another certificate, or import this one again.
jobs-no-identity = You have no certificate to sign for { $name } with.
jobs-no-identity-todo = Import your certificate with its private key (.p12 or .pfx), or sign as somebody else.
jobs-cannot-sign-time = The certificate of { $name } is valid from { $from } to { $to } alone.
jobs-cannot-sign-usage = The certificate of { $name } is not meant for signing mail.
jobs-cannot-sign-distrusted = You have said not to trust the certificate of { $name }.
jobs-cannot-sign-todo = Choose one that is valid and meant for signing.
jobs-no-sender = The message does not say who it is from.
jobs-no-sender-todo = Fill in the From line, or choose whom to sign as.
jobs-no-recipients = The message does not say whom it goes to.
jobs-no-recipients-todo = Fill in To, Cc or Bcc, or choose the recipients.
jobs-missing-certificate = { $count ->
    [one] The message cannot be encrypted for { $names }.
   *[other] The message cannot be encrypted for { $count } people: { $names }.
}
jobs-missing-certificate-todo = Ask for a signed message or a certificate, and add it to your wallet.
jobs-reason-missing = no certificate
jobs-reason-not-for-encryption = the certificate is not meant for encryption
jobs-reason-key = the certificate’s key cannot be used
jobs-reason-distrusted = you do not trust the certificate
jobs-reason-rejected = the certificate’s issuer cannot be relied on
jobs-reason-not-yet-valid = the certificate is not valid before { $date }
jobs-reason-expired = the certificate expired on { $date }
jobs-reason-unclear = not a clear mail address
jobs-nothing-to-do = It was not said what to make of the message.
jobs-nothing-to-do-todo = Choose to sign it, to encrypt it, or both.
jobs-not-encrypted = The message is not encrypted.
jobs-not-encrypted-todo = Nothing to do: it can be read as it is.
jobs-part-encrypted = Only a part of the message is encrypted.
jobs-part-encrypted-todo = The window shows what is in it. To have it as a file, save that part (smime.p7m) and decrypt it.
jobs-locked = { $title }. { $why }
jobs-damaged = The message could not be decrypted: it is damaged, or was made for another key.
jobs-damaged-todo = Ask the sender to send it again.

## The command line

cli-signature = Signature
cli-privacy = Privacy
cli-layers = Layers
cli-attachments = Attachments
cli-for = for
cli-mine = you have the key
cli-written = Written to:
cli-bcc-copy = Copy for { $address } (Bcc): { $file }
cli-too-many-files = Only the first { $count } messages are looked at; there are more.
cli-several-results = There are readers in Bcc, who get messages of their own; standard output takes one alone.
cli-several-results-todo = Name a file with -o or a folder with --out-dir.
cli-defect = Something went wrong in Waxwing itself; nothing is said about this message.
cli-defect-todo = Please report it with the lines above, and with the message if you may show it.
cli-no-output = Standard output cannot be written: { $reason }.
cli-no-output-todo = Check the disk or the program that it leads to, or name a file with -o.
cli-not-introduced = This message does not prove who sent it: { $verdict }. Nothing was taken from it.
cli-not-introduced-todo = Ask the sender for the certificate as a file; “waxwing-cli verify” says what is wrong with this message.
cli-exists = { $file } is there already.
cli-exists-todo = Choose another name; nothing is ever overwritten.
cli-layer-signed-unreadable = Signed; the signature cannot be read
cli-wallet-whole = The wallet is whole and every key is there.
cli-wallet-empty = The wallet is empty.
cli-no-lines = --limit 0 leaves nothing to list.
cli-no-lines-todo = Name the number of lines, from 1 on.
cli-no-entry = There is no such entry in the wallet.
cli-no-entry-todo = Name it by its address or by at least the first { $digits } digits of its fingerprint; `waxwing-cli wallet list` shows both.
cli-ambiguous = Several entries fit.
cli-ambiguous-todo = Name one of them by the first digits of its fingerprint: { $entries }
cli-password-of = Password of { $file }
cli-new-password = Password for the new file
cli-new-password-again = The same password once more
cli-needs-password = The file is protected by a password, and none was given.
cli-no-new-password = The new file needs a password, and none was given.
cli-password-todo = Give it with --password-file FILE or in the variable WAXWING_PASSWORD.
cli-one-password = A new file has one password, and several were given.
cli-one-password-todo = Name one file with --password-file.
cli-passphrase-todo = Give the passphrase with --passphrase-file FILE or in the variable WAXWING_PASSPHRASE.
cli-no-keyring-todo = Start a keyring (GNOME Keyring, KWallet, KeePassXC), or keep the keys in files under a passphrase: --vault file
cli-no-certificate = There is no certificate in the file.
cli-no-certificate-todo = Certificates are in files that end in .pem, .cer, .crt, .der or .p7b.
cli-no-crl = There is no list of withdrawn certificates in the file.
cli-no-crl-todo = Such lists are in files that end in .crl, .pem or .p7b.
cli-damaged-crl = The list of withdrawn certificates is damaged.
cli-damaged-crl-todo = Get it again from its issuer.
cli-no-address = { $address } is no mail address.
cli-no-address-todo = An address looks like anna@example.org.

## The help of the command line

help-about = Opens and seals S/MIME mail: see who signed it, whether it was changed, and read what was encrypted for you.
help-statuses = Exit status: 0 every message got what was asked (verify: verified or pinned), 1 some did not, 2 wrong usage, 3 some file could not be read or written. The highest counts.
help-usage = Usage:
help-options-tag = [OPTIONS]
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-run = For this run
help-wallet = The wallet
help-value-command = COMMAND
help-value-file = FILE
help-value-address = ADDRESS
help-value-address-or-file = ADDRESS|CERT
help-value-entry = WHAT
help-value-name = NAME
help-value-out = OUT
help-value-dir = DIR
help-value-number = NUMBER
help-value-tag = TAG
help-help = Print this help
help-version = Print the version
help-command-help = Print this help, or that of a command
help-command-verify = Say who signed messages, whether they were changed, and how private they were; nothing is written
help-command-decrypt = Save messages without their encryption
help-command-sign = Sign messages
help-command-encrypt = Encrypt messages
help-command-wallet = Look after identities, contacts and authorities
help-command-history = List what was done, newest first
help-command-wallet-list = List identities, contacts and authorities
help-command-wallet-import = Take in certificates and keys: .p12, .pfx, .pem, .cer, .p7b; of a signed message, whoever signed it
help-command-wallet-export = Write an identity with its key, or a certificate
help-command-wallet-remove = Remove an entry, an identity together with its key
help-command-wallet-default = Prefer an identity among those with the same address
help-command-wallet-trust = Trust an authority for mail, or one certificate by itself
help-command-wallet-new = Make a test identity, whose certificate vouches for itself
help-command-wallet-request = Ask an authority for a certificate: make a key and a request for it (PKCS #10). Import the certificate when it comes
help-command-wallet-check = Look whether the wallet is whole and every key is there
help-files = Messages; - is standard input
help-signer = Sign as this address [default: the one in From]
help-opaque = Put the content inside the signature, where only S/MIME programs can read it
help-sign-compress = Compress what is signed (RFC 3274), which few programs read
help-encrypt-compress = Compress what is encrypted (RFC 3274), which few programs read
help-limit = At most so many lines [default: 100]
help-to = For this address or certificate file; repeatable [default: everyone in To, Cc and Bcc, and the sender]
help-sign = Sign before encrypting
help-triple = Sign before encrypting, and once more around it (RFC 2634)
help-protect-headers = Protect header fields too, and hide the Subject outside of an encryption (RFC 9788) [default: with --profile modern]
help-no-protect-headers = Leave header fields outside as they are [default: with --profile compatible]
help-output = Write the result here; - is standard output [default: beside the message, under a new name]
help-out-dir = Write the results into this folder
help-import-files = What to import; - is standard input
help-what = An address, or the beginning of a fingerprint
help-signing = For signing only
help-encryption = For encryption only
help-trust-for = Trust the certificate of a person for this address alone, whether it names it or not
help-revoke = Trust it no longer
help-distrust = Distrust it, whatever else vouches for it
help-undistrust = Distrust it no longer
help-new-name = The name in the certificate
help-new-address = The mail address in the certificate
help-request-name = The name that the certificate is to have [default: the address]
help-request-address = The mail address that it is for
help-key-type = The kind of key: RSA with 3072 bits, which every authority takes, or 4096; the curve P-256 or P-384 [default: rsa-3072]
help-request-output = Write the request here, as PEM; - is standard output
help-export-p12 = As PKCS #12 with the key, under the password of --password-file or WAXWING_PASSWORD
help-legacy = With 3DES and SHA-1, for programs that read nothing newer: gpgsm before 2.4, old Windows and macOS
help-export-cert = The certificate alone, as PEM; - is standard output
help-p12 = An identity: .p12 or .pfx; repeatable
help-password-file = The password of --p12 and of imported files is the first line of this file; repeatable: each is tried in order [default: WAXWING_PASSWORD]
help-cert = Certificates of contacts and authorities: PEM, DER or .p7b; repeatable
help-key = A bare private key for decrypting, PEM or DER; repeatable
help-message-password-file = The password of a message that was encrypted with one is the first line of this file
help-secret-key = A key that sender and reader have agreed on, as it is or in hexadecimal; repeatable
help-content = What a detached .p7s signs
help-trust = A trust anchor; repeatable
help-no-builtin-roots = Do not trust the authorities that are built in
help-system-roots = Trust the authorities of the operating system too, whose list is made for websites
help-no-system-roots = Do not trust the authorities of the operating system, whatever the wallet says
help-crl = A list of withdrawn certificates; repeatable
help-revocation = Whether certificates are checked for withdrawal: off, not at all; prefer, where it is possible; require, what is unknown does not count
help-offline = Ask nobody over the network
help-fetch-issuers = What is done where the certificate of an issuer is missing: ask, say where it could be had; always, fetch it; never, say nothing of it
help-allow-private = Ask also at addresses of this machine and of its own network
help-at = The time that "now" means, such as 2026-06-01T07:00:00Z
help-profile = What new messages are made with: compatible, methods that every program reads; modern, methods that protect more
help-wallet-dir = The folder where the wallet lies; it is made if it is not there
help-vault = Who keeps the private keys: keyring, the system's; file, files under a passphrase; memory, nobody: they vanish with the program [default: keyring, or file where there are such files]
help-passphrase-file = The passphrase of --vault file is the first line of this file [default: WAXWING_PASSPHRASE, or a question]
help-json = Print one JSON object for each message, one line each
help-lang = The language of what is printed: en or de [default: the system's]
help-window = For scripts and machines without a display: waxwing-cli
help-window-files = Messages, certificates or folders to open
help-x11 = Run through XWayland, where files cannot be dropped on a Wayland window

# What is wrong with a command.

mistake-unknown-option = There is no option “{ $option }”.
mistake-unexpected = “{ $word }” is one word too many.
mistake-unknown-command = There is no command “{ $command }”.
mistake-no-command = A command is missing.
mistake-missing = This is missing: { $words }
mistake-conflict = { $option } does not go together with { $others }.
mistake-twice = { $option } is given more than once.
mistake-no-value = { $option } needs a value.
mistake-wrong-value = { $option } cannot be “{ $value }”.
mistake-needless-value = { $option } takes no value, but “{ $value }” was given.
mistake-not-utf8 = A word of the command is not valid UTF-8.
mistake-other = The command is wrong.
mistake-values = Possible values: { $values }.
mistake-perhaps = Did you mean { $word }?
mistake-dash = If it is a file, put -- before it.
mistake-help = “{ $command } --help” shows what is possible.
mistake-moment = A time looks like 2026-06-01T07:00:00Z.
mistake-languages = Available languages: { $languages }.
mistake-number = It must be a whole number from 0 on, and not too large.
mistake-input-twice = Standard input can be read only once.
mistake-input-twice-todo = Name - once among the files.
mistake-one-output = Several messages cannot be written into one file.
mistake-one-output-todo = Name a folder with --out-dir.
mistake-both-to-output = The message and its report cannot both go to standard output.
mistake-both-to-output-todo = Name a file with -o, or leave out --json.

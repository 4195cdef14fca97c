//! What other programs do not do, as the tests with them found.

/// Something that a peer cannot do: its name, the latest version that was tried, the methods (a star stands for anything),
/// and why.
///
/// A gap that is none any more, in that version or an earlier one, fails, so that the table tells the truth. Later versions
/// may do better.
pub struct Gap(pub &'static str, pub (u32, u32), pub &'static str, pub &'static str);

const GPGSM: (u32, u32) = (2, 2);
const NSS: (u32, u32) = (3, 87);
const BOUNCYCASTLE: (u32, u32) = (1, 72);

#[rustfmt::skip]
pub const GAPS: &[Gap] = &[
    Gap("gpgsm", GPGSM, "sign * alice-ec", "imports no key of an elliptic curve from PKCS #12"),
    Gap("gpgsm", GPGSM, "decrypt * bob-ec as bob-ec", "imports no key of an elliptic curve from PKCS #12"),
    Gap("gpgsm", GPGSM, "peel * alice-ec *", "imports no key of an elliptic curve from PKCS #12"),
    Gap("gpgsm", GPGSM, "decrypt modern *", "reads no AuthEnvelopedData"),
    Gap("gpgsm", GPGSM, "peel modern *", "reads no AuthEnvelopedData"),
    Gap("gpgsm", GPGSM, "encrypt * bob-ec *", "encrypts to no certificate whose key usage is keyAgreement alone"),
    Gap("gpgsm", GPGSM, "encrypt *-gcm *", "has no option for AES-GCM"),
    Gap("gpgsm", GPGSM, "encrypt * Oaep", "has no option for OAEP"),
    Gap("nss", NSS, "decrypt compatible *bob-ec as *", "cannot decode KeyAgreeRecipientInfo, not that of openssl either"),
    Gap("nss", NSS, "peel * alice-ec *", "cannot decode KeyAgreeRecipientInfo, not that of openssl either"),
    Gap("nss", NSS, "decrypt modern *", "knows no AuthEnvelopedData"),
    Gap("nss", NSS, "peel modern *", "knows no AuthEnvelopedData"),
    Gap("nss", NSS, "encrypt * bob-ec *", "cmsutil makes no KeyAgreeRecipientInfo"),
    Gap("nss", NSS, "encrypt *-gcm *", "cmsutil has no option for the cipher"),
    Gap("nss", NSS, "encrypt aes-192-cbc *", "cmsutil has no option for the cipher"),
    Gap("nss", NSS, "encrypt aes-256-cbc *", "cmsutil has no option for the cipher"),
    Gap("nss", NSS, "encrypt * Oaep", "cmsutil has no option for OAEP"),
    Gap("bouncycastle", BOUNCYCASTLE, "decrypt modern *as bob-ec", "has no class for key agreement in AuthEnvelopedData"),
    Gap("bouncycastle", BOUNCYCASTLE, "peel modern alice-ec *", "has no class for key agreement in AuthEnvelopedData"),
];

impl Gap {
    /// Whether this is about a method.
    pub fn covers(&self, peer: &str, method: &str) -> bool {
        let mut pieces = self.2.split('*');
        let mut rest = method.strip_prefix(pieces.next().unwrap_or_default());
        let mut last = "";
        for piece in pieces {
            rest = rest.and_then(|rest| Some(&rest[rest.find(piece)? + piece.len()..]));
            last = piece;
        }
        self.0 == peer && rest.is_some_and(|rest| rest.is_empty() || (last.is_empty() && self.2.ends_with('*')))
    }
}

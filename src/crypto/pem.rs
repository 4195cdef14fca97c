//! PEM text (RFC 7468, and RFC 1421 for the older encrypted keys), whatever stands around its blocks.

use zeroize::Zeroizing;

use super::kdf::decrypt_cbc;
use super::{ContentAlgorithm, ContentCipher, DigestAlgorithm, Error, hex};

/// One block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    /// What stands behind BEGIN: `CERTIFICATE`, `PRIVATE KEY`, …
    pub label: &'a str,
    /// Header fields (RFC 1421 §4.6), which stand in the older encrypted files alone.
    pub fields: &'a str,
    body: &'a str,
    rest: &'a str,
}

impl std::fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Block").field(&self.label).finish()
    }
}

/// What a block starts with.
const BEGIN: &str = "-----BEGIN ";

/// The text of a file with blocks; `None` when there is none in it. Octets outside ASCII, which stand around blocks alone, are
/// taken for Latin-1.
#[must_use]
pub fn text(bytes: &[u8]) -> Option<Zeroizing<String>> {
    memchr::memmem::find(bytes, BEGIN.as_bytes())?;
    // No octet becomes more than two: nothing is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    text.extend(bytes.iter().copied().map(char::from));
    Some(text)
}

/// How many blocks begin in a text, those that are cut short too.
#[must_use]
pub fn beginnings(text: &str) -> usize {
    text.matches(BEGIN).count()
}

/// The blocks of a text in their order; one that is cut short ends it.
pub fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    std::iter::successors(next(text), |block| next(block.rest))
}

fn next(text: &str) -> Option<Block<'_>> {
    let (_, text) = text.split_once(BEGIN)?;
    let (label, text) = text.split_once("-----")?;
    let (body, text) = text.split_once("-----END ")?;
    let (_, rest) = text.split_once("-----")?;
    // Base64 knows no colon: the fields end with the last line that has one.
    let end_of_fields = body.rfind(':').and_then(|colon| Some(colon + body.get(colon..)?.find('\n')?));
    let (fields, body) = body.split_at_checked(end_of_fields.unwrap_or(0))?;
    Some(Block { label, fields: fields.trim(), body, rest })
}

impl Block<'_> {
    /// Whether it holds a key under a password.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.label == "ENCRYPTED PRIVATE KEY" || !self.fields.is_empty()
    }

    /// The bytes, whatever the length of its lines.
    ///
    /// # Errors
    /// When it is not base64.
    pub fn decode(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        // The decoder for secrets wants lines of one length.
        let mut text = Zeroizing::new(String::with_capacity(self.body.len() * 2 + 64));
        text.push_str("-----BEGIN KEY-----");
        for (at, character) in self.body.chars().filter(|character| !character.is_ascii_whitespace()).enumerate() {
            if at % 64 == 0 {
                text.push('\n');
            }
            text.push(character);
        }
        text.push_str("\n-----END KEY-----\n");
        let (_, der) = der::pem::decode_vec(text.as_bytes()).map_err(|_| Error::Key("its PEM block is damaged"))?;
        Ok(Zeroizing::new(der))
    }

    /// The bytes of a key that was encrypted the older way, which its `DEK-Info` field describes: CBC under a key made of one round
    /// of MD5 over the password and the first half of the initialisation vector. PKCS #8 has replaced it.
    ///
    /// # Errors
    /// [`Error::Decryption`] when the padding shows that the password is wrong.
    pub fn decrypt(&self, password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let damaged = || Error::Parameters("of the encryption in its header fields");
        let field = self.fields.lines().find_map(|line| line.trim().strip_prefix("DEK-Info:")).ok_or_else(damaged)?;
        let (name, iv) = field.split_once(',').ok_or_else(damaged)?;
        let cipher = match name.trim() {
            "AES-128-CBC" => ContentCipher::Aes128Cbc,
            "AES-192-CBC" => ContentCipher::Aes192Cbc,
            "AES-256-CBC" => ContentCipher::Aes256Cbc,
            "DES-EDE3-CBC" => ContentCipher::TripleDesCbc,
            "DES-CBC" => ContentCipher::DesCbc,
            _ => return Err(Error::Parameters("its cipher is not built in")),
        };
        let iv = hex::decode(iv.trim()).filter(|iv| iv.len() == cipher.block_len()).ok_or_else(damaged)?;
        let salt = iv.get(..8).ok_or_else(damaged)?;
        let mut key = Zeroizing::new(Vec::with_capacity(64));
        let mut hash = Zeroizing::new(Vec::new());
        while key.len() < cipher.key_len() {
            let input = Zeroizing::new([hash.as_slice(), password.as_bytes(), salt].concat());
            hash = Zeroizing::new(DigestAlgorithm::Md5.digest(&input));
            key.extend_from_slice(&hash);
        }
        key.truncate(cipher.key_len());
        decrypt_cbc(&ContentAlgorithm { cipher, iv, tag_len: 0 }, &key, &self.decode()?)
    }
}

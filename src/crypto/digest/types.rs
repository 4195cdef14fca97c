//! From the name of a digest to the type that computes it.

/// Evaluates an expression in which `$hash` names the type that computes `$algorithm`.
macro_rules! with_digest {
    ($algorithm:expr, $hash:ident => $body:expr) => {{
        use $crate::crypto::DigestAlgorithm;
        macro_rules! with {
            ($type:ty) => {{
                type $hash = $type;
                $body
            }};
        }
        match $algorithm {
            DigestAlgorithm::Md5 => with!(md5::Md5),
            DigestAlgorithm::Sha1 => with!(sha1::Sha1),
            DigestAlgorithm::Sha224 => with!(sha2::Sha224),
            DigestAlgorithm::Sha256 => with!(sha2::Sha256),
            DigestAlgorithm::Sha384 => with!(sha2::Sha384),
            DigestAlgorithm::Sha512 => with!(sha2::Sha512),
            DigestAlgorithm::Sha512_224 => with!(sha2::Sha512_224),
            DigestAlgorithm::Sha512_256 => with!(sha2::Sha512_256),
            DigestAlgorithm::Sha3_224 => with!(sha3::Sha3_224),
            DigestAlgorithm::Sha3_256 => with!(sha3::Sha3_256),
            DigestAlgorithm::Sha3_384 => with!(sha3::Sha3_384),
            DigestAlgorithm::Sha3_512 => with!(sha3::Sha3_512),
            DigestAlgorithm::Shake128 => with!($crate::crypto::digest::Shake128),
            DigestAlgorithm::Shake256 | DigestAlgorithm::Shake256Len => with!($crate::crypto::digest::Shake256),
        }
    }};
}
pub(in crate::crypto) use with_digest;

/// [`with_digest`] for SHA-1 and the usual ones of SHA-2 alone; for the others, the last expression stands.
macro_rules! with_sha2 {
    ($algorithm:expr, $hash:ident => $body:expr, _ => $none:expr) => {{
        use $crate::crypto::DigestAlgorithm;
        macro_rules! with {
            ($type:ty) => {{
                type $hash = $type;
                $body
            }};
        }
        match $algorithm {
            DigestAlgorithm::Sha1 => with!(sha1::Sha1),
            DigestAlgorithm::Sha224 => with!(sha2::Sha224),
            DigestAlgorithm::Sha256 => with!(sha2::Sha256),
            DigestAlgorithm::Sha384 => with!(sha2::Sha384),
            DigestAlgorithm::Sha512 => with!(sha2::Sha512),
            _ => $none,
        }
    }};
}
pub(in crate::crypto) use with_sha2;

/// Evaluates an expression in which `$mac` names the HMAC with `$algorithm`; there is none with SHAKE, for which the last
/// expression stands.
macro_rules! with_hmac {
    ($algorithm:expr, $mac:ident => $body:expr, _ => $none:expr) => {{
        use $crate::crypto::DigestAlgorithm;
        macro_rules! with {
            ($type:ty) => {{
                type $mac = $type;
                $body
            }};
        }
        match $algorithm {
            DigestAlgorithm::Md5 => with!(hmac::Hmac<md5::Md5>),
            DigestAlgorithm::Sha1 => with!(hmac::Hmac<sha1::Sha1>),
            DigestAlgorithm::Sha224 => with!(hmac::Hmac<sha2::Sha224>),
            DigestAlgorithm::Sha256 => with!(hmac::Hmac<sha2::Sha256>),
            DigestAlgorithm::Sha384 => with!(hmac::Hmac<sha2::Sha384>),
            DigestAlgorithm::Sha512 => with!(hmac::Hmac<sha2::Sha512>),
            DigestAlgorithm::Sha512_224 => with!(hmac::Hmac<sha2::Sha512_224>),
            DigestAlgorithm::Sha512_256 => with!(hmac::Hmac<sha2::Sha512_256>),
            DigestAlgorithm::Sha3_224 => with!(hmac::SimpleHmac<sha3::Sha3_224>),
            DigestAlgorithm::Sha3_256 => with!(hmac::SimpleHmac<sha3::Sha3_256>),
            DigestAlgorithm::Sha3_384 => with!(hmac::SimpleHmac<sha3::Sha3_384>),
            DigestAlgorithm::Sha3_512 => with!(hmac::SimpleHmac<sha3::Sha3_512>),
            DigestAlgorithm::Shake128 | DigestAlgorithm::Shake256 | DigestAlgorithm::Shake256Len => $none,
        }
    }};
}
pub(in crate::crypto) use with_hmac;

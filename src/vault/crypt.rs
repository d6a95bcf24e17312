//! The primitives: keys that wipe themselves, HMAC and HKDF over SHA-256, XChaCha20-Poly1305 with a random nonce.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::VaultError;

/// Bytes of a key.
pub(super) const KEY_BYTES: usize = 32;
/// Bytes of a nonce.
pub(super) const NONCE_BYTES: usize = 24;
/// Bytes of an authentication tag.
pub(super) const TAG_BYTES: usize = 16;

/// A secret key; wiped when dropped, never shown.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(super) struct Key([u8; KEY_BYTES]);

impl Key {
    /// A new random key.
    pub(super) fn random() -> Result<Self, VaultError> {
        let mut key = Self([0; KEY_BYTES]);
        getrandom::fill(&mut key.0).map_err(VaultError::Random)?;
        Ok(key)
    }

    /// The key of these bytes, where there are just as many as a key has.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The secret itself.
    pub(super) fn bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The key for one use, derived from this one (HKDF-SHA256, RFC 5869; one block is all a key needs).
    pub(super) fn derive(&self, usage: &str) -> Self {
        Self(hkdf_block(b"entraide vault 1", &self.0, usage.as_bytes()))
    }

    /// HMAC-SHA256 over the parts one after another; the caller makes them unambiguous.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac(&self.0, parts)
    }

    /// Whether `tag` is the MAC of these parts; takes the same time whatever the answer.
    pub(super) fn mac_is(&self, parts: &[&[u8]], tag: &[u8]) -> bool {
        hmac_of(&self.0, parts).verify_slice(tag).is_ok()
    }

    /// Nonce and ciphertext of `plain`, bound to `bound_to`; `None` where `plain` is too large for the cipher.
    pub(super) fn encrypt(&self, bound_to: &[u8], plain: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(VaultError::Random)?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: bound_to });
        Ok(sealed.ok().map(|text| [nonce.as_slice(), &text].concat()))
    }

    /// What `encrypt` was given; `None` where it is not genuine.
    pub(super) fn decrypt(&self, bound_to: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_at_checked(NONCE_BYTES)?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: text, aad: bound_to }).ok().map(Zeroizing::new)
    }
}

fn hmac_of<const N: usize>(key: &[u8; N], parts: &[&[u8]]) -> Hmac<Sha256> {
    const { assert!(N <= 64, "a longer key is to be hashed first") };
    let mut block = Zeroizing::new([0u8; 64]);
    block[..N].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as Mac>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac
}

fn hmac<const N: usize>(key: &[u8; N], parts: &[&[u8]]) -> [u8; 32] {
    hmac_of(key, parts).finalize().into_bytes().into()
}

/// HKDF-Extract and the first block of HKDF-Expand.
fn hkdf_block<const S: usize, const K: usize>(salt: &[u8; S], input: &[u8; K], info: &[u8]) -> [u8; 32] {
    let extracted = Zeroizing::new(hmac(salt, &[input]));
    hmac(&extracted, &[info, &[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
    }

    #[test]
    fn derivation_is_that_of_rfc_5869() {
        // Appendix A.1; its output is 42 bytes, of which the first block is 32.
        let salt: [u8; 13] = hex("000102030405060708090a0b0c").try_into().unwrap();
        let block = hkdf_block(&salt, &[0x0b; 22], &hex("f0f1f2f3f4f5f6f7f8f9"));
        assert_eq!(block.to_vec(), hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    #[test]
    fn the_mac_is_that_of_rfc_4231() {
        // Test case 2.
        let tag = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(tag.to_vec(), hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    #[test]
    fn uses_have_keys_of_their_own() {
        let master = Key::random().unwrap();
        assert_ne!(master.derive("a").bytes(), master.derive("b").bytes());
        assert_ne!(master.derive("a").bytes(), master.bytes());
        assert_ne!(master.derive("a").bytes(), Key::random().unwrap().derive("a").bytes());
    }

    #[test]
    fn what_is_bound_to_one_thing_opens_with_that_alone() {
        let key = Key::random().unwrap();
        let sealed = key.encrypt(b"here", b"secret").unwrap().unwrap();
        assert_eq!(key.decrypt(b"here", &sealed).unwrap().as_slice(), b"secret");
        assert!(key.decrypt(b"there", &sealed).is_none());
        assert!(Key::random().unwrap().decrypt(b"here", &sealed).is_none());
        assert!(key.decrypt(b"here", &sealed[..NONCE_BYTES - 1]).is_none());
    }
}

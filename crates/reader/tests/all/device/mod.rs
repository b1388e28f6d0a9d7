//! A device that keeps a key, made of software: it answers as WebAuthn Level 3 has it (sections 6.1 and 6.5).

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

pub struct Device {
    key: SigningKey,
    pub credential: Vec<u8>,
    handle: Vec<u8>,
    pub counter: u32,
    origin: String,
}

impl Device {
    /// Makes a key for whoever the question is about; gives the answer.
    pub fn make(seed: u8, origin: &str, question: &str) -> Result<(Device, String), String> {
        let question: serde_json::Value = serde_json::from_str(question).map_err(|e| e.to_string())?;
        let key = SigningKey::from_slice(&[seed; 32]).map_err(|e| e.to_string())?;
        let handle = unbase64(question["user"]["id"].as_str().ok_or("a handle")?);
        let device =
            Device { key, credential: vec![seed; 16], handle, counter: 1, origin: origin.to_owned() };
        let client = device.client("webauthn.create", &question);
        let point = device.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().ok_or("x")?, point.y().ok_or("y")?);
        let mut attested = device.authenticator_data(question["rp"]["id"].as_str().ok_or("a paper")?, 0x45);
        attested.extend([0; 16]);
        attested.extend([0, 16]);
        attested.extend(&device.credential);
        // A public key as COSE has it: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        attested.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        attested.extend(x.iter());
        attested.extend([0x22, 0x58, 0x20]);
        attested.extend(y.iter());
        // {"fmt": "none", "attStmt": {}, "authData": …}
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(attested.len()).map_err(|e| e.to_string())?);
        object.extend(attested);
        let answer = serde_json::json!({
            "id": base64(&device.credential), "rawId": base64(&device.credential), "type": "public-key",
            "response": { "clientDataJSON": base64(client.as_bytes()), "attestationObject": base64(&object) },
            "clientExtensionResults": {},
        });
        Ok((device, answer.to_string()))
    }

    /// Says who it belongs to.
    pub fn answer(&mut self, question: &str) -> Result<String, String> {
        let question: serde_json::Value = serde_json::from_str(question).map_err(|e| e.to_string())?;
        self.counter += 1;
        let client = self.client("webauthn.get", &question);
        let data = self.authenticator_data(question["rpId"].as_str().ok_or("a paper")?, 0x05);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: Signature = self.key.sign(&signed);
        let answer = serde_json::json!({
            "id": base64(&self.credential), "rawId": base64(&self.credential), "type": "public-key",
            "response": {
                "clientDataJSON": base64(client.as_bytes()), "authenticatorData": base64(&data),
                "signature": base64(signature.to_der().as_bytes()), "userHandle": base64(&self.handle),
            },
            "clientExtensionResults": {},
        });
        Ok(answer.to_string())
    }

    fn client(&self, kind: &str, question: &serde_json::Value) -> String {
        serde_json::json!({ "type": kind, "challenge": question["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn authenticator_data(&self, paper: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(paper).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let held =
            three.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            text.push(char::from(LETTERS[(held >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

fn unbase64(text: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let Some(value) = LETTERS.iter().position(|known| *known == letter) else { continue };
        held = held << 6 | u32::try_from(value).unwrap_or(0);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}

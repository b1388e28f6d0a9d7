//! What a player shows of a file: an ID3 tag of version 2.4 with title, voice and language.

use story::Language;

use crate::Voice;

/// The mark that a machine made the sound, machine-readable as Regulation (EU) 2024/1689, Art. 50(2), asks:
/// a code of the IPTC's digital source types.
const GENERATED: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/// The whole tag, to stand before the sound.
pub(crate) fn tag(title: &str, voice: Voice, language: Language) -> Vec<u8> {
    let (artist, code) =
        if language.is_german() { ("Synthetische Stimme", "deu") } else { ("Synthetic voice", "eng") };
    let mut frames = Vec::new();
    frame(&mut frames, b"TIT2", &[title]);
    frame(&mut frames, b"TPE1", &[artist]);
    frame(&mut frames, b"TLAN", &[code]);
    frame(&mut frames, b"TXXX", &["digitalSourceType", GENERATED]);
    frame(&mut frames, b"TXXX", &["voice", voice.name()]);
    let mut tag = b"ID3\x04\x00\x00".to_vec();
    tag.extend(syncsafe(frames.len()));
    tag.extend(frames);
    tag
}

/// A frame of texts in UTF-8 (encoding 3), each ended by NUL; so no text may hold one.
fn frame(frames: &mut Vec<u8>, name: &[u8; 4], texts: &[&str]) {
    let mut body = vec![3];
    for text in texts {
        body.extend(text.chars().filter(|c| !c.is_control()).take(300).collect::<String>().into_bytes());
        body.push(0);
    }
    frames.extend(name);
    frames.extend(syncsafe(body.len()));
    frames.extend([0, 0]);
    frames.extend(body);
}

/// Seven bits a byte, so that no length looks like the start of a frame of sound. Ours are far below the limit of 28 bits.
fn syncsafe(length: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| u8::try_from(length >> shift & 0x7f).unwrap_or(0))
}

//! What somebody who listens would notice.

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

use speech::{Script, Sound, Studio, Timings, Utterance, Voice, Voices};
use story::{Article, Block, Language, Line, Slug, Text};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn line(text: &str) -> Line {
    Line::parse("line", text, 1000).unwrap_or_else(|trouble| panic!("{trouble}"))
}

fn slug(text: &str) -> Slug {
    Slug::from_words(text, "a")
}

fn article(language: Language, headline: &str, lead: Option<&str>, paragraphs: &[&str]) -> Article {
    Article {
        source: line("test"),
        slug: slug(headline),
        section: slug("ort"),
        language,
        kicker: Some(line("Am Hafen")),
        headline: line(headline),
        lead: lead.map(line),
        authors: Vec::new(),
        agencies: Vec::new(),
        place: None,
        published: None,
        body: paragraphs.iter().map(|words| Block::Paragraph(Text::plain(*words))).collect(),
        figures: Vec::new(),
    }
}

fn fire() -> Article {
    article(
        Language::Austrian,
        "Brand im Hafen rasch gelöscht",
        Some("Ein Lagerhaus am Donauufer hat in der Nacht gebrannt. Verletzt wurde niemand."),
        &[
            "Die Feuerwehr rückte um 2.14 Uhr mit sechs Fahrzeugen aus. Nach einer Stunde war der Brand gelöscht.",
            "Der Schaden liegt bei 1,2 Millionen Euro. Die Ursache ist noch nicht bekannt.",
        ],
    )
}

fn studio(folder: &Path) -> Result<Studio, store::Failure> {
    Studio::open(folder, NonZeroUsize::MIN)
}

async fn speak(article: &Article) -> Result<Sound, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let script = Script::of(article).map_err(|refusal| format!("{refusal:?}"))?;
    Ok(studio(folder.path())?.speak(script).await?)
}

/// An MP3 read by our own eyes: the tag before it, the frames, and what LAME's frame says of the length.
struct Mp3 {
    tag: Vec<u8>,
    frames: usize,
    samples: usize,
}

/// Only what we write ourselves is understood: MPEG 2, layer III, 16 kHz, mono, 48 kbit/s. Anything else is an error.
fn read(mp3: &[u8]) -> Result<Mp3, String> {
    let tag_length = match mp3.get(..10) {
        Some([b'I', b'D', b'3', 4, 0, 0, a, b, c, d]) => {
            10 + [a, b, c, d].iter().fold(0, |sum, byte| sum << 7 | usize::from(**byte))
        }
        _ => return Err("no tag".into()),
    };
    let (tag, sound) = mp3.split_at(tag_length);
    let mut frames = 0;
    for frame in sound.chunks(216) {
        if frame.len() != 216 {
            return Err(format!("frame {frames} is cut to {} bytes", frame.len()));
        }
        // Eleven bits of sync, version 2, layer III, no checksum; bit rate 6 (48), rate 2 (16 kHz), no padding; mono.
        if frame[0] != 0xff || frame[1] != 0xf3 || frame[2] & 0xfe != 0x68 || frame[3] & 0xc0 != 0xc0 {
            return Err(format!("frame {frames} begins with {:02x?}", &frame[..4]));
        }
        frames += 1;
    }
    // LAME's frame: side information of 9 bytes, then "Info", flags, the number of frames, …, delay and padding of 12 bits each.
    let info = &sound[4 + 9..];
    if &info[..4] != b"Info" {
        return Err("no frame of LAME's".into());
    }
    let counted = u32::from_be_bytes([info[8], info[9], info[10], info[11]]) as usize;
    let lame = &info[120..];
    let delay = usize::from(lame[21]) << 4 | usize::from(lame[22]) >> 4;
    let padding = usize::from(lame[22] & 15) << 8 | usize::from(lame[23]);
    if counted != frames - 1 {
        return Err(format!("{counted} frames announced, {frames} found"));
    }
    Ok(Mp3 { tag: tag.to_owned(), frames, samples: counted * 576 - delay - padding })
}

#[track_caller]
fn hangs_together(timings: &Timings, sentences: usize) {
    assert_eq!(timings.version, 1);
    assert_eq!(timings.sentences.len(), sentences);
    let mut last = 0;
    for sentence in &timings.sentences {
        assert!(sentence.start_ms >= last && sentence.end_ms >= sentence.start_ms, "{sentence:?}");
        let mut word_before = sentence.start_ms;
        for word in &sentence.words {
            assert!(
                word.start_ms >= word_before && word.start_ms <= sentence.end_ms,
                "{word:?} in {sentence:?}"
            );
            word_before = word.start_ms;
        }
        last = sentence.end_ms;
    }
    assert!(timings.duration_ms >= last);
}

#[tokio::test]
async fn the_file_lasts_as_long_as_its_timings_say() -> Outcome {
    let sound = speak(&fire()).await?;
    let mp3 = read(&sound.mp3)?;
    assert_eq!(mp3.samples as u64, sound.timings.duration_ms * 16, "LAME's frame tells the exact length");
    let played = (mp3.frames - 1) as u64 * 36;
    assert!(played >= sound.timings.duration_ms, "{played} ms hold {} ms", sound.timings.duration_ms);
    assert!(
        played - sound.timings.duration_ms <= 36 * 4,
        "no more than the encoder's delay and a frame are added"
    );
    hangs_together(&sound.timings, 8);
    assert!((15_000..40_000).contains(&sound.timings.duration_ms), "{}", sound.timings.duration_ms);
    assert!(sound.unspeakable.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_file_says_that_the_voice_is_synthetic() -> Outcome {
    let mp3 = read(&speak(&fire()).await?.mp3)?;
    let tag = String::from_utf8_lossy(&mp3.tag).into_owned();
    for words in
        ["Brand im Hafen rasch gelöscht", "Synthetische Stimme", "trainedAlgorithmicMedia", "de-DE gl0"]
    {
        assert!(tag.contains(words), "{words} is missing in {tag:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_same_text_gives_the_same_bytes_also_side_by_side() -> Outcome {
    let folder = tempfile::tempdir()?;
    let studio = Studio::open(folder.path(), NonZeroUsize::MIN.saturating_add(1))?;
    let script = Script::of(&fire()).map_err(|refusal| format!("{refusal:?}"))?;
    let (one, other) = tokio::join!(studio.speak(script.clone()), studio.speak(script));
    let (one, other) = (one?, other?);
    assert!(one.mp3 == other.mp3 && one.timings == other.timings);
    Ok(())
}

#[tokio::test]
async fn a_sentence_sounds_the_same_wherever_it_stands() -> Outcome {
    let folder = tempfile::tempdir()?;
    let voices = Voices::install(folder.path())?;
    let utterance = |text: &str| Utterance::parse(text).0.ok_or("silent");
    let alone = voices.speak(Voice::German, &utterance("Verletzt wurde niemand.")?)?;
    voices.speak(Voice::German, &utterance("Die Feuerwehr rückte aus!")?)?;
    voices.speak(Voice::English, &utterance("Nobody was hurt.")?)?;
    assert!(voices.speak(Voice::German, &utterance("Verletzt wurde niemand.")?)? == alone);
    assert!(alone.len() > 16_000 && alone.len() % 16 == 0);
    Ok(())
}

/// The script leaves to the voice what it reads right. Since the same sounds are the same bytes, that can be asked.
#[tokio::test]
async fn what_stays_in_digits_is_read_right() -> Outcome {
    let folder = tempfile::tempdir()?;
    let voices = Voices::install(folder.path())?;
    let sound = |text: &str| {
        Ok::<_, Box<dyn std::error::Error>>(
            voices.speak(Voice::German, &Utterance::parse(text).0.ok_or("silent")?)?,
        )
    };
    for (digits, words) in [
        ("Um 12:14 Uhr kam er.", "Um zwölf Uhr vierzehn kam er."),
        ("Um 12.14 Uhr kam er.", "Um zwölf Uhr vierzehn kam er."),
        ("Mit 1,5 Grad mehr.", "Mit eins Komma fünf Grad mehr."),
        ("Das ist das 1. Mal.", "Das ist das erste Mal."),
        ("Rund 30 Millionen Euro.", "Rund dreißig Millionen Euro."),
        ("Nummer 5 lebt.", "Nummer fünf lebt."),
    ] {
        assert!(sound(digits)? == sound(words)?, "{digits} does not sound like {words}");
    }
    assert!(
        sound("1.000 Leute")? != sound("1000 Leute")?,
        "thousands need not be written without marks any more"
    );
    Ok(())
}

#[tokio::test]
async fn the_level_is_even_and_does_not_clip() -> Outcome {
    let folder = tempfile::tempdir()?;
    let voices = Voices::install(folder.path())?;
    for (voice, text) in [
        (Voice::German, "Der Schaden liegt bei mehreren Millionen Euro, die Ursache ist noch nicht bekannt."),
        (Voice::English, "The damage runs to several million euros, and the cause is not known yet."),
    ] {
        let samples = voices.speak(voice, &Utterance::parse(text).0.ok_or("silent")?)?;
        let clipped = samples.iter().filter(|sample| sample.unsigned_abs() >= 32_000).count();
        let power: f64 =
            samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64;
        let level = 10.0 * (power / f64::from(i16::MAX).powi(2)).log10();
        assert!(clipped * 10_000 < samples.len(), "{clipped} of {} samples clip", samples.len());
        assert!((-24.0..-12.0).contains(&level), "{level:.1} dB");
    }
    Ok(())
}

#[tokio::test]
async fn t1_8_commands_to_the_engine_touch_no_file() -> Outcome {
    let folder = tempfile::tempdir()?;
    let written = folder.path().join("written.wav");
    let commands = [
        format!("<genfile file=\"{}\">Hallo</genfile>", written.display()),
        format!("< genfile file='{}' > Hallo </ genfile >", written.display()),
        "<play file=\"/etc/hostname.wav\"/> Hallo".to_owned(),
        "<usesig file=\"/etc/passwd\">Hallo</usesig>".to_owned(),
        "<ignore>Hallo</ignore> <volume level=\"500\">".to_owned(),
    ];
    let paragraphs: Vec<&str> = commands.iter().map(String::as_str).collect();
    let sound = speak(&article(Language::Austrian, "Hallo", None, &paragraphs)).await?;
    assert!(!written.exists());
    hangs_together(&sound.timings, 7);
    assert!(sound.timings.sentences.iter().all(|sentence| sentence.end_ms > sentence.start_ms));
    Ok(())
}

#[tokio::test]
async fn text_of_another_script_is_noted_and_does_no_harm() -> Outcome {
    let sound = speak(&article(
        Language::English,
        "Greetings",
        None,
        &["Привет, мир.", "They said Привет and left."],
    ))
    .await?;
    let notes: Vec<(&str, usize, bool)> =
        sound.unspeakable.iter().map(|note| (note.sentence.as_str(), note.letters, note.silent)).collect();
    assert_eq!(notes, [("s3", 9, true), ("s4", 6, false)]);
    assert_eq!(sound.timings.sentences[2].start_ms, sound.timings.sentences[2].end_ms);
    hangs_together(&sound.timings, 4);
    let nothing = Article { kicker: None, ..article(Language::English, "東京", None, &["Привет."]) };
    assert_eq!(Script::of(&nothing), Err(speech::Refusal::NothingToSay));
    Ok(())
}

#[tokio::test]
async fn a_word_without_end_and_a_sentence_without_end_are_borne() -> Outcome {
    let endless_word = "x".repeat(20_000);
    let endless_sentence = "und weiter ".repeat(300);
    let sound =
        speak(&article(Language::Austrian, "Ende", None, &[&endless_word, &endless_sentence])).await?;
    hangs_together(&sound.timings, 4);
    assert_eq!(sound.unspeakable.len(), 1);
    assert!(sound.timings.sentences[3].end_ms - sound.timings.sentences[3].start_ms > 60_000);
    read(&sound.mp3)?;
    let whole_book = "und weiter ".repeat(20_000);
    let refused = Script::of(&article(Language::Austrian, "Ende", None, &[&whole_book]));
    assert!(matches!(refused, Err(speech::Refusal::TooLong { .. })));
    Ok(())
}

#[tokio::test]
async fn two_other_decoders_agree() -> Outcome {
    let folder = tempfile::tempdir()?;
    let sound = speak(&fire()).await?;
    let file = folder.path().join("fire.mp3");
    std::fs::write(&file, &sound.mp3)?;
    let raw = folder.path().join("fire.raw");
    let (file, raw) = (file.display().to_string(), raw.display().to_string());
    let wanted = sound.timings.duration_ms * 16 * 2;
    for (decoder, arguments) in [
        ("ffmpeg", vec!["-v", "error", "-xerror", "-i", &file, "-f", "s16le", "-y", &raw]),
        ("mpg123", vec!["-q", "-e", "s16", "-O", &raw, &file]),
    ] {
        let Ok(output) = Command::new(decoder).args(arguments).output() else {
            eprintln!("SKIPPED: {decoder} is not installed");
            continue;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.trim().is_empty(), "{decoder}: {said}");
        assert_eq!(std::fs::metadata(&raw)?.len(), wanted, "{decoder} hears as much as the timings say");
    }
    Ok(())
}

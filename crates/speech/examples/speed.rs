//! How fast articles are spoken on one core: `cargo run --release -p speech --example speed -- FILE.jsonl [COUNT [FOLDER]]`.
//! Takes the first COUNT articles (100) of a file of JSON lines, one after the other, prints seconds of sound per second of
//! processor time, and leaves the MP3 files in FOLDER if one is named.

use std::error::Error;
use std::io::BufRead;
use std::path::PathBuf;

use speech::{Script, Voices, record};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file of JSON lines")?;
    let count = arguments.next().map_or(Ok(100), |count| count.parse())?;
    let folder = arguments.next().map(PathBuf::from);
    let place = tempfile::tempdir()?;
    let voices = Voices::install(place.path())?;
    let (mut scripts, mut silent) = (Vec::new(), 0);
    let reading = std::time::Instant::now();
    for (number, line) in std::io::BufReader::new(std::fs::File::open(file)?).lines().enumerate().take(count)
    {
        let draft = story::jsonl::read(&line?, number + 1).map_err(|refused| format!("{refused:?}"))?;
        match Script::of(&draft.article) {
            Ok(script) => scripts.push(script),
            Err(_) => silent += 1,
        }
    }
    println!(
        "{} scripts in {:.2} s, {silent} articles without one",
        scripts.len(),
        reading.elapsed().as_secs_f64()
    );
    let (before, mut sounded_ms, mut bytes, mut letters) = (processor_seconds()?, 0, 0, 0);
    for (number, script) in scripts.iter().enumerate() {
        let sound = record(&voices, script)?;
        sounded_ms += sound.timings.duration_ms;
        bytes += sound.mp3.len();
        letters += sound.unspeakable.iter().map(|note| note.letters).sum::<usize>();
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{number}.mp3")), &sound.mp3)?;
            std::fs::write(folder.join(format!("{number}.ms")), sound.timings.duration_ms.to_string())?;
        }
    }
    let (spent, sounded) = (processor_seconds()? - before, sounded_ms as f64 / 1000.0);
    println!(
        "{sounded:.0} s of sound in {spent:.1} s of processor time: {:.0} times real time",
        sounded / spent
    );
    println!("{:.1} MB, {letters} letters of other scripts left out", bytes as f64 / 1e6);
    Ok(())
}

/// Processor time of this thread so far, as Linux counts it.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: u64 = line.split(' ').next().ok_or("no time")?.parse()?;
    Ok(nanoseconds as f64 / 1e9)
}

//! Writes every sample page and all assets into a folder, to be looked at in a browser:
//! `cargo run -p theme --example samples -- FOLDER [de-AT|en-GB]`, then serve the folder as the root of a site.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use jiff::tz::TimeZone;
use theme::{Settings, Theme};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let language = arguments.next().and_then(|tag| story::Language::parse(&tag)).unwrap_or_default();
    let theme = Theme::new(Settings { zone: TimeZone::get("Europe/Vienna")?, folder: None, accent: None })?;
    for (name, html) in theme.samples(language) {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}.html")), html?)?;
    }
    for asset in theme.assets() {
        let file = folder.join(asset.path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().ok_or("an asset without a folder")?)?;
        fs::write(file, &asset.bytes)?;
    }
    println!("{} {}", folder.display(), theme.assets_path());
    Ok(())
}

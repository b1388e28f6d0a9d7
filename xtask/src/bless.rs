//! Makes anew what is recorded of the paper, for somebody who has looked at it: the picture in the README and the weights
//! of first views that the walks hold the paper to.

use crate::{check, debian, paper, run};

/// `cargo xtask bless`
pub fn bless() -> Result<(), String> {
    check::npm_packages()?;
    let chromium = debian::need("chromium", &[], "chromium")?;
    let binary = paper::binary(paper::Build::Checked)?;
    let mut node = run::command("node");
    run::must(node.arg("tests/walks/bless.js").env("CHROMIUM", chromium).env("BLATT_BINARY", binary))?;
    println!(
        "Look at docs/front.png and at the difference in tests/walks/weights.json before you commit them."
    );
    Ok(())
}

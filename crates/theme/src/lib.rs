//! How the paper looks: page structs, templates, styles, elements and words.

pub mod pages;

pub use pages::*;

//! How the paper looks: page structs with samples, templates, styles, elements and words.

//! Who reads.

//! Where it is written.

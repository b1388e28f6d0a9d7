//! The talk.

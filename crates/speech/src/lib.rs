//! The spoken paper.

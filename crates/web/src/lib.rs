//! Every URL.

//! Today's paper.

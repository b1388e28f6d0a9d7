//! Today's paper: pages and feeds made from the record, and the copies kept ready to hand out.
//!
//! A page is the same for everybody. It is made when something changes, kept as compressed bytes, and handed out
//! without touching the record. This room does not know who is reading, and knows nothing of HTTP.

mod body;
mod copies;
pub mod feeds;
pub mod front;
mod house;
pub mod page;
pub mod structured;
mod turns;

pub use body::{Printed, Sizes, escape, picture_view, printed, printed_for_feeds, printed_page};
pub use copies::{Copies, Copy, Encoding, Handed, Made, Making, Stands};
pub use house::House;
pub use turns::Turn;

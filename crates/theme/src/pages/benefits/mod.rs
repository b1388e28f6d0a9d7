//! Benefits: what members find, what partners do, and how the desk sets it up.

mod card;
mod desk;
mod desk_members;
mod draws;
mod offers;
mod partner;

pub use card::*;
pub use desk::*;
pub use desk_members::*;
pub use draws::*;
pub use offers::*;
pub use partner::*;

//! Every URL. This room alone knows HTTP: who asks, what they may, what they get.
//!
//! A handler reads *who, what, do, show*; nothing about the news is decided here. A page that is the same for everybody
//! goes out from its kept copy before any route is looked up (`front_desk.rs`). The rest goes through `routes()`.

mod account;
mod announced;
mod api;
mod benefits;
mod brake;
mod company;
mod conditional;
mod edition;
mod elsewhere;
mod embed;
mod enclosed;
mod floods;
mod forum;
mod front_desk;
mod games;
mod hours;
mod house;
mod inbox;
mod letters;
mod live;
mod media;
mod moderation;
mod modes;
mod newsroom;
mod own_comment;
mod own_data;
mod own_path;
mod pages;
mod passkeys;
mod patience;
mod personal;
mod phases;
mod queue;
mod reader;
mod record;
mod routes;
mod safety;
mod second_factor;
mod serve;
mod speech;
mod thread_feed;
mod thread_view;
mod trouble;
mod visit;
mod waiting;
mod words;
mod writers;

pub use elsewhere::{Provider, ProviderSettings};
pub use embed::{Embed, Sites};
pub use floods::{FloodLimits, Floods};
pub use hours::Openings;
pub use live::{Live, watch};
pub use own_data::{PERSONAL, depart};
pub use phases::Phases;
pub use routes::routes;
pub use serve::{Limits, serve};
pub use trouble::Trouble;
pub(crate) use visit::Said;
pub use visit::{Answer, Form, Mailbox, Paper, SESSION, Talk, Visit};

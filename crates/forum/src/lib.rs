//! The talk.
mod body;
pub mod hours;
pub mod markup;
mod refusal;
pub use body::Body;
pub use refusal::Refusal;
store::id!(/// Names a comment for ever.
    CommentId);

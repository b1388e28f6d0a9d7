//! The techniques people solve with, by name, and the level each belongs to.

use serde::{Deserialize, Serialize};

use crate::Level;

/// A way to get on, easiest first. The solver tries them in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Technique {
    /// A digit has one place left in a row, column or box.
    HiddenSingle,
    /// A cell has one digit left.
    NakedSingle,
    /// In a box a digit stands in one row or column only: nowhere else in that row or column.
    Pointing,
    /// In a row or column a digit stands in one box only: nowhere else in that box.
    Claiming,
    /// Two cells share the same two digits.
    NakedPair,
    /// Two digits share the same two cells.
    HiddenPair,
    /// Three cells share three digits.
    NakedTriple,
    /// Three digits share three cells.
    HiddenTriple,
    /// In two rows a digit stands in the same two columns, or the other way round.
    XWing,
    /// A cell with two digits sees two others that each share one with it: what they share can stand in neither's sight.
    XyWing,
    /// Like an X-wing, with three rows and three columns.
    Swordfish,
    /// Pairs of places for one digit form a chain that is coloured in turn; one colour must be right.
    Colouring,
}

impl Technique {
    /// All of them, easiest first.
    pub const ALL: [Technique; 12] = [
        Technique::HiddenSingle,
        Technique::NakedSingle,
        Technique::Pointing,
        Technique::Claiming,
        Technique::NakedPair,
        Technique::HiddenPair,
        Technique::NakedTriple,
        Technique::HiddenTriple,
        Technique::XWing,
        Technique::XyWing,
        Technique::Swordfish,
        Technique::Colouring,
    ];

    /// The level of a puzzle that needs this one and nothing harder.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Technique::HiddenSingle | Technique::NakedSingle => Level::Easy,
            Technique::Pointing | Technique::Claiming | Technique::NakedPair | Technique::HiddenPair => {
                Level::Medium
            }
            Technique::NakedTriple | Technique::HiddenTriple | Technique::XWing | Technique::XyWing => {
                Level::Hard
            }
            Technique::Swordfish | Technique::Colouring => Level::Expert,
        }
    }

    /// Its name in words of the theme.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Technique::HiddenSingle => "hidden-single",
            Technique::NakedSingle => "naked-single",
            Technique::Pointing => "pointing",
            Technique::Claiming => "claiming",
            Technique::NakedPair => "naked-pair",
            Technique::HiddenPair => "hidden-pair",
            Technique::NakedTriple => "naked-triple",
            Technique::HiddenTriple => "hidden-triple",
            Technique::XWing => "x-wing",
            Technique::Swordfish => "swordfish",
            Technique::XyWing => "xy-wing",
            Technique::Colouring => "colouring",
        }
    }
}

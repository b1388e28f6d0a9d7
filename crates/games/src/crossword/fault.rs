//! Why an ipuz file is not taken, and where.

/// A file that is not taken, with every fault that was seen (at most [`MOST`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The place: a JSON pointer such as `/clues/Across/3/clue`; empty for the whole file.
    pub at: String,
    /// What is wrong there.
    pub fault: Fault,
}

/// So many faults are told at once.
pub(super) const MOST: usize = 20;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More than [`MOST_BYTES`](super::MOST_BYTES).
    TooLong,
    /// Not JSON, nested too deeply, or a key twice: in this line.
    Json {
        /// The line, from 1.
        line: usize,
        /// Why.
        reason: story::Reason,
    },
    /// Something must be here.
    Missing,
    /// Something else must be here.
    Wrong(Wanted),
    /// Another version of ipuz than 1 and 2.
    Version,
    /// Another kind of puzzle.
    Kind,
    /// Fewer than 2 or more than [`LARGEST`](super::LARGEST) cells.
    Size,
    /// So many are here, and so many should be.
    Count {
        /// As it is.
        is: usize,
        /// As it should be.
        should: usize,
    },
    /// A line of text is empty, too long or has characters nobody can read.
    Text(story::Trouble),
    /// Not exactly one letter.
    OneLetter,
    /// A black square in the puzzle and not in the solution, or the other way round.
    BlockDiffers,
    /// Bars are not taken.
    Bars,
    /// The same number in two cells, or two clues for one answer.
    Twice(u32),
    /// A direction other than across and down.
    Direction,
    /// No answer of two or more letters begins at this number in this direction.
    NoAnswer(u32),
    /// An answer begins in this cell and has no number.
    NoNumber,
    /// The answer at this number has no clue.
    NoClue(u32),
    /// The cells that the clue names are not those of its answer.
    OtherCells,
    /// There is no cell for a letter.
    NoLetters,
}

/// What should stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A list.
    List,
    /// An object.
    Object,
    /// A cell: a number, a text, null, or an object.
    Cell,
    /// A clue: a text, number and text, or an object.
    Clue,
}

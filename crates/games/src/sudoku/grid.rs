//! The grid and its parts.

/// One of 81 cells, counted by rows from the upper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(u8);

impl Cell {
    /// The cell with this number, 0 to 80.
    #[must_use]
    pub fn new(index: usize) -> Option<Cell> {
        u8::try_from(index).ok().filter(|index| *index < 81).map(Cell)
    }

    /// All cells in order.
    pub fn all() -> impl DoubleEndedIterator<Item = Cell> + Clone {
        (0..81).map(Cell)
    }

    /// Its number, 0 to 80.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Its row, 0 to 8.
    #[must_use]
    pub fn row(self) -> usize {
        self.index() / 9
    }

    /// Its column, 0 to 8.
    #[must_use]
    pub fn column(self) -> usize {
        self.index() % 9
    }

    /// Its box, 0 to 8.
    #[must_use]
    pub fn square(self) -> usize {
        self.row() / 3 * 3 + self.column() / 3
    }

    /// Where it is when the paper is turned round.
    #[must_use]
    pub fn opposite(self) -> Cell {
        Cell(80 - self.0)
    }

    /// Whether the same digit cannot stand in both.
    #[must_use]
    pub fn sees(self, other: Cell) -> bool {
        self != other
            && (self.row() == other.row()
                || self.column() == other.column()
                || self.square() == other.square())
    }
}

/// A row, a column or a box: nine cells with every digit once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// Row 0 to 8.
    Row(usize),
    /// Column 0 to 8.
    Column(usize),
    /// Box 0 to 8, by rows.
    Square(usize),
}

impl House {
    /// All of them: boxes first, because people look there first.
    pub fn all() -> impl Iterator<Item = House> {
        (0..9).map(House::Square).chain(House::rows()).chain(House::columns())
    }

    /// The nine rows.
    pub fn rows() -> impl Iterator<Item = House> {
        (0..9).map(House::Row)
    }

    /// The nine columns.
    pub fn columns() -> impl Iterator<Item = House> {
        (0..9).map(House::Column)
    }

    /// Its cells.
    pub fn cells(self) -> impl Iterator<Item = Cell> + Clone {
        let number = match self {
            House::Row(row) => row,
            House::Column(column) => 9 + column,
            House::Square(square) => 18 + square,
        };
        // A house beyond the ninth of its kind has no cells.
        let cells: &'static [Cell] = CELLS.get(number).map_or(&[], |cells| cells);
        cells.iter().copied()
    }

    /// Whether the cell is part of it.
    #[must_use]
    pub fn has(self, cell: Cell) -> bool {
        match self {
            House::Row(row) => cell.row() == row,
            House::Column(column) => cell.column() == column,
            House::Square(square) => cell.square() == square,
        }
    }
}

/// The cells of all 27 houses: rows, columns, boxes. Looked up a million times while a puzzle is dug.
const CELLS: [[Cell; 9]; 27] = {
    let mut cells = [[Cell(0); 9]; 27];
    let mut at = 0u8;
    while at < 81 {
        let (row, column) = (at / 9, at % 9);
        let square = row / 3 * 3 + column / 3;
        cells[row as usize][column as usize] = Cell(at);
        cells[9 + column as usize][row as usize] = Cell(at);
        cells[18 + square as usize][(row % 3 * 3 + column % 3) as usize] = Cell(at);
        at += 1;
    }
    cells
};

/// A set of digits, such as those that may still stand in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digits(u16);

impl Digits {
    /// None.
    pub const NONE: Digits = Digits(0);
    /// 1 to 9.
    pub const ALL: Digits = Digits(0b11_1111_1110);

    /// Only this one.
    #[must_use]
    pub fn only(digit: u8) -> Digits {
        Digits(1 << digit)
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The one digit, if it is one.
    #[must_use]
    pub fn single(self) -> Option<u8> {
        (self.count() == 1).then(|| u8::try_from(self.0.trailing_zeros()).unwrap_or(0))
    }

    /// Whether the digit is among them.
    #[must_use]
    pub fn has(self, digit: u8) -> bool {
        self.0 & 1 << digit != 0
    }

    /// Those of both sets together.
    #[must_use]
    pub fn or(self, other: Digits) -> Digits {
        Digits(self.0 | other.0)
    }

    /// Those in both sets.
    #[must_use]
    pub fn and(self, other: Digits) -> Digits {
        Digits(self.0 & other.0)
    }

    /// Those that are not in the other.
    #[must_use]
    pub fn without(self, other: Digits) -> Digits {
        Digits(self.0 & !other.0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One after the other, smallest first.
    pub fn each(self) -> impl Iterator<Item = u8> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let digit = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            u8::try_from(digit).ok().filter(|digit| *digit < 16)
        })
    }
}

/// A grid: in each cell a digit or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid([u8; 81]);

impl Default for Grid {
    fn default() -> Grid {
        Grid::EMPTY
    }
}

impl Grid {
    /// Nothing in any cell.
    pub const EMPTY: Grid = Grid([0; 81]);

    /// Takes 81 signs by rows: a digit, or `.` or `0` for an empty cell. Anything else is no grid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Grid> {
        let bytes = text.as_bytes();
        let mut grid = Grid::EMPTY;
        if bytes.len() != 81 {
            return None;
        }
        for (cell, sign) in grid.0.iter_mut().zip(bytes) {
            *cell = match sign {
                b'1'..=b'9' => sign - b'0',
                b'.' | b'0' => 0,
                _ => return None,
            };
        }
        Some(grid)
    }

    /// The digit in a cell.
    #[must_use]
    pub fn at(&self, cell: Cell) -> Option<u8> {
        Some(self.0[cell.index()]).filter(|digit| *digit != 0)
    }

    /// Puts a digit into a cell, or takes it away; anything but 1 to 9 takes it away.
    pub fn set(&mut self, cell: Cell, digit: Option<u8>) {
        self.0[cell.index()] = digit.filter(|digit| (1..=9).contains(digit)).unwrap_or(0);
    }

    /// How many cells have a digit.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.0.iter().filter(|digit| **digit != 0).count()
    }

    /// Cells whose digit stands in their row, column or box a second time.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Cell> {
        let same = |a: Cell, b: Cell| a.sees(b) && self.at(a).is_some() && self.at(a) == self.at(b);
        Cell::all().filter(|cell| Cell::all().any(|other| same(*cell, other))).collect()
    }
}

impl std::fmt::Display for Grid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|digit| if *digit == 0 { f.write_str(".") } else { write!(f, "{digit}") })
    }
}

impl serde::Serialize for Grid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Grid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Grid, D::Error> {
        let text = String::deserialize(deserializer)?;
        Grid::parse(&text).ok_or_else(|| serde::de::Error::custom("not a grid of 81 cells"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_house_has_nine_cells_and_every_cell_three_houses() {
        for house in House::all() {
            assert_eq!(house.cells().count(), 9);
            assert!(house.cells().all(|cell| house.has(cell)), "{house:?}");
        }
        for cell in Cell::all() {
            assert_eq!(House::all().filter(|house| house.has(cell)).count(), 3);
            assert_eq!(Cell::all().filter(|other| cell.sees(*other)).count(), 20);
        }
    }

    #[test]
    fn a_grid_is_81_signs_or_none() {
        let text = format!("{}12", ".".repeat(79));
        assert_eq!(Grid::parse(&text).map(|grid| grid.to_string()), Some(text));
        for other in ["", "1", &"x".repeat(81), &"1".repeat(82), &"ä".repeat(41)] {
            assert_eq!(Grid::parse(other), None, "{other}");
        }
    }
}

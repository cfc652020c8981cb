//! Statements that change a `Vec` or a slice as a whole: its length, or the order of its elements.

use super::{Code, Operand, Place, VarId};

/// `place.method(…);`, or `let result = place.method(…);`. All indices and lengths in it are frozen.
pub struct Edit {
    pub place: Place,
    pub kind: EditKind,
    /// What was taken out.
    pub result: Option<VarId>,
}

pub enum EditKind {
    /// `push(value)`
    Push(Operand),
    /// `insert(at, value)`
    Insert(Code, Operand),
    /// `pop()`: an `Option`
    Pop,
    /// `pop().unwrap()`, or `pop().expect(message)`
    PopLast { message: Option<Code> },
    /// `remove(at)`
    Remove(Code),
    /// `swap_remove(at)`
    SwapRemove(Code),
    /// `split_off(at)`
    SplitOff(Code),
    /// `truncate(len)`
    Truncate(Code),
    /// `clear()`
    Clear,
    /// Appends what is in a `Vec`, a slice or an array, or what passive code gives: a slice, or something to iterate over.
    Extend { value: Operand, is_slice: bool },
    /// `resize(len, value)` with a passive value, where `len` is no less than the length: what is more was cut off before.
    Resize(Code, Code),
    /// `reverse()`
    Reverse,
    /// `rotate_left(by)`
    RotateLeft(Code),
    /// `rotate_right(by)`
    RotateRight(Code),
}

/// What an edit must leave to be taken back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The elements that it cut off.
    Tail,
    /// The length before it.
    Length,
}

impl Edit {
    /// The value that goes in.
    pub fn value(&self) -> Option<&Operand> {
        match &self.kind {
            EditKind::Push(value) | EditKind::Insert(_, value) | EditKind::Extend { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Its indices and lengths.
    pub fn codes(&self) -> Vec<&Code> {
        match &self.kind {
            EditKind::Insert(code, _)
            | EditKind::Remove(code)
            | EditKind::SwapRemove(code)
            | EditKind::SplitOff(code)
            | EditKind::Truncate(code)
            | EditKind::RotateLeft(code)
            | EditKind::RotateRight(code) => vec![code],
            EditKind::PopLast { message } => message.iter().collect(),
            EditKind::Resize(len, value) => vec![len, value],
            EditKind::Push(_) | EditKind::Pop | EditKind::Clear | EditKind::Extend { .. } | EditKind::Reverse => {
                Vec::new()
            }
        }
    }

    /// Where it must be taken back.
    pub fn index(&self) -> Option<&Code> {
        match &self.kind {
            EditKind::Insert(code, _)
            | EditKind::Remove(code)
            | EditKind::SwapRemove(code)
            | EditKind::RotateLeft(code)
            | EditKind::RotateRight(code) => Some(code),
            _ => None,
        }
    }

    /// Whether it moves elements about and nothing else.
    pub fn is_permutation(&self) -> bool {
        matches!(self.kind, EditKind::Reverse | EditKind::RotateLeft(_) | EditKind::RotateRight(_))
    }

    /// The name of the method.
    pub fn method(&self) -> &'static str {
        match &self.kind {
            EditKind::Push(_) => "push",
            EditKind::Insert(..) => "insert",
            EditKind::Pop | EditKind::PopLast { .. } => "pop",
            EditKind::Remove(_) => "remove",
            EditKind::SwapRemove(_) => "swap_remove",
            EditKind::SplitOff(_) => "split_off",
            EditKind::Truncate(_) => "truncate",
            EditKind::Clear => "clear",
            EditKind::Extend { value: Operand::Passive(_), is_slice: false } => "extend",
            EditKind::Extend { .. } => "extend_from_slice",
            EditKind::Resize(..) => "resize",
            EditKind::Reverse => "reverse",
            EditKind::RotateLeft(_) => "rotate_left",
            EditKind::RotateRight(_) => "rotate_right",
        }
    }
}

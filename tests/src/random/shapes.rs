//! The structs and enums that programs use: their definitions as Rust, and as types of the generator.

use super::ty::Ty;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Struct {
    Spot,
    Ball,
    Mark,
    Series,
}

/// The definitions, in the generated crate a module of their own.
pub const DEFINITIONS: &str = include_str!("shapes_in_programs.rs");

/// What the integer fields of arguments hold.
pub const INT_FIELD: u64 = 1;

impl Struct {
    pub const ALL: [Self; 4] = [Self::Spot, Self::Ball, Self::Mark, Self::Series];

    pub fn name(self) -> &'static str {
        match self {
            Self::Spot => "Spot",
            Self::Ball => "Ball",
            Self::Mark => "Mark",
            Self::Series => "Series",
        }
    }

    /// The names and types of the fields; a number as the name where the struct is a tuple.
    pub fn fields(self) -> Vec<(&'static str, Ty)> {
        match self {
            Self::Spot => vec![("x", Ty::Float), ("y", Ty::Float)],
            Self::Ball => vec![("at", Ty::Struct(Self::Spot)), ("mass", Ty::Float), ("id", Ty::Int)],
            Self::Mark => vec![("0", Ty::Float), ("1", Ty::array(2))],
            Self::Series => vec![("values", Ty::vec(2)), ("scale", Ty::Float)],
        }
    }

    pub fn is_tuple(self) -> bool {
        self == Self::Mark
    }
}

/// The one enum that there is.
pub struct Enum;

pub struct Variant {
    pub name: &'static str,
    pub is_tuple: bool,
    pub fields: fn() -> Vec<(&'static str, Ty)>,
}

impl Enum {
    pub const NAME: &'static str = "Form";

    pub const VARIANTS: [Variant; 4] = [
        Variant { name: "Dot", is_tuple: true, fields: Vec::new },
        Variant { name: "Round", is_tuple: true, fields: || vec![("0", Ty::Float)] },
        Variant { name: "Wide", is_tuple: false, fields: || vec![("w", Ty::Float), ("h", Ty::Float)] },
        Variant { name: "Framed", is_tuple: true, fields: || vec![("0", Ty::Struct(Struct::Spot)), ("1", Ty::Float)] },
    ];

    /// The variant that arguments have.
    pub const GIVEN: usize = 2;
}

/// The names of all that a program may have to import.
pub fn names() -> impl Iterator<Item = &'static str> {
    Struct::ALL.iter().map(|kind| kind.name()).chain([Enum::NAME])
}

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

/// The module that programs take them from.
pub fn module() -> String {
    let mut text = format!("use backprop_tests::Components;\n\n{DEFINITIONS}\n");
    for kind in Struct::ALL {
        let name = kind.name();
        text += &components(name, kind);
        text += &components(&format!("{name}Gradient"), kind);
    }
    text
}

/// What the tests need to know of a struct: where its floats are.
fn components(name: &str, kind: Struct) -> String {
    let each = |call: &str| -> String {
        let fields = kind.fields();
        fields.iter().map(|(field, _)| format!("        self.{field}.{call};\n")).collect()
    };
    let (reads, writes) = (each("read_into(to)"), each("write_from(from)"));
    format!(
        "impl Components for {name} {{\n    fn read_into(&self, to: &mut Vec<f64>) {{\n{reads}    }}\n\n    \
         fn write_from(&mut self, from: &mut std::slice::Iter<'_, f64>) {{\n{writes}    }}\n}}\n\n"
    )
}

//! The types of generated programs.

/// `Vec` and slices carry the least length that every value has, so that a literal index below it is always good.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    Unit,
    Float,
    /// `usize`.
    Int,
    Bool,
    Tuple(Vec<Ty>),
    Array(Box<Ty>, usize),
    Vec(Box<Ty>, usize),
    Slice(Box<Ty>, usize),
}

/// How a variable holds its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Passing {
    Own,
    Shared,
    Exclusive,
}

impl Ty {
    pub fn pair() -> Self {
        Self::Tuple(vec![Self::Float, Self::Float])
    }

    pub fn array(length: usize) -> Self {
        Self::Array(Box::new(Self::Float), length)
    }

    pub fn vec(length: usize) -> Self {
        Self::Vec(Box::new(Self::Float), length)
    }

    pub fn slice(length: usize) -> Self {
        Self::Slice(Box::new(Self::Float), length)
    }

    pub fn has_floats(&self) -> bool {
        match self {
            Self::Unit | Self::Int | Self::Bool => false,
            Self::Float => true,
            Self::Tuple(parts) => parts.iter().any(Self::has_floats),
            Self::Array(element, _) | Self::Vec(element, _) | Self::Slice(element, _) => element.has_floats(),
        }
    }

    pub fn is_copy(&self) -> bool {
        match self {
            Self::Vec(..) | Self::Slice(..) => false,
            Self::Array(element, _) => element.is_copy(),
            Self::Tuple(parts) => parts.iter().all(Self::is_copy),
            _ => true,
        }
    }

    /// The element and the least length of what can be indexed.
    pub fn element(&self) -> Option<(&Self, usize)> {
        match self {
            Self::Array(element, length) | Self::Vec(element, length) | Self::Slice(element, length) => {
                Some((element, *length))
            }
            _ => None,
        }
    }

    /// Whether a value of type `other` will do where this one is asked for.
    pub fn accepts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Vec(a, m), Self::Vec(b, n)) | (Self::Slice(a, m), Self::Slice(b, n)) => m <= n && a.accepts(b),
            (Self::Tuple(a), Self::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.accepts(b)),
            (Self::Array(a, m), Self::Array(b, n)) => m == n && a.accepts(b),
            _ => self == other,
        }
    }

    /// How many numbers and flags are in a value of the least lengths.
    pub fn numbers(&self) -> usize {
        match self {
            Self::Unit => 0,
            Self::Float | Self::Int | Self::Bool => 1,
            Self::Tuple(parts) => parts.iter().map(Self::numbers).sum(),
            Self::Array(element, length) | Self::Vec(element, length) | Self::Slice(element, length) => {
                length * element.numbers()
            }
        }
    }

    pub fn print(&self) -> String {
        match self {
            Self::Unit => "()".to_owned(),
            Self::Float => "f64".to_owned(),
            Self::Int => "usize".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(Self::print).collect();
                format!("({})", parts.join(", "))
            }
            Self::Array(element, length) => format!("[{}; {length}]", element.print()),
            Self::Vec(element, _) => format!("Vec<{}>", element.print()),
            Self::Slice(element, _) => format!("[{}]", element.print()),
        }
    }

    /// Some value of the type, as Rust; of a slice one that it can be a part of.
    pub fn print_any(&self) -> String {
        match self {
            Self::Unit => "()".to_owned(),
            Self::Float => "0.0_f64".to_owned(),
            Self::Int => "0_usize".to_owned(),
            Self::Bool => "false".to_owned(),
            Self::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(Self::print_any).collect();
                format!("({})", parts.join(", "))
            }
            Self::Array(element, length) => format!("[{}; {length}]", element.print_any()),
            Self::Vec(element, length) | Self::Slice(element, length) => {
                format!("vec![{}; {length}]", element.print_any())
            }
        }
    }
}

//! The types of generated programs.

use super::shapes::{Enum, INT_FIELD, Struct};

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
    Option(Box<Ty>),
    Struct(Struct),
    /// See [`Enum`].
    Enum,
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

    pub fn slice_of(element: Self, length: usize) -> Self {
        Self::Slice(Box::new(element), length)
    }

    pub fn option(payload: Self) -> Self {
        Self::Option(Box::new(payload))
    }

    /// The types that it is made of, each once.
    fn inner(&self) -> Vec<Self> {
        match self {
            Self::Unit | Self::Float | Self::Int | Self::Bool => Vec::new(),
            Self::Tuple(_) | Self::Struct(_) => self.parts().expect("it has parts"),
            // Of the variant that arguments have.
            Self::Enum => (Enum::VARIANTS[Enum::GIVEN].fields)().into_iter().map(|(_, ty)| ty).collect(),
            Self::Array(inner, _) | Self::Vec(inner, _) | Self::Slice(inner, _) | Self::Option(inner) => {
                vec![(**inner).clone()]
            }
        }
    }

    pub fn has_floats(&self) -> bool {
        *self == Self::Float || self.inner().iter().any(Self::has_floats)
    }

    pub fn is_copy(&self) -> bool {
        !matches!(self, Self::Slice(..)) && !self.has_vec()
    }

    /// Whether its values may differ in how many floats they hold.
    pub fn has_vec(&self) -> bool {
        matches!(self, Self::Vec(..)) || self.inner().iter().any(Self::has_vec)
    }

    /// Whether there is an `Option` or another enum in it.
    pub fn has_option(&self) -> bool {
        matches!(self, Self::Option(_) | Self::Enum) || self.inner().iter().any(Self::has_option)
    }

    /// The types of the fields of a tuple or struct.
    pub fn parts(&self) -> Option<Vec<Self>> {
        match self {
            Self::Tuple(parts) => Some(parts.clone()),
            Self::Struct(kind) => Some(kind.fields().into_iter().map(|(_, ty)| ty).collect()),
            _ => None,
        }
    }

    pub fn payload(&self) -> Option<&Self> {
        match self {
            Self::Option(payload) => Some(payload),
            _ => None,
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
            (Self::Option(a), Self::Option(b)) => a.accepts(b),
            _ => self == other,
        }
    }

    /// How many numbers and flags are in a value of the least lengths; of `Some` and not of `None`.
    pub fn numbers(&self) -> usize {
        self.count(&|ty| matches!(ty, Self::Float | Self::Int | Self::Bool))
    }

    /// How many of them are floats.
    pub fn floats(&self) -> usize {
        self.count(&|ty| *ty == Self::Float)
    }

    fn count(&self, counts: &dyn Fn(&Self) -> bool) -> usize {
        let inner: usize = self.inner().iter().map(|inner| inner.count(counts)).sum();
        usize::from(counts(self)) + inner * self.element().map_or(1, |(_, length)| length)
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
            Self::Option(payload) => format!("Option<{}>", payload.print()),
            Self::Struct(kind) => kind.name().to_owned(),
            Self::Enum => Enum::NAME.to_owned(),
        }
    }

    /// Some value of the type, as Rust; of a slice one that it can be a part of.
    pub fn print_any(&self) -> String {
        match self {
            Self::Unit => "()".to_owned(),
            Self::Float => "0.0_f64".to_owned(),
            Self::Int => format!("{INT_FIELD}_usize"),
            Self::Bool => "false".to_owned(),
            Self::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(Self::print_any).collect();
                format!("({})", parts.join(", "))
            }
            Self::Array(element, length) => format!("[{}; {length}]", element.print_any()),
            Self::Vec(element, length) | Self::Slice(element, length) => {
                format!("vec![{}; {length}]", element.print_any())
            }
            Self::Option(payload) => format!("Some({})", payload.print_any()),
            Self::Enum => "Form::Wide { w: 0.0, h: 0.0 }".to_owned(),
            Self::Struct(kind) => {
                let fields = kind.fields();
                let fields: Vec<String> =
                    fields.iter().map(|(name, ty)| format!("{name}: {}", ty.print_any())).collect();
                format!("{} {{ {} }}", kind.name(), fields.join(", "))
            }
        }
    }
}

//! What can be known of a type from tokens alone.
//!
//! Knowledge here only makes the output more readable and the refusals earlier. Where a type is `Unknown`, the generated
//! code goes through the runtime's traits, or asserts at compile time what a formula supposes.

use syn::{Expr, GenericArgument, PathArguments, Type};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Float {
    F32,
    F64,
    /// A float of a width that is not known here.
    Some,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    Float(Float),
    /// An integer, `bool`, `char` or a string: never carries a derivative.
    Passive,
    Unit,
    Tuple(Vec<Ty>),
    Array(Box<Ty>, Box<Expr>),
    Vec(Box<Ty>),
    Slice(Box<Ty>),
    Option(Box<Ty>),
    /// Of the type of its `Ok`; an error carries no derivative.
    Result(Box<Ty>),
    Ref {
        mutable: bool,
        to: Box<Ty>,
    },
    Unknown,
}

impl Ty {
    pub const SCALAR: Ty = Ty::Float(Float::Some);

    pub fn from_syn(ty: &Type) -> Ty {
        match ty {
            Type::Paren(inner) => Ty::from_syn(&inner.elem),
            Type::Group(inner) => Ty::from_syn(&inner.elem),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ty::Unit,
            Type::Tuple(tuple) => Ty::Tuple(tuple.elems.iter().map(Ty::from_syn).collect()),
            Type::Array(array) => Ty::Array(Box::new(Ty::from_syn(&array.elem)), Box::new(array.len.clone())),
            Type::Slice(slice) => Ty::Slice(Box::new(Ty::from_syn(&slice.elem))),
            Type::Reference(reference) => {
                Ty::Ref { mutable: reference.mutability.is_some(), to: Box::new(Ty::from_syn(&reference.elem)) }
            }
            Type::Path(path) if path.qself.is_none() => Ty::from_path(&path.path),
            _ => Ty::Unknown,
        }
    }

    fn from_path(path: &syn::Path) -> Ty {
        let Some(last) = path.segments.last() else { return Ty::Unknown };
        let name = last.ident.to_string();
        match (&last.arguments, path.segments.len()) {
            (PathArguments::None, 1) => match name.as_str() {
                "f32" => Ty::Float(Float::F32),
                "f64" => Ty::Float(Float::F64),
                "bool" | "char" | "str" | "String" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16"
                | "i32" | "i64" | "i128" | "isize" => Ty::Passive,
                _ => Ty::Unknown,
            },
            (PathArguments::AngleBracketed(args), _) => {
                let inner = match args.args.first() {
                    Some(GenericArgument::Type(inner)) => Box::new(Ty::from_syn(inner)),
                    _ => Box::new(Ty::Unknown),
                };
                match name.as_str() {
                    "Vec" => Ty::Vec(inner),
                    "Option" => Ty::Option(inner),
                    "Result" => Ty::Result(inner),
                    _ => Ty::Unknown,
                }
            }
            _ => Ty::Unknown,
        }
    }

    /// The type behind any references.
    pub fn deref(&self) -> &Ty {
        match self {
            Ty::Ref { to, .. } => to.deref(),
            other => other,
        }
    }

    pub fn element(&self) -> Ty {
        match self.deref() {
            Ty::Array(elem, _) | Ty::Vec(elem) | Ty::Slice(elem) => (**elem).clone(),
            _ => Ty::Unknown,
        }
    }

    pub fn is_scalar(&self) -> bool {
        matches!(self, Ty::Float(_))
    }

    pub fn is_ref(&self) -> bool {
        matches!(self, Ty::Ref { .. })
    }

    /// Whether its gradient is known to have the shape of a value, because all that varies in it are floats.
    pub fn is_made_of_floats(&self) -> bool {
        match self {
            Ty::Float(_) | Ty::Passive | Ty::Unit => true,
            Ty::Array(elem, _) | Ty::Vec(elem) | Ty::Slice(elem) => elem.is_made_of_floats(),
            Ty::Ref { to, .. } => to.is_made_of_floats(),
            Ty::Option(inner) | Ty::Result(inner) => inner.is_made_of_floats(),
            Ty::Tuple(elems) => elems.iter().all(Ty::is_made_of_floats),
            Ty::Unknown => false,
        }
    }

    /// Whether a value of this type can never carry a derivative.
    pub fn is_passive(&self) -> bool {
        match self {
            Ty::Passive | Ty::Unit => true,
            Ty::Array(elem, _) | Ty::Vec(elem) | Ty::Slice(elem) | Ty::Option(elem) | Ty::Result(elem) => {
                elem.is_passive()
            }
            Ty::Ref { to, .. } => to.is_passive(),
            Ty::Tuple(elems) => elems.iter().all(Ty::is_passive),
            Ty::Float(_) | Ty::Unknown => false,
        }
    }

    /// Whether a value of this type is known to be `Copy`.
    pub fn is_copy(&self) -> bool {
        match self {
            Ty::Float(_) | Ty::Unit => true,
            Ty::Array(elem, _) | Ty::Option(elem) => elem.is_copy(),
            Ty::Tuple(elems) => elems.iter().all(Ty::is_copy),
            Ty::Ref { mutable, .. } => !mutable,
            Ty::Passive | Ty::Vec(_) | Ty::Slice(_) | Ty::Result(_) | Ty::Unknown => false,
        }
    }

    /// What is inside an `Option` or a `Result`.
    pub fn payload(&self) -> Ty {
        match self.deref() {
            Ty::Option(inner) | Ty::Result(inner) => (**inner).clone(),
            _ => Ty::Unknown,
        }
    }

    /// Whether all values of this type have one shape, so that nothing can replace one by another of other lengths.
    pub fn has_one_shape(&self) -> bool {
        match self {
            Ty::Float(_) | Ty::Passive | Ty::Unit => true,
            Ty::Array(elem, _) => elem.has_one_shape(),
            Ty::Tuple(elems) => elems.iter().all(Ty::has_one_shape),
            Ty::Ref { to, .. } => to.has_one_shape(),
            Ty::Vec(_) | Ty::Slice(_) | Ty::Option(_) | Ty::Result(_) | Ty::Unknown => false,
        }
    }

    /// Whether the shape of a value stays, whatever is done to it through a `&mut`.
    pub fn keeps_its_shape(&self) -> bool {
        match self.deref() {
            Ty::Slice(elem) => elem.has_one_shape(),
            other => other.has_one_shape(),
        }
    }
}

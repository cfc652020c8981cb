//! Patterns: how they print, what they fit, and the names that they bind.

use super::machine::{Exit, ILL_TYPED, Machine, Pointer, Step, Value};
use super::shapes::{Enum, Struct};
use super::tree::Var;
use super::ty::{Passing, Ty};

#[derive(Clone, Debug)]
pub enum Pattern {
    Wild,
    Name(Var),
    /// `x @ ..` of what is inside.
    At(Var, Box<Pattern>),
    /// `&p`
    Deref(Box<Pattern>),
    Tuple(Vec<Pattern>),
    Array(Vec<Pattern>),
    /// Of a closure with several; the value is a list of all.
    Parameters(Vec<Pattern>),
    /// `None` for a field that is left out.
    Struct(Struct, Vec<Option<Pattern>>),
    Some(Box<Pattern>),
    None,
    /// Which variant of the enum; `None` for a field that is left out.
    Variant(usize, Vec<Option<Pattern>>),
    /// Integers, any of them.
    Ints(Vec<u64>),
    /// Alternatives that bind the same names.
    Or(Vec<Pattern>),
}

fn joined(patterns: &[Pattern], between: &str) -> String {
    let texts: Vec<String> = patterns.iter().map(Pattern::print).collect();
    texts.join(between)
}

fn name(var: &Var) -> String {
    let mutable = if var.mutable && var.passing == Passing::Own { "mut " } else { "" };
    format!("{mutable}{}", var.name)
}

impl Pattern {
    pub fn print(&self) -> String {
        match self {
            Self::Wild => "_".to_owned(),
            Self::Name(var) => name(var),
            Self::At(var, inner) => format!("{} @ {}", name(var), inner.print()),
            Self::Deref(inner) => match inner.print() {
                text if text.starts_with("mut ") => format!("&({text})"),
                text => format!("&{text}"),
            },
            Self::Tuple(parts) => format!("({})", joined(parts, ", ")),
            Self::Array(parts) => format!("[{}]", joined(parts, ", ")),
            Self::Parameters(parts) => joined(parts, ", "),
            Self::Struct(kind, parts) => print_struct(*kind, parts),
            Self::Some(inner) => format!("Some({})", inner.print()),
            Self::None => "None".to_owned(),
            Self::Variant(which, parts) => print_variant(*which, parts),
            Self::Ints(ints) => ints.iter().map(u64::to_string).collect::<Vec<_>>().join(" | "),
            Self::Or(patterns) => joined(patterns, " | "),
        }
    }

    /// The names that it binds, in order.
    pub fn vars(&self) -> Vec<Var> {
        let of = |patterns: &[Self]| patterns.iter().flat_map(Self::vars).collect();
        match self {
            Self::Wild | Self::None | Self::Ints(_) => Vec::new(),
            Self::Name(var) => vec![var.clone()],
            Self::At(var, inner) => [vec![var.clone()], inner.vars()].concat(),
            Self::Deref(inner) | Self::Some(inner) => inner.vars(),
            Self::Tuple(parts) | Self::Array(parts) | Self::Parameters(parts) => of(parts),
            Self::Struct(_, parts) | Self::Variant(_, parts) => parts.iter().flatten().flat_map(Self::vars).collect(),
            Self::Or(patterns) => patterns[0].vars(),
        }
    }

    /// Whether the value fits; binds the names if it does. Names within what a pointer leads to are pointers.
    pub fn fits(&self, value: &Value, machine: &mut Machine) -> Result<bool, Exit> {
        match self {
            Self::Wild => Ok(true),
            Self::Name(var) => {
                machine.bind(var, value.clone());
                Ok(true)
            }
            Self::At(var, inner) => {
                machine.bind(var, value.clone());
                inner.fits(value, machine)
            }
            Self::Deref(inner) => {
                let Value::Pointer(pointer) = value else { return Err(ILL_TYPED) };
                let value = machine.load(pointer)?;
                inner.fits(&value, machine)
            }
            Self::Or(patterns) => any(patterns, value, machine),
            _ => self.parts_fit(value, machine),
        }
    }

    fn parts_fit(&self, value: &Value, machine: &mut Machine) -> Result<bool, Exit> {
        let whole = match value {
            Value::Pointer(pointer) => machine.load(pointer)?,
            _ => value.clone(),
        };
        let inner: Vec<&Self> = match (self, &whole) {
            (Self::Ints(ints), Value::Int(int)) => return Ok(ints.contains(int)),
            (Self::None, Value::Variant(which, _)) => return Ok(*which == 0),
            (Self::Some(_), Value::Variant(0, _)) => return Ok(false),
            (Self::Some(inner), Value::Variant(..)) => vec![&**inner],
            (Self::Variant(wanted, _), Value::Variant(which, _)) if wanted != which => return Ok(false),
            (Self::Variant(_, parts), Value::Variant(..)) => {
                parts.iter().map(|part| part.as_ref().unwrap_or(&Self::Wild)).collect()
            }
            (Self::Tuple(parts) | Self::Array(parts) | Self::Parameters(parts), Value::List(_)) => {
                parts.iter().collect()
            }
            (Self::Struct(_, parts), Value::List(_)) => {
                parts.iter().map(|part| part.as_ref().unwrap_or(&Self::Wild)).collect()
            }
            _ => return Err(ILL_TYPED),
        };
        for (i, pattern) in inner.into_iter().enumerate() {
            let part = match value {
                Value::Pointer(pointer) => part_of(pointer, i, machine)?,
                _ => whole.parts().get(i).cloned().ok_or(ILL_TYPED)?,
            };
            if !pattern.fits(&part, machine)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn print_struct(kind: Struct, parts: &[Option<Pattern>]) -> String {
    print_fields(kind.name(), &kind.fields(), kind.is_tuple(), parts)
}

fn print_variant(which: usize, parts: &[Option<Pattern>]) -> String {
    let variant = &Enum::VARIANTS[which];
    let name = format!("{}::{}", Enum::NAME, variant.name);
    print_fields(&name, &(variant.fields)(), variant.is_tuple, parts)
}

fn print_fields(name: &str, fields: &[(&str, Ty)], is_tuple: bool, parts: &[Option<Pattern>]) -> String {
    if fields.is_empty() {
        return name.to_owned();
    }
    if is_tuple {
        let texts: Vec<String> = parts.iter().map(|part| part.as_ref().unwrap_or(&Pattern::Wild).print()).collect();
        return format!("{name}({})", texts.join(", "));
    }
    let mut texts = Vec::new();
    for ((field, _), part) in fields.iter().zip(parts) {
        let Some(part) = part else { continue };
        texts.push(format!("{field}: {}", part.print()));
    }
    if parts.iter().any(Option::is_none) {
        texts.push("..".to_owned());
    }
    format!("{name} {{ {} }}", texts.join(", "))
}

fn any(patterns: &[Pattern], value: &Value, machine: &mut Machine) -> Result<bool, Exit> {
    for pattern in patterns {
        if pattern.fits(value, machine)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A part behind a pointer, or what the part points to itself.
fn part_of(pointer: &Pointer, i: usize, machine: &mut Machine) -> Result<Value, Exit> {
    let mut pointer = pointer.clone();
    pointer.path.push(Step::Part(i));
    Ok(match machine.load(&pointer)? {
        Value::Pointer(other) => Value::Pointer(other),
        _ => Value::Pointer(pointer),
    })
}

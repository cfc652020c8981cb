//! Patterns for values of a type.

use crate::random::generate::Generator;
use crate::random::pattern::Pattern;
use crate::random::shapes::Enum;
use crate::random::tree::Var;
use crate::random::ty::{Passing, Ty};

/// One that every value fits; the names own what they stand for or refer to it.
pub fn irrefutable(g: &mut Generator, ty: &Ty, passing: Passing) -> Option<Pattern> {
    part(g, ty, passing, &mut Vec::new(), 2)
}

/// `x @ p` at times, which no `let` accepts yet.
pub fn in_arm(g: &mut Generator, ty: &Ty, passing: Passing) -> Option<Pattern> {
    let mut vars = Vec::new();
    let is_named = passing == Passing::Own && ty.is_copy() && ty.parts().is_some() && g.dice.chance(15);
    let var = if is_named { Some(name(g, ty, passing, &mut vars)?) } else { None };
    let inner = part(g, ty, passing, &mut vars, 2)?;
    Some(match var {
        Some(var) if !matches!(inner, Pattern::Name(_)) => Pattern::At(var, Box::new(inner)),
        _ => inner,
    })
}

/// One of the variants of the enum.
pub fn variant(g: &mut Generator, which: usize, passing: Passing) -> Option<Pattern> {
    let mut vars = Vec::new();
    let mut parts = Vec::new();
    for (_, ty) in (Enum::VARIANTS[which].fields)() {
        parts.push(if g.dice.chance(15) { None } else { Some(part(g, &ty, passing, &mut vars, 1)?) });
    }
    Some(Pattern::Variant(which, parts))
}

/// For what is behind a reference that the pattern itself may take off.
pub fn of_reference(g: &mut Generator, ty: &Ty) -> Option<Pattern> {
    if ty.is_copy() && g.dice.chance(40) {
        return Some(Pattern::Deref(Box::new(irrefutable(g, ty, Passing::Own)?)));
    }
    irrefutable(g, ty, Passing::Shared)
}

/// `None` if two names are the same.
fn part(g: &mut Generator, ty: &Ty, passing: Passing, vars: &mut Vec<Var>, depth: usize) -> Option<Pattern> {
    if depth < 2 && g.dice.chance(8) {
        return Some(Pattern::Wild);
    }
    // A name alone for a whole `&mut` would move it.
    let is_moved = depth == 2 && passing == Passing::Exclusive && (ty.parts().is_some() || ty.element().is_some());
    if depth == 0 || !is_moved && g.dice.chance(40) {
        return name(g, ty, passing, vars).map(Pattern::Name);
    }
    let mut inner = |g: &mut Generator, ty: &Ty| part(g, ty, passing, vars, depth - 1);
    Some(match ty {
        Ty::Tuple(parts) => Pattern::Tuple(parts.iter().map(|ty| inner(g, ty)).collect::<Option<_>>()?),
        Ty::Array(element, length) => Pattern::Array((0..*length).map(|_| inner(g, element)).collect::<Option<_>>()?),
        Ty::Struct(kind) => {
            let mut parts = Vec::new();
            for (_, ty) in kind.fields() {
                parts.push(if g.dice.chance(25) { None } else { Some(inner(g, &ty)?) });
            }
            Pattern::Struct(*kind, parts)
        }
        _ => Pattern::Name(name(g, ty, passing, vars)?),
    })
}

pub fn name(g: &mut Generator, ty: &Ty, passing: Passing, vars: &mut Vec<Var>) -> Option<Var> {
    let mutable = match passing {
        Passing::Own => g.dice.chance(40),
        Passing::Shared => false,
        Passing::Exclusive => true,
    };
    let prefix = if *ty == Ty::Int { "m" } else { "y" };
    let var = g.variable(prefix, ty.clone(), passing, mutable, None);
    if vars.iter().any(|other| other.name == var.name) {
        return None;
    }
    vars.push(var.clone());
    Some(var)
}

//! Patterns for values of a type.

use crate::random::generate::Generator;
use crate::random::pattern::Pattern;
use crate::random::tree::Var;
use crate::random::ty::{Passing, Ty};

/// One that every value fits; the names own what they stand for or refer to it.
pub fn irrefutable(g: &mut Generator, ty: &Ty, passing: Passing) -> Option<Pattern> {
    part(g, ty, passing, &mut Vec::new(), 2)
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
    if depth == 0 || g.dice.chance(40) {
        return name(g, ty, passing, vars).map(Pattern::Name);
    }
    if passing == Passing::Own && ty.is_copy() && ty.parts().is_some() && g.dice.chance(8) {
        let var = name(g, ty, passing, vars)?;
        return Some(Pattern::At(var, Box::new(part(g, ty, passing, vars, depth - 1)?)));
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

//! What is matched: values, references to places, elements that may be missing.

use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::pattern::Pattern;
use crate::random::shapes::{Enum, Struct};
use crate::random::tree::{Rule, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{calls, options, patterns, places, vecs};

pub struct Head {
    pub tree: Tree,
    pub ty: Ty,
    /// How the names of a pattern hold what they stand for.
    pub passing: Passing,
    /// What is borrowed as long as they are in use.
    pub borrows: Vec<Var>,
    /// Whether what is in the `Some` is itself a reference.
    pub gives_references: bool,
}

impl Head {
    pub fn of_value(tree: Tree) -> Self {
        let ty = tree.ty().clone();
        Self { tree, ty, passing: Passing::Own, borrows: Vec::new(), gives_references: false }
    }

    /// Makes what stands behind a pattern, with its names.
    pub fn behind<T>(&self, g: &mut Generator, vars: &[Var], make: impl FnOnce(&mut Generator) -> T) -> T {
        let borrows: &[Var] = if vars.is_empty() { &[] } else { &self.borrows };
        g.borrowed_all(borrows, self.passing == Passing::Exclusive, |g| {
            g.scoped(|g| {
                vars.iter().for_each(|var| g.declare(var));
                make(g)
            })
        })
    }

    /// A pattern for what is in the `Some`, or of one variant of an enum.
    pub fn some(&self, g: &mut Generator) -> Option<Pattern> {
        if self.ty == Ty::Enum {
            let which = g.dice.between(1, Enum::VARIANTS.len() - 1);
            return patterns::variant(g, which, self.passing);
        }
        let payload = self.ty.payload()?;
        let inner = if self.gives_references {
            patterns::of_reference(g, payload)
        } else {
            patterns::irrefutable(g, payload, self.passing)
        };
        Some(Pattern::Some(Box::new(inner?)))
    }
}

fn payload(g: &mut Generator) -> Ty {
    g.dice.of(&[Ty::Float, Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Struct::Spot)])
}

/// An enum, which `Option` is most often.
pub fn refutable(g: &mut Generator) -> Option<Head> {
    if !g.is_pure && g.dice.chance(10) {
        return vecs::pop(g).map(Head::of_value);
    }
    if g.dice.chance(70) {
        return option(g);
    }
    if g.dice.chance(40) { lent(g, &Ty::Enum) } else { Some(Head::of_value(g.expr(&Ty::Enum, 1))) }
}

/// An option of some type.
fn option(g: &mut Generator) -> Option<Head> {
    let payload = payload(g);
    let ty = Ty::option(payload.clone());
    match g.dice.below(20) {
        0..=6 => places::read(g, &ty, 0).map(Head::of_value),
        7..=11 => lent(g, &ty),
        12..=14 => {
            let (tree, var) = options::reference(g, &payload)?;
            Some(Head { tree, ty, passing: Passing::Shared, borrows: vec![var], gives_references: true })
        }
        15 | 16 => calls::value(g, &ty, 1).map(Head::of_value),
        _ => Some(Head::of_value(g.expr(&ty, 1))),
    }
}

/// By `&` or `&mut`.
fn lent(g: &mut Generator, ty: &Ty) -> Option<Head> {
    let exclusively = !g.is_pure && g.dice.chance(60);
    let place = places::place(g, ty, exclusively)?;
    let (word, passing) = if exclusively { ("&mut ", Passing::Exclusive) } else { ("&", Passing::Shared) };
    let borrows = vec![places::root(&place).clone()];
    let ty = place.ty().clone();
    Some(Head { tree: calls::lend(place, word), ty, passing, borrows, gives_references: false })
}

/// A tuple, struct or array, which has but one shape.
pub fn whole(g: &mut Generator) -> Option<Head> {
    let ty = match g.dice.below(8) {
        0 => Ty::pair(),
        1 => Ty::array(2),
        2 => Ty::Tuple(vec![Ty::Float, Ty::Int]),
        _ => Ty::Struct(g.dice.of(&Struct::ALL)),
    };
    if g.dice.chance(40) { lent(g, &ty) } else { Some(Head::of_value(g.expr(&ty, 2))) }
}

static TWO: Rule = Rule::new(
    "two options",
    |tree, printer| {
        printer.push("(");
        printer.list(&tree.children);
        printer.push(")");
    },
    |tree, machine| {
        let parts: Result<Vec<_>, _> = tree.children.iter().map(|child| machine.eval(child)).collect();
        Ok(Value::List(parts?))
    },
);

/// Two options in a tuple: values, or references that are for reading.
pub fn two(g: &mut Generator) -> Option<Head> {
    let ty = Ty::option(payload(g));
    let by_reference = g.dice.chance(30);
    let (mut parts, mut borrows) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        parts.push(if by_reference {
            let place = places::place(g, &ty, false)?;
            borrows.push(places::root(&place).clone());
            calls::lend(place, "&")
        } else {
            match places::read(g, &ty, 0) {
                Some(read) if g.dice.chance(70) => read,
                _ => g.expr(&ty, 1),
            }
        });
    }
    let ty = Ty::Tuple(vec![ty.clone(), ty]);
    if !by_reference {
        return Some(Head::of_value(Tree::expr(&TWO, &ty, parts)));
    }
    Some(Head { tree: Tree::expr(&TWO, &ty, parts), ty, passing: Passing::Shared, borrows, gives_references: false })
}

//! `std::mem::swap`, `replace` and `take`.

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::shapes::Struct;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::{Passing, Ty};

use super::{calls, lets, places};

static SWAP: Rule = Rule::new(
    "swap of two places",
    |tree, printer| {
        printer.push("std::mem::swap(");
        printer.list(&tree.children);
        printer.push(");");
    },
    |tree, machine| {
        let first = machine.place(&tree.children[0])?;
        let second = machine.place(&tree.children[1])?;
        let (one, other) = (machine.load(&first)?, machine.load(&second)?);
        machine.store(&first, other)?;
        machine.store(&second, one)?;
        Ok(Value::UNIT)
    },
);

static REPLACE: Rule = Rule::new(
    "replaced value",
    |tree, printer| {
        printer.push(if tree.children.len() > 1 { "std::mem::replace(" } else { "std::mem::take(" });
        printer.list(&tree.children);
        printer.push(")");
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        let new = match tree.children.get(1) {
            Some(new) => machine.eval(new)?,
            None if *tree.ty() == Ty::Float => Value::Float(Dual::constant(0.0)),
            None => Value::List(Vec::new()),
        };
        let old = machine.load(&place)?;
        machine.store(&place, new)?;
        Ok(old)
    },
);

fn ty(g: &mut Generator) -> Ty {
    g.dice.of(&[Ty::Float, Ty::Float, Ty::Float, Ty::pair(), Ty::array(2), Ty::Struct(Struct::Spot), Ty::vec(0)])
}

/// A place whose value may be exchanged for any of its type.
fn place(g: &mut Generator, ty: &Ty) -> Option<Tree> {
    let place = places::place(g, ty, true)?;
    let keeps_its_length = place.ty() != ty || ty.has_vec() && places::root(&place).passing == Passing::Exclusive;
    (!keeps_its_length).then_some(place)
}

pub fn swap(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let ty = ty(g);
    let first = place(g, &ty)?;
    let root = places::root(&first).clone();
    let second = g.borrowed(&root, true, |g| place(g, &ty))?;
    Some(Tree::statement(&SWAP, vec![calls::lend(first, "&mut "), calls::lend(second, "&mut ")]))
}

pub fn replace(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let ty = ty(g);
    let place = place(g, &ty)?;
    let root = places::root(&place).clone();
    let mut children = vec![calls::lend(place, "&mut ")];
    let has_default = ty == Ty::Float || ty == Ty::vec(0);
    if !has_default || g.dice.chance(70) {
        children.push(g.borrowed(&root, true, |g| g.expr(&ty, depth)));
    }
    let value = Tree::expr(&REPLACE, &ty, children);
    let mutable = g.dice.chance(50);
    Some(lets::let_of(g, &ty, mutable, value).0)
}

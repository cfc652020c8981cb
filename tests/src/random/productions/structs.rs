//! Structs: made, with `..base`, taken apart.

use crate::random::generate::Generator;
use crate::random::machine::{ILL_TYPED, Value};
use crate::random::shapes::Struct;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::{places, values};

fn kind(tree: &Tree) -> Struct {
    match tree.ty() {
        Ty::Struct(kind) => *kind,
        other => unreachable!("{other:?} is no struct"),
    }
}

pub static LITERAL: Rule = Rule::new(
    "struct literal of all fields",
    |tree, printer| {
        let kind = kind(tree);
        if kind.is_tuple() {
            printer.push(&format!("{}(", kind.name()));
            printer.list(&tree.children);
            return printer.push(")");
        }
        printer.push(&format!("{} {{ ", kind.name()));
        for ((name, _), child) in kind.fields().iter().zip(&tree.children) {
            printer.push(&format!("{name}: "));
            printer.bare(child);
            printer.push(", ");
        }
        printer.push("}");
    },
    |tree, machine| {
        let parts: Result<Vec<_>, _> = tree.children.iter().map(|child| machine.eval(child)).collect();
        Ok(Value::List(parts?))
    },
);

/// Numbers: the fields that are given, in the order they are written. Children: their values, then the base.
static UPDATE: Rule = Rule::new(
    "struct update",
    |tree, printer| {
        let kind = kind(tree);
        let fields = kind.fields();
        printer.push(&format!("{} {{ ", kind.name()));
        for (field, child) in tree.ints.iter().zip(&tree.children) {
            printer.push(&format!("{}: ", fields[*field as usize].0));
            printer.bare(child);
            printer.push(", ");
        }
        printer.push("..");
        printer.tree(tree.children.last().expect("it has a base"));
        printer.push(" }");
    },
    |tree, machine| {
        let mut given = Vec::new();
        for child in &tree.children {
            given.push(machine.eval(child)?);
        }
        let Some(Value::List(mut parts)) = given.pop() else { return Err(ILL_TYPED) };
        for (field, value) in tree.ints.iter().zip(given) {
            *parts.get_mut(*field as usize).ok_or(ILL_TYPED)? = value;
        }
        Ok(Value::List(parts))
    },
);

pub fn literal(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(values::listed(g, ty, depth))
}

/// The base is mostly a variable; some of the fields, in any order.
pub fn update(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let Ty::Struct(kind) = ty else { return None };
    let fields = kind.fields();
    let mut order: Vec<usize> = (0..fields.len()).filter(|_| g.dice.chance(50)).collect();
    if order.is_empty() {
        order.push(g.dice.below(fields.len()));
    }
    if order.len() > 1 && g.dice.chance(50) {
        order.reverse();
    }
    let mut children: Vec<Tree> = order.iter().map(|field| g.expr(&fields[*field].1, depth)).collect();
    let read = if g.dice.chance(80) { places::read(g, ty, 0) } else { None };
    children.push(read.unwrap_or_else(|| g.expr(ty, depth)));
    let order: Vec<u64> = order.into_iter().map(|field| field as u64).collect();
    Some(Tree::expr(&UPDATE, ty, children).ints(&order))
}

//! Comparisons and what joins them.

use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::{literals, places};

static OF_FLOATS: Rule = Rule::new("comparison of floats", super::arithmetic::infix, |tree, machine| {
    let a = machine.float(&tree.children[0])?;
    let b = machine.float(&tree.children[1])?;
    machine.kink(&a.sub(&b))?;
    Ok(Value::Bool(if tree.word == "<" { a.value < b.value } else { a.value > b.value }))
});

pub fn of_floats(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["<", ">"]);
    let right = if g.dice.chance(70) { literals::float_of(g.dice.float()) } else { g.float(depth.min(1)) };
    let read = if g.dice.chance(60) { places::read(g, &Ty::Float, 0) } else { None };
    let left = read.unwrap_or_else(|| g.float(depth.min(1)));
    Some(Tree::expr(&OF_FLOATS, ty, vec![left, right]).word(word))
}

static OF_INTS: Rule = Rule::new("comparison of integers", super::arithmetic::infix, |tree, machine| {
    let a = machine.int(&tree.children[0])?;
    let b = machine.int(&tree.children[1])?;
    Ok(Value::Bool(match tree.word {
        "<" => a < b,
        ">=" => a >= b,
        "==" => a == b,
        "!=" => a != b,
        other => unreachable!("{other} is no comparison"),
    }))
});

pub fn of_ints(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["<", ">=", "==", "!="]);
    let read = if g.dice.chance(60) { places::read(g, &Ty::Int, 0) } else { None };
    let left = read.unwrap_or_else(|| g.expr(&Ty::Int, depth.min(1)));
    let right = literals::int_of(g.dice.below(4));
    Some(Tree::expr(&OF_INTS, ty, vec![left, right]).word(word))
}

static JOINED: Rule = Rule::new("and, or", super::arithmetic::infix, |tree, machine| {
    let a = machine.bool(&tree.children[0])?;
    let decides = tree.word == "||";
    Ok(Value::Bool(if a == decides { a } else { machine.bool(&tree.children[1])? }))
});

pub fn joined(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["&&", "||"]);
    Some(Tree::expr(&JOINED, ty, vec![g.expr(&Ty::Bool, depth), g.expr(&Ty::Bool, depth)]).word(word))
}

static NEGATED: Rule = Rule::new(
    "not",
    |tree, printer| {
        printer.push("(!");
        printer.tree(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| Ok(Value::Bool(!machine.bool(&tree.children[0])?)),
);

pub fn negated(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(Tree::expr(&NEGATED, ty, vec![g.expr(&Ty::Bool, depth)]))
}

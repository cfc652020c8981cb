//! Integers: they steer, they are counted, and they become floats.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Value};
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::{literals, places};

static BINARY: Rule = Rule::new("integer arithmetic", super::arithmetic::infix, |tree, machine| {
    let a = machine.int(&tree.children[0])?;
    let b = machine.int(&tree.children[1])?;
    Ok(Value::Int(match tree.word {
        "+" => a + b,
        "*" => a * b,
        "%" if b > 0 => a % b,
        "/" if b > 0 => a / b,
        _ => return Err(Exit::Reject("division by zero")),
    }))
});

pub fn binary(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["+", "+", "*", "%", "/"]);
    let right = match word {
        "%" | "/" => literals::int_of(g.dice.between(2, 4)),
        _ => g.expr(&Ty::Int, depth),
    };
    Some(Tree::expr(&BINARY, ty, vec![g.expr(&Ty::Int, depth), right]).word(word))
}

static LENGTH: Rule = Rule::new(
    "length",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".len()");
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        Ok(Value::Int(machine.length(&place)? as u64))
    },
);

pub fn length(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let mut variables = g.variables(false);
    variables.retain(|var| var.ty.element().is_some());
    if variables.is_empty() {
        return None;
    }
    let place = places::variable(&g.dice.of(&variables));
    Some(Tree::expr(&LENGTH, ty, vec![place]))
}

static AS_FLOAT: Rule = Rule::new(
    "integer as float",
    |tree, printer| {
        printer.push("(");
        printer.tree(&tree.children[0]);
        printer.push(" as f64)");
    },
    |tree, machine| {
        let int = machine.int(&tree.children[0])?;
        Ok(Value::Float(crate::random::dual::Dual::constant(int as f64)))
    },
);

pub fn as_float(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(Tree::expr(&AS_FLOAT, ty, vec![g.expr(&Ty::Int, depth.min(1))]))
}

/// How many wholes are in an active float.
static STEP: Rule = Rule::new(
    "step",
    |tree, printer| {
        printer.push("(");
        printer.receiver(&tree.children[0]);
        printer.push(".abs().floor() as usize)");
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let distance = a.value - a.value.round();
        machine.kink(&a.map(distance, 1.0))?;
        Ok(Value::Int(a.value.abs().floor() as u64))
    },
);

pub fn step(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(Tree::expr(&STEP, ty, vec![g.float(depth.min(1))]))
}

//! `+ - * / %` and the sign.

use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::print::Printer;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::literals;

static BINARY: Rule = Rule::new("arithmetic", infix, |tree, machine| {
    let a = machine.float(&tree.children[0])?;
    let b = machine.float(&tree.children[1])?;
    Ok(Value::Float(match tree.word {
        "+" => a.add(&b),
        "-" => a.sub(&b),
        "*" => a.mul(&b),
        "/" => a.div(&b),
        other => unreachable!("{other} is no operator"),
    }))
});

static NEGATION: Rule = Rule::new(
    "negation",
    |tree, printer| {
        printer.push("(-");
        printer.tree(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        Ok(Value::Float(a.map(-a.value, -1.0)))
    },
);

/// Divided by what is at least one.
static QUOTIENT: Rule = Rule::new(
    "quotient",
    |tree, printer| {
        printer.push("(");
        printer.tree(&tree.children[0]);
        printer.push(" / (");
        printer.receiver(&tree.children[1]);
        printer.push(".abs() + 1.5))");
    },
    |tree, machine| {
        let a = machine.float(&tree.children[0])?;
        let b = machine.float(&tree.children[1])?;
        machine.kink(&b)?;
        let b = b.map(b.value.abs() + 1.5, b.value.signum());
        Ok(Value::Float(a.div(&b)))
    },
);

pub fn infix(tree: &Tree, printer: &mut Printer) {
    printer.push("(");
    printer.tree(&tree.children[0]);
    printer.push(&format!(" {} ", tree.word));
    printer.tree(&tree.children[1]);
    printer.push(")");
}

pub fn binary(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let word = g.dice.of(&["+", "+", "-", "*", "*", "*"]);
    let children = vec![g.float(depth), g.float(depth)];
    Some(Tree::expr(&BINARY, ty, children).word(word))
}

pub fn negation(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(Tree::expr(&NEGATION, ty, vec![g.float(depth)]))
}

pub fn quotient(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.dice.chance(40) {
        let children = vec![g.float(depth), literals::float_of(g.dice.float())];
        return Some(Tree::expr(&BINARY, ty, children).word("/"));
    }
    Some(Tree::expr(&QUOTIENT, ty, vec![g.float(depth), g.float(depth)]))
}

/// Of one float in each of the variables, so that much of what a function did reaches its result.
pub fn digest(g: &mut Generator) -> Tree {
    let mut tree = g.float(2);
    let variables = g.variables(false);
    // Parameters come first, what was made last comes last.
    let (parameters, made) = variables.split_at(variables.len().min(3));
    for var in parameters.iter().chain(&made[made.len().saturating_sub(8)..]) {
        if let Some(place) = super::places::place_in(g, var, &Ty::Float, false) {
            let word = g.dice.of(&["+", "-", "*"]);
            let children = vec![tree, super::places::read_of(place)];
            tree = Tree::expr(&BINARY, &Ty::Float, children).word(word);
        }
        let digested = super::options::digested(g, var).or_else(|| super::chains::digested(var));
        if let Some(read) = digested.or_else(|| super::taken::digested(g, var)) {
            let word = g.dice.of(&["+", "-", "*"]);
            tree = Tree::expr(&BINARY, &Ty::Float, vec![tree, read]).word(word);
        }
        if g.dice.chance(25) {
            tree = super::methods::squashed(g, tree);
        }
    }
    tree
}

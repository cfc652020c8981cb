//! Literals and constants.

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::print::{CONSTANTS, TABLE};
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::values;

pub static FLOAT: Rule = Rule::new(
    "float literal",
    |tree, printer| {
        let is_negative = tree.float < 0.0;
        printer.push(if is_negative { "(" } else { "" });
        printer.literal(&format!("{:?}", tree.float), "_f64");
        printer.push(if is_negative { ")" } else { "" });
    },
    |tree, _| Ok(Value::Float(Dual::constant(tree.float))),
);

pub static INT: Rule = Rule::new(
    "integer literal",
    |tree, printer| printer.literal(&tree.ints[0].to_string(), "_usize"),
    |tree, _| Ok(Value::Int(tree.ints[0])),
);

pub static BOOL: Rule = Rule::new(
    "flag",
    |tree, printer| printer.push(if tree.ints[0] == 1 { "true" } else { "false" }),
    |tree, _| Ok(Value::Bool(tree.ints[0] == 1)),
);

static CONSTANT: Rule = Rule::new(
    "constant",
    |tree, printer| printer.push(tree.word),
    |tree, _| Ok(Value::Float(Dual::constant(tree.float))),
);

static ELEMENT: Rule = Rule::new(
    "element of a constant",
    |tree, printer| {
        printer.push("TABLE[");
        printer.tree(&tree.children[0]);
        printer.push(" % 3]");
    },
    |tree, machine| {
        let i = machine.index(&tree.children[0])? % TABLE.len();
        Ok(Value::Float(Dual::constant(TABLE[i])))
    },
);

pub fn float(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let value = g.dice.float();
    Some(float_of(value))
}

pub fn float_of(value: f64) -> Tree {
    Tree::expr(&FLOAT, &Ty::Float, Vec::new()).float(value)
}

pub fn int(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let value = g.dice.below(5);
    Some(int_of(value))
}

pub fn int_of(value: usize) -> Tree {
    Tree::expr(&INT, &Ty::Int, Vec::new()).ints(&[value as u64])
}

pub fn bool_of(value: bool) -> Tree {
    Tree::expr(&BOOL, &Ty::Bool, Vec::new()).ints(&[u64::from(value)])
}

pub fn constant(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let (name, value) = g.dice.of(&CONSTANTS);
    Some(Tree::expr(&CONSTANT, &Ty::Float, Vec::new()).word(name).float(value))
}

pub fn table(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let at = g.expr(&Ty::Int, depth.min(1));
    Some(Tree::expr(&ELEMENT, &Ty::Float, vec![at]))
}

/// Something of the type that asks for nothing else.
pub fn simplest(g: &mut Generator, ty: &Ty) -> Tree {
    match ty {
        Ty::Float => float(g, ty, 0).expect("a literal is always there"),
        Ty::Int => int_of(g.dice.below(5)),
        Ty::Bool => bool_of(g.dice.chance(50)),
        _ => values::listed(g, ty, 0),
    }
}

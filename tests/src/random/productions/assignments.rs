//! `=`, `+=` and its like, `(a, b) = (b, a)`, and what looks at values in passing.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, ILL_TYPED, Value};
use crate::random::shapes::Struct;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::{Passing, Ty};

use super::{literals, places};

static ASSIGN: Rule = Rule::new(
    "assignment",
    |tree, printer| {
        places::target(&tree.children[0], printer);
        printer.push(" = ");
        printer.bare(&tree.children[1]);
        printer.push(";");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[1])?;
        let place = machine.place(&tree.children[0])?;
        machine.store(&place, value)?;
        Ok(Value::UNIT)
    },
);

/// Rust evaluates the value first where both are primitive numbers.
static COMPOUND: Rule = Rule::new(
    "compound assignment",
    |tree, printer| {
        places::target(&tree.children[0], printer);
        printer.push(&format!(" {}= ", tree.word));
        printer.bare(&tree.children[1]);
        printer.push(";");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[1])?;
        let place = machine.place(&tree.children[0])?;
        let old = machine.load(&place)?;
        let new = match (old, value) {
            (Value::Float(old), Value::Float(value)) => Value::Float(match tree.word {
                "+" => old.add(&value),
                "-" => old.sub(&value),
                "*" => old.mul(&value),
                _ => old.div(&value),
            }),
            (Value::Int(old), Value::Int(value)) => {
                let new = if tree.word == "+" { old.checked_add(value) } else { old.checked_mul(value) };
                Value::Int(new.ok_or(Exit::Reject("an integer is too large"))?)
            }
            _ => return Err(ILL_TYPED),
        };
        machine.store(&place, new)?;
        Ok(Value::UNIT)
    },
);

pub fn assignment(place: Tree, value: Tree) -> Tree {
    Tree::statement(&ASSIGN, vec![place, value])
}

pub fn assign(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let ty = match g.dice.below(19) {
        0 => Ty::pair(),
        1 => Ty::array(2),
        2 => Ty::vec(2),
        3 => Ty::Struct(g.dice.of(&Struct::ALL)),
        7 => Ty::Enum,
        4..=6 => Ty::option(g.dice.of(&[Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Struct::Spot)])),
        _ => Ty::Float,
    };
    let place = places::place(g, &ty, true)?;
    // A vector of the caller's keeps its length, which `check!` counts on.
    if place.ty().has_vec() && places::root(&place).passing == Passing::Exclusive {
        return None;
    }
    let ty = place.ty().clone();
    let value = g.expr(&ty, depth + 1);
    Some(Tree::statement(&ASSIGN, vec![place, value]))
}

pub fn compound(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let place = places::place(g, &Ty::Float, true)?;
    let word = g.dice.of(&["+", "+", "-", "*", "*", "/"]);
    let value = match g.dice.below(5) {
        _ if word == "/" => literals::float_of(g.dice.float() + 2.0),
        0 => literals::float_of(g.dice.float()),
        _ => g.float(depth + 1),
    };
    Some(Tree::statement(&COMPOUND, vec![place, value]).word(word))
}

pub fn int(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let place = places::place(g, &Ty::Int, true)?;
    Some(if g.dice.chance(50) {
        let by = literals::int_of(g.dice.between(1, 2));
        Tree::statement(&COMPOUND, vec![place, by]).word(g.dice.of(&["+", "+", "*"]))
    } else {
        let value = g.expr(&Ty::Int, 2);
        Tree::statement(&ASSIGN, vec![place, value])
    })
}

static EXCHANGE: Rule = Rule::new(
    "assignment of two",
    |tree, printer| {
        printer.push("(");
        places::target(&tree.children[0], printer);
        printer.push(", ");
        places::target(&tree.children[1], printer);
        printer.push(") = (");
        printer.list(&tree.children[2..]);
        printer.push(");");
    },
    |tree, machine| {
        let first = machine.eval(&tree.children[2])?;
        let second = machine.eval(&tree.children[3])?;
        let place = machine.place(&tree.children[0])?;
        machine.store(&place, first)?;
        let place = machine.place(&tree.children[1])?;
        machine.store(&place, second)?;
        Ok(Value::UNIT)
    },
);

/// Often of each other's values.
pub fn exchange(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let first = places::place(g, &Ty::Float, true)?;
    let second = places::place(g, &Ty::Float, true)?;
    let one = if g.dice.chance(60) { places::read_of(second.clone()) } else { g.float(depth) };
    let other = if g.dice.chance(40) { places::read_of(first.clone()) } else { g.float(depth) };
    Some(Tree::statement(&EXCHANGE, vec![first, second, one, other]))
}

static PASSES_THROUGH: Rule = Rule::new(
    "assertion",
    |tree, printer| {
        printer.push("assert!(f64::is_finite(");
        printer.bare(&tree.children[0]);
        printer.push("));");
    },
    |tree, machine| {
        machine.eval(&tree.children[0])?;
        Ok(Value::UNIT)
    },
);

pub fn passes_through(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let read = places::read(g, &Ty::Float, 0)?;
    Some(Tree::statement(&PASSES_THROUGH, vec![read]))
}

//! What changes the length of a vector. No vector gets shorter than its type says.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, ILL_TYPED, Machine, Value};
use crate::random::tree::{Rule, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::places;

/// One that may change its length: of the function's own.
fn vector(g: &mut Generator, least: usize) -> Option<Var> {
    let mut variables = g.variables(true);
    variables.retain(|var| {
        matches!(&var.ty, Ty::Vec(element, length) if *length >= least && !element.has_vec())
            && var.passing == Passing::Own
    });
    (!variables.is_empty()).then(|| g.dice.of(&variables))
}

fn parts(tree: &Tree, machine: &mut Machine) -> Result<Vec<Value>, Exit> {
    let place = machine.place(&tree.children[0])?;
    match machine.load(&place)? {
        Value::List(parts) => Ok(parts),
        _ => Err(ILL_TYPED),
    }
}

fn put(tree: &Tree, parts: Vec<Value>, machine: &mut Machine) -> Flow {
    if parts.len() > 40 {
        return Err(Exit::Reject("a vector is too long"));
    }
    let place = machine.place(&tree.children[0])?;
    machine.store(&place, Value::List(parts))?;
    Ok(Value::UNIT)
}

static PUSH: Rule = Rule::new(
    "push",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".push(");
        printer.bare(&tree.children[1]);
        printer.push(");");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[1])?;
        let mut parts = parts(tree, machine)?;
        parts.push(value);
        put(tree, parts, machine)
    },
);

pub fn push(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let var = vector(g, 0)?;
    let element = var.ty.element()?.0.clone();
    let value = g.borrowed(&var, false, |g| g.expr(&element, depth));
    Some(Tree::statement(&PUSH, vec![places::variable(&var), value]))
}

/// `Vec::new()`, of which all elements come later.
static NEW: Rule = Rule::new(
    "new vector",
    |tree, printer| {
        let Ty::Vec(element, _) = tree.ty() else { return };
        printer.push(if printer.is_typed() { "Vec::<" } else { "Vec::new()" });
        if printer.is_typed() {
            printer.push(&format!("{}>::new()", element.print()));
        }
    },
    |_, _| Ok(Value::List(Vec::new())),
);

pub fn new(_: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let (_, least) = ty.element()?;
    (least == 0).then(|| Tree::expr(&NEW, ty, Vec::new()))
}

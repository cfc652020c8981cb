//! `fill`, `copy_from_slice`, `swap`.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, ILL_TYPED, Step, Value};
use crate::random::tree::{Rule, Tree, Var};
use crate::random::ty::Ty;

use super::places;

/// Something with elements, those of a type.
fn buffer(g: &mut Generator, element: &Ty, least: usize, for_writing: bool) -> Option<Var> {
    let mut variables = g.variables(for_writing);
    variables.retain(|var| var.ty.element().is_some_and(|(found, length)| found == element && length >= least));
    (!variables.is_empty()).then(|| g.dice.of(&variables))
}

static FILL: Rule = Rule::new(
    "fill",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".fill(");
        printer.bare(&tree.children[1]);
        printer.push(");");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[1])?;
        let place = machine.place(&tree.children[0])?;
        let length = machine.length(&place)?;
        machine.store(&place, Value::List(vec![value; length]))?;
        Ok(Value::UNIT)
    },
);

/// The value is made first, since the buffer is borrowed by then.
pub fn fill(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let var = buffer(g, &Ty::Float, 1, true)?;
    let value = g.borrowed(&var, true, |g| g.float(depth));
    Some(Tree::statement(&FILL, vec![places::variable(&var), value]))
}

static COPY: Rule = Rule::new(
    "copy_from_slice",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(&format!("[..{}].copy_from_slice(&", tree.ints[0]));
        printer.tree(&tree.children[1]);
        printer.push(&format!("[..{}]);", tree.ints[0]));
    },
    |tree, machine| {
        let mut from = machine.place(&tree.children[1])?;
        from.path.push(Step::Range(0, tree.ints[0] as usize));
        let value = machine.load(&from)?;
        let mut to = machine.place(&tree.children[0])?;
        to.path.push(Step::Range(0, tree.ints[0] as usize));
        machine.store(&to, value)?;
        Ok(Value::UNIT)
    },
);

pub fn copy(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let element = g.dice.of(&[Ty::Float, Ty::Float, Ty::pair()]);
    let to = buffer(g, &element, 1, true)?;
    let from = g.borrowed(&to, true, |g| buffer(g, &element, 1, false))?;
    let (_, most) = to.ty.element()?;
    let length = g.dice.between(1, most.min(from.ty.element()?.1)) as u64;
    let children = vec![places::variable(&to), places::variable(&from)];
    Some(Tree::statement(&COPY, children).ints(&[length]))
}

static SWAP: Rule = Rule::new(
    "swap",
    |tree, printer| {
        let name = &tree.children[0].vars[0].name;
        printer.push(&format!("{name}.swap("));
        printer.tree(&tree.children[1]);
        printer.push(&format!(" % {}, ", tree.ints[0]));
        printer.tree(&tree.children[2]);
        printer.push(&format!(" % {});", tree.ints[0]));
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        let i = machine.index(&tree.children[1])? % tree.ints[0] as usize;
        let j = machine.index(&tree.children[2])? % tree.ints[0] as usize;
        let Value::List(mut parts) = machine.load(&place)? else { return Err(ILL_TYPED) };
        if i.max(j) >= parts.len() {
            return Err(Exit::Reject("an index is out of bounds"));
        }
        parts.swap(i, j);
        machine.store(&place, Value::List(parts))?;
        Ok(Value::UNIT)
    },
);

pub fn swap(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let element = g.dice.of(&[Ty::Float, Ty::Float, Ty::Float, Ty::pair(), Ty::array(2)]);
    let var = buffer(g, &element, 2, true)?;
    let (_, least) = var.ty.element()?;
    let (i, j) = g.borrowed(&var, true, |g| (g.expr(&Ty::Int, 1), g.expr(&Ty::Int, 1)));
    Some(Tree::statement(&SWAP, vec![places::variable(&var), i, j]).ints(&[least as u64]))
}

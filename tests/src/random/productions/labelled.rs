//! Blocks with labels: `'l1: { … break 'l1 value … }`.

use crate::random::generate::{Generator, Loop};
use crate::random::machine::{Flow, Machine};
use crate::random::print::Printer;
use crate::random::tree::{Label, Rule, Sort, Tree};
use crate::random::ty::Ty;

use super::{block, branches, exits, loops};

fn print(tree: &Tree, printer: &mut Printer) {
    loops::print_label(tree, printer);
    printer.tree(&tree.children[0]);
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    loops::run(tree, &tree.children[0], machine)
}

/// A "loop" in that it can be left by its label.
static VALUE: Rule = Rule::new(
    "labelled block as a value",
    |tree, printer| {
        printer.push("(");
        print(tree, printer);
        printer.push(")");
    },
    eval,
)
.a_loop();

static STATEMENT: Rule = Rule::new("labelled block", print, eval).a_loop();

/// One exit at least is its own.
fn inner(g: &mut Generator, ty: &Ty) -> (Label, Tree) {
    let mut label = g.label();
    label.shown = true;
    let from = Loop { label, value: ty.clone(), is_block: true };
    g.loops.push(from.clone());
    let (count, behind) = (g.dice.between(0, 2), g.dice.between(0, 2));
    let inner = block::block(g, ty, count, &mut |g| {
        let condition = g.expr(&Ty::Bool, 2);
        let exit = exits::break_from(g, from.clone());
        let leaving = Tree::new(&block::BLOCK, Sort::Block(Ty::Unit), vec![exit]);
        let mut statements = vec![branches::only_if(condition, leaving)];
        statements.extend((0..behind).filter_map(|_| g.statement()));
        statements
    });
    g.loops.pop();
    (label, inner)
}

pub fn value(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() || g.is_pure {
        return None;
    }
    let (label, inner) = inner(g, ty);
    Some(Tree::expr(&VALUE, ty, vec![inner]).label(label))
}

pub fn statement(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let (label, inner) = inner(g, &Ty::Unit);
    Some(Tree::statement(&STATEMENT, vec![inner]).label(label))
}

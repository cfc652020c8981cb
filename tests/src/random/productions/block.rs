//! Blocks, and statements that stand together without one.

use crate::random::generate::Generator;
use crate::random::machine::{Flow, Machine, Value};
use crate::random::tree::{Rule, Scope, Sort, Tree};
use crate::random::ty::Ty;

use super::arithmetic;

/// Statements, then a value unless the type is `()`.
pub static BLOCK: Rule = Rule::new(
    "block",
    |tree, printer| {
        let has_value = *tree.ty() != Ty::Unit;
        printer.braces(|printer| {
            for (i, child) in tree.children.iter().enumerate() {
                printer.line();
                if has_value && i + 1 == tree.children.len() {
                    printer.bare(child);
                } else {
                    printer.tree(child);
                }
            }
        });
    },
    in_order,
)
.scope(Scope::Block)
.a_list();

fn in_order(tree: &Tree, machine: &mut Machine) -> Flow {
    let mut value = Value::UNIT;
    for child in &tree.children {
        value = machine.eval(child)?;
    }
    Ok(if *tree.ty() == Ty::Unit { Value::UNIT } else { value })
}

/// Statements that one production makes and that are no block.
static TOGETHER: Rule = Rule::new(
    "statements",
    |tree, printer| {
        for (i, child) in tree.children.iter().enumerate() {
            if i > 0 {
                printer.line();
            }
            printer.tree(child);
        }
    },
    in_order,
)
.a_list();

static EXPRESSION: Rule = Rule::new(
    "block as a value",
    |tree, printer| {
        printer.push("(");
        printer.tree(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| machine.eval(&tree.children[0]),
);

pub static STATEMENT: Rule = Rule::new(
    "block as a statement",
    |tree, printer| printer.tree(&tree.children[0]),
    |tree, machine| machine.eval(&tree.children[0]),
);

pub fn together(statements: Vec<Tree>) -> Tree {
    Tree::statement(&TOGETHER, statements)
}

/// A block of about so many statements; what `last` gives comes after them.
pub fn block(g: &mut Generator, ty: &Ty, count: usize, last: &mut dyn FnMut(&mut Generator) -> Vec<Tree>) -> Tree {
    g.scoped(|g| {
        let mut children: Vec<Tree> = (0..count).filter_map(|_| g.statement()).collect();
        children.extend(last(g));
        match ty {
            Ty::Unit => {}
            // The outermost block is the function's.
            Ty::Float if g.depth == 1 => children.push(arithmetic::digest(g)),
            _ => children.push(g.expr(ty, 2)),
        }
        Tree::new(&BLOCK, Sort::Block(ty.clone()), children)
    })
}

/// A block as branches and loops have it.
pub fn body(g: &mut Generator, ty: &Ty) -> Tree {
    let count = if *ty == Ty::Unit { g.dice.between(1, 4) } else { g.dice.of(&[0, 0, 1, 2]) };
    let count = if g.is_pure { 0 } else { count };
    block(g, ty, count, &mut |_| Vec::new())
}

pub fn value(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    (!g.is_deep()).then(|| Tree::expr(&EXPRESSION, ty, vec![body(g, ty)]))
}

pub fn statement(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    (!g.is_deep()).then(|| Tree::statement(&STATEMENT, vec![body(g, &Ty::Unit)]))
}

/// A statement that does nothing.
pub fn nothing() -> Tree {
    Tree::statement(&STATEMENT, vec![Tree::new(&BLOCK, Sort::Block(Ty::Unit), Vec::new())])
}

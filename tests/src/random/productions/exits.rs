//! `break`, `continue`, `return`, and where they stand.

use crate::random::generate::{Generator, Loop};
use crate::random::machine::{Exit, Value};
use crate::random::tree::{Rule, Scope, Tree};
use crate::random::ty::{Passing, Ty};

use super::{block, branches, matches};

static BREAK: Rule = Rule::new(
    "break",
    |tree, printer| {
        printer.push(&format!("break{}", label_of(tree)));
        value_of(tree, printer);
    },
    |tree, machine| {
        let value = match tree.children.first() {
            Some(value) => machine.eval(value)?,
            None => Value::UNIT,
        };
        Err(Exit::Break(tree.label.expect("it has a loop").id, value))
    },
);

static CONTINUE: Rule = Rule::new(
    "continue",
    |tree, printer| printer.push(&format!("continue{};", label_of(tree))),
    |tree, _| Err(Exit::Continue(tree.label.expect("it has a loop").id)),
);

static RETURN: Rule = Rule::new(
    "return",
    |tree, printer| {
        printer.push("return");
        value_of(tree, printer);
    },
    |tree, machine| {
        let value = match tree.children.first() {
            Some(value) => machine.eval(value)?,
            None => Value::UNIT,
        };
        Err(Exit::Return(value))
    },
);

fn value_of(tree: &Tree, printer: &mut crate::random::print::Printer) {
    if let Some(value) = tree.children.first() {
        let text = printer.apart_bare(value);
        // After `break` a label is what is left.
        printer.push(&if text.starts_with('\'') { format!(" ({text})") } else { format!(" {text}") });
    }
    printer.push(";");
}

fn label_of(tree: &Tree) -> String {
    match tree.label {
        Some(label) if label.shown => format!(" 'l{}", label.id),
        _ => String::new(),
    }
}

pub fn break_from(g: &mut Generator, from: Loop) -> Tree {
    let value = if from.value == Ty::Unit { Vec::new() } else { vec![g.expr(&from.value, 2)] };
    Tree::statement(&BREAK, value).label(from.label)
}

/// One that is possible here.
pub fn exit(g: &mut Generator) -> Tree {
    if g.loops.is_empty() || g.dice.chance(25) {
        let result = g.result.clone();
        let value = if result == Ty::Unit { Vec::new() } else { vec![g.expr(&result, 2)] };
        return Tree::statement(&RETURN, value);
    }
    let innermost = g.loops.len() - 1;
    let named: Vec<usize> = (0..=innermost).filter(|i| *i == innermost || g.loops[*i].label.shown).collect();
    let at = g.dice.of(&named);
    let mut target = g.loops[at].clone();
    // Within a block that has one, every jump has its label.
    if at == innermost && !target.is_block && g.dice.chance(50) {
        target.label.shown = false;
    }
    if !target.is_block && g.dice.chance(45) {
        Tree::statement(&CONTINUE, Vec::new()).label(target.label)
    } else {
        break_from(g, target)
    }
}

/// A block that ends by leaving.
pub fn leaving(g: &mut Generator) -> Tree {
    let count = g.dice.of(&[0, 0, 1, 2]);
    block::block(g, &Ty::Unit, count, &mut |g| vec![exit(g)])
}

pub fn guarded(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let condition = g.expr(&Ty::Bool, 2);
    let leaving = leaving(g);
    Some(branches::only_if(condition, leaving))
}

static UNLESS: Rule = Rule::new(
    "leave unless",
    |tree, printer| {
        printer.push("if !(");
        printer.bare(&tree.children[0]);
        printer.push(") ");
        printer.braces(|printer| {
            printer.line();
            printer.tree(&tree.children[1]);
        });
    },
    |tree, machine| {
        if !machine.bool(&tree.children[0])? {
            machine.eval(&tree.children[1])?;
        }
        Ok(Value::UNIT)
    },
);

pub fn unless(condition: Tree, exit: Tree) -> Tree {
    Tree::statement(&UNLESS, vec![condition, exit])
}

static LET_ELSE: Rule = Rule::new(
    "let else",
    |tree, printer| {
        printer.push(&format!("let Some({}) = usize::checked_sub(", tree.vars[0].name));
        printer.bare(&tree.children[0]);
        printer.push(&format!(", {}) else ", tree.ints[0]));
        printer.tree(&tree.children[1]);
        printer.push(";");
    },
    |tree, machine| {
        match machine.int(&tree.children[0])?.checked_sub(tree.ints[0]) {
            Some(difference) => machine.bind(&tree.vars[0], Value::Int(difference)),
            None => {
                machine.eval(&tree.children[1])?;
                // A shrunk program may have lost its exit, which the compiler would tell.
                return Err(Exit::Reject("a block does not leave"));
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::Binds);

pub fn let_else(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let from = g.expr(&Ty::Int, 1);
    let by = g.dice.between(1, 2) as u64;
    let leaving = leaving(g);
    let var = g.variable("m", Ty::Int, Passing::Own, false, None);
    g.declare(&var);
    Some(Tree::statement(&LET_ELSE, vec![from, leaving]).var(&var).ints(&[by]))
}

/// `let x = if c { value } else { exit };`, or by `match`.
pub fn value_or_exit(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let value = if g.dice.chance(50) {
        let condition = g.expr(&Ty::Bool, 2);
        let value = block::body(g, &Ty::Float);
        let leaving = leaving(g);
        branches::value_of(condition, value, leaving)
    } else {
        let on = g.expr(&Ty::Int, 1);
        let value = block::body(g, &Ty::Float);
        let leaving = leaving(g);
        matches::of_literals(g, on, value, leaving, &Ty::Float)
    };
    let mutable = g.dice.chance(50);
    Some(super::lets::let_of(g, &Ty::Float, mutable, value).0)
}

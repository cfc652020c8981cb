//! `if`, `else`, and `if let` on an integer's option.

use std::rc::Rc;

use crate::random::generate::Generator;
use crate::random::machine::{Flow, Machine, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Scope, Tree};
use crate::random::ty::{Passing, Ty};

use super::block;

fn print(tree: &Tree, printer: &mut Printer) {
    printer.push("if ");
    printer.bare(&tree.children[0]);
    printer.push(" ");
    branches(tree, printer);
}

fn branches(tree: &Tree, printer: &mut Printer) {
    printer.tree(&tree.children[1]);
    if let Some(otherwise) = tree.children.get(2) {
        printer.push(" else ");
        printer.tree(otherwise);
    }
}

fn parenthesised(print: fn(&Tree, &mut Printer), tree: &Tree, printer: &mut Printer) {
    printer.push("(");
    print(tree, printer);
    printer.push(")");
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    let condition = machine.bool(&tree.children[0])?;
    branch(condition, tree, machine)
}

fn branch(condition: bool, tree: &Tree, machine: &mut Machine) -> Flow {
    match tree.children.get(if condition { 1 } else { 2 }) {
        Some(block) => machine.eval(block),
        None => Ok(Value::UNIT),
    }
}

static STATEMENT: Rule = Rule::new("if", print, eval);

static VALUE: Rule = Rule::new("if as a value", |tree, printer| parenthesised(print, tree, printer), eval);

fn print_option(tree: &Tree, printer: &mut Printer) {
    printer.push(&format!("if let Some({}) = usize::checked_sub(", tree.vars[0].name));
    printer.bare(&tree.children[0]);
    printer.push(&format!(", {}) ", tree.ints[0]));
    branches(tree, printer);
}

fn eval_option(tree: &Tree, machine: &mut Machine) -> Flow {
    let difference = machine.int(&tree.children[0])?.checked_sub(tree.ints[0]);
    if let Some(difference) = difference {
        machine.bind(&tree.vars[0], Value::Int(difference));
    }
    branch(difference.is_some(), tree, machine)
}

static STATEMENT_BY_OPTION: Rule = Rule::new("if let", print_option, eval_option).scope(Scope::BindsIn(1));

static VALUE_BY_OPTION: Rule =
    Rule::new("if let as a value", |tree, printer| parenthesised(print_option, tree, printer), eval_option)
        .scope(Scope::BindsIn(1));

pub fn statement(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut children = vec![g.expr(&Ty::Bool, 2), block::body(g, &Ty::Unit)];
    if g.dice.chance(50) {
        children.push(block::body(g, &Ty::Unit));
    }
    Some(Tree::statement(&STATEMENT, children))
}

pub fn choice(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let children = vec![g.expr(&Ty::Bool, 2), block::body(g, ty), block::body(g, ty)];
    Some(Tree::expr(&VALUE, ty, children))
}

fn by_option(g: &mut Generator, ty: &Ty) -> Option<(Vec<Tree>, crate::random::tree::Var, u64)> {
    if g.is_deep() {
        return None;
    }
    let from = g.expr(&Ty::Int, 1);
    let by = g.dice.between(1, 2) as u64;
    let var = g.variable("m", Ty::Int, Passing::Own, false, None);
    let then = g.scoped(|g| {
        g.declare(&var);
        block::body(g, ty)
    });
    let otherwise = block::body(g, ty);
    Some((vec![from, then, otherwise], Rc::clone(&var), by))
}

pub fn statement_by_option(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let (children, var, by) = by_option(g, ty)?;
    Some(Tree::statement(&STATEMENT_BY_OPTION, children).var(&var).ints(&[by]))
}

pub fn choice_by_option(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let (children, var, by) = by_option(g, ty)?;
    Some(Tree::expr(&VALUE_BY_OPTION, ty, children).var(&var).ints(&[by]))
}

/// `if` without `else`.
pub fn only_if(condition: Tree, then: Tree) -> Tree {
    Tree::statement(&STATEMENT, vec![condition, then])
}

pub fn value_of(condition: Tree, then: Tree, otherwise: Tree) -> Tree {
    let ty = then.ty().clone();
    Tree::expr(&VALUE, &ty, vec![condition, then, otherwise])
}

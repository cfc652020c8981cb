//! `match` on integers, floats and tuples of them.

use std::rc::Rc;

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, Machine, Value};
use crate::random::pattern::Pattern;
use crate::random::print::Printer;
use crate::random::tree::{Rule, Scope, Sort, Tree};
use crate::random::ty::{Passing, Ty};

use super::{block, taken};

/// A pattern, then a guard if there are two children, then the block.
static ARM: Rule =
    Rule::new("arm", print_arm, |tree, machine| machine.eval(body_of(tree))).scope(Scope::BindsWithin(0));

fn body_of(arm: &Tree) -> &Tree {
    arm.children.last().expect("an arm has a body")
}

fn print_arm(tree: &Tree, printer: &mut Printer) {
    let ints: Vec<String> = tree.ints.iter().map(u64::to_string).collect();
    let name = tree.vars.first().map_or("", |var| var.name.as_str());
    printer.push(&match tree.word {
        "literals" => ints.join(" | "),
        "range" => ints.join("..="),
        "name" => name.to_owned(),
        "at" => format!("{name} @ {}", ints.join("..=")),
        "flag and name" => format!("({}, {name})", tree.ints[0] == 1),
        "any and name" => format!("(_, {name})"),
        "pattern" => taken::pattern(tree),
        _ => "_".to_owned(),
    });
    if tree.children.len() == 2 {
        printer.push(" if ");
        printer.bare(&tree.children[0]);
    }
    printer.push(" => ");
    printer.tree(body_of(tree));
}

/// Whether the pattern fits; binds its name.
fn fits(arm: &Tree, value: &Value, machine: &mut Machine) -> Result<bool, Exit> {
    if arm.pattern.is_some() {
        return Ok(taken::fits(arm, value, machine)? && is_guard_true(arm, machine)?);
    }
    let fits = match (arm.word, value) {
        ("literals", Value::Int(int)) => arm.ints.contains(int),
        ("range" | "at", Value::Int(int)) => (arm.ints[0]..=arm.ints[1]).contains(int),
        ("flag and name", Value::List(parts)) => matches!(parts[0], Value::Bool(flag) if flag == (arm.ints[0] == 1)),
        _ => true,
    };
    if !fits {
        return Ok(false);
    }
    if let Some(var) = arm.vars.first() {
        let bound = match value {
            Value::List(parts) => &parts[1],
            whole => whole,
        };
        machine.bind(var, bound.clone());
    }
    is_guard_true(arm, machine)
}

fn is_guard_true(arm: &Tree, machine: &mut Machine) -> Result<bool, Exit> {
    if arm.children.len() == 2 { machine.bool(&arm.children[0]) } else { Ok(true) }
}

fn print(tree: &Tree, printer: &mut Printer) {
    printer.push("match ");
    printer.head(&tree.children[0]);
    printer.push(" ");
    printer.braces(|printer| {
        for arm in &tree.children[1..] {
            printer.line();
            printer.tree(arm);
        }
    });
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    let value = machine.eval(&tree.children[0])?;
    for arm in &tree.children[1..] {
        if fits(arm, &value, machine)? {
            return machine.eval(arm);
        }
    }
    // A shrunk program may have lost its last arm, which the compiler would tell.
    Err(Exit::Reject("no arm fits"))
}

static STATEMENT: Rule = Rule::new("match", print, eval);

static VALUE: Rule = Rule::new(
    "match as a value",
    |tree, printer| {
        printer.push("(");
        print(tree, printer);
        printer.push(")");
    },
    eval,
);

fn arm(word: &'static str, ints: &[u64], children: Vec<Tree>) -> Tree {
    Tree::new(&ARM, Sort::Arm, children).word(word).ints(ints)
}

/// By a pattern, with a guard if there are two children.
pub fn arm_of(pattern: Pattern, children: Vec<Tree>) -> Tree {
    arm("pattern", &[], children).pattern(pattern)
}

/// What is matched, and the arms.
pub fn statement_of(children: Vec<Tree>) -> Tree {
    Tree::statement(&STATEMENT, children)
}

pub fn value_of(ty: &Ty, children: Vec<Tree>) -> Tree {
    Tree::expr(&VALUE, ty, children)
}

/// With a name for what is matched, and a guard on it if asked for.
fn naming_arm(g: &mut Generator, word: &'static str, ints: &[u64], named: &Ty, ty: &Ty, is_guarded: bool) -> Tree {
    let var = g.variable(if *named == Ty::Float { "y" } else { "m" }, named.clone(), Passing::Own, false, None);
    g.scoped(|g| {
        g.declare(&var);
        let mut children = Vec::new();
        if is_guarded {
            children.push(g.expr(&Ty::Bool, 2));
        }
        children.push(block::body(g, ty));
        arm(word, ints, children).var(&Rc::clone(&var))
    })
}

fn integer_arms(g: &mut Generator, ty: &Ty) -> Vec<Tree> {
    let mut arms = Vec::new();
    for i in 0..g.dice.between(1, 3) as u64 {
        arms.push(match g.dice.below(5) {
            0 | 1 => arm("literals", &[i], vec![block::body(g, ty)]),
            2 => arm("literals", &[i, i + 2], vec![block::body(g, ty)]),
            3 => arm("range", &[i, i + 1], vec![block::body(g, ty)]),
            _ if g.dice.chance(50) => naming_arm(g, "at", &[i, i + 2], &Ty::Int, ty, false),
            _ => naming_arm(g, "name", &[], &Ty::Int, ty, true),
        });
    }
    arms.push(arm("_", &[], vec![block::body(g, ty)]));
    arms
}

pub fn on_integer(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut children = vec![g.expr(&Ty::Int, 2)];
    children.extend(integer_arms(g, ty));
    Some(Tree::expr(&VALUE, ty, children))
}

pub fn statement(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut children = vec![g.expr(&Ty::Int, 2)];
    children.extend(integer_arms(g, &Ty::Unit));
    Some(Tree::statement(&STATEMENT, children))
}

pub fn on_float(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut children = vec![g.float(depth)];
    for _ in 0..g.dice.between(1, 2) {
        children.push(naming_arm(g, "name", &[], &Ty::Float, ty, true));
    }
    children.push(naming_arm(g, "name", &[], &Ty::Float, ty, false));
    Some(Tree::expr(&VALUE, ty, children))
}

static SCRUTINEE: Rule = Rule::new(
    "flag and float",
    |tree, printer| {
        printer.push("(");
        printer.list(&tree.children);
        printer.push(")");
    },
    |tree, machine| {
        let flag = machine.bool(&tree.children[0])?;
        let float: Dual = machine.float(&tree.children[1])?;
        Ok(Value::List(vec![Value::Bool(flag), Value::Float(float)]))
    },
);

pub fn on_tuple(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let parts = vec![g.expr(&Ty::Bool, 1), g.float(depth)];
    let scrutinee = Tree::expr(&SCRUTINEE, &Ty::Tuple(vec![Ty::Bool, Ty::Float]), parts);
    let flag = g.dice.below(2) as u64;
    let is_guarded = g.dice.chance(50);
    let first = naming_arm(g, "flag and name", &[flag], &Ty::Float, ty, is_guarded);
    let second = naming_arm(g, "any and name", &[], &Ty::Float, ty, true);
    let mut children = vec![scrutinee, first, second];
    children.push(arm("_", &[], vec![block::body(g, ty)]));
    Some(Tree::expr(&VALUE, ty, children))
}

/// One literal leaves, all others give the value.
pub fn of_literals(g: &mut Generator, on: Tree, value: Tree, exit: Tree, ty: &Ty) -> Tree {
    let literal = g.dice.below(3) as u64;
    let children = vec![on, arm("literals", &[literal], vec![exit]), arm("_", &[], vec![value])];
    Tree::expr(&VALUE, ty, children)
}

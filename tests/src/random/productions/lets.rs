//! `let`: of one name, by a pattern, with the value later.

use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::print::Printer;
use crate::random::shapes::Struct;
use crate::random::tree::{Rule, Scope, Tree, Var};
use crate::random::ty::Ty;

use super::block;

fn mutable(var: &Var) -> &'static str {
    if var.mutable { "mut " } else { "" }
}

/// Integers and some others get their types written out.
static LET: Rule = Rule::new(
    "let",
    |tree, printer| {
        let var = &tree.vars[0];
        printer.push(&format!("let {}{}", mutable(var), var.name));
        if tree.word == "annotated" {
            printer.push(&format!(": {} = ", var.ty.print()));
            printer.bare(&tree.children[0]);
        } else {
            printer.push(" = ");
            printer.typed(&tree.children[0]);
        }
        printer.push(";");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[0])?;
        machine.bind(&tree.vars[0], value);
        Ok(Value::UNIT)
    },
)
.scope(Scope::Binds);

pub fn let_of(g: &mut Generator, ty: &Ty, mutable: bool, value: Tree) -> (Tree, Var) {
    let var = g.own(ty, mutable);
    g.declare(&var);
    let annotated = *ty == Ty::Int || ty.has_option() || matches!(ty, Ty::Vec(_, 0)) || g.dice.chance(25);
    let tree = Tree::statement(&LET, vec![value]).var(&var);
    (if annotated { tree.word("annotated") } else { tree }, var)
}

fn any(g: &mut Generator, ty: &Ty, depth: usize) -> Tree {
    let value = g.expr(ty, depth);
    let mutable = g.dice.chance(75);
    let_of(g, ty, mutable, value).0
}

pub fn float(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    Some(any(g, &Ty::Float, 3))
}

pub fn int(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    Some(any(g, &Ty::Int, 2))
}

pub fn flag(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    Some(any(g, &Ty::Bool, 2))
}

pub fn aggregate(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let length = g.dice.between(1, 3);
    let ty = match g.dice.below(25) {
        8..=11 => Ty::option(g.dice.of(&[Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Struct::Spot)])),
        12 => Ty::Array(Box::new(Ty::option(Ty::Float)), length),
        13 => Ty::Tuple(vec![Ty::option(Ty::Float), Ty::Float]),
        14..=16 => Ty::Struct(g.dice.of(&Struct::ALL)),
        17 => Ty::Vec(Box::new(Ty::Struct(g.dice.of(&[Struct::Spot, Struct::Ball]))), length),
        18 => Ty::Vec(Box::new(Ty::vec(1)), length),
        19 => Ty::Array(Box::new(Ty::Struct(Struct::Spot)), length),
        23 | 24 => Ty::Enum,
        20 | 21 => Ty::vec(0),
        22 => Ty::Vec(Box::new(Ty::pair()), 0),
        0 => Ty::pair(),
        1 | 2 => Ty::array(length),
        3 => Ty::Array(Box::new(Ty::array(2)), length),
        4 => Ty::Tuple(vec![Ty::Float, Ty::Int]),
        5 => Ty::Vec(Box::new(Ty::pair()), length),
        _ => Ty::vec(length),
    };
    Some(any(g, &ty, 2))
}

static PATTERN: Rule = Rule::new(
    "let by a pattern",
    |tree, printer| {
        let names: Vec<String> = tree.vars.iter().map(|var| format!("{}{}", mutable(var), var.name)).collect();
        let (open, close) = if matches!(tree.children[0].ty(), Ty::Tuple(_)) { ("(", ")") } else { ("[", "]") };
        printer.push(&format!("let {open}{}{close} = ", names.join(", ")));
        printer.typed(&tree.children[0]);
        printer.push(";");
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[0])?;
        for (var, part) in tree.vars.iter().zip(value.parts()) {
            machine.bind(var, part.clone());
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::Binds);

pub fn taken_apart(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let ty = g.dice.of(&[Ty::pair(), Ty::array(2), Ty::Tuple(vec![Ty::Float, Ty::Int])]);
    let value = g.expr(&ty, 2);
    let parts = match &ty {
        Ty::Tuple(parts) => parts.clone(),
        _ => vec![Ty::Float, Ty::Float],
    };
    let mut tree = Tree::statement(&PATTERN, vec![value]);
    for part in parts {
        let mutable = g.dice.chance(50);
        let var = g.own(&part, mutable);
        let is_new = tree.vars.iter().all(|other| other.name != var.name);
        if !is_new {
            return None;
        }
        tree = tree.var(&var);
    }
    for var in tree.vars.clone() {
        g.declare(&var);
    }
    Some(tree)
}

/// `let x;` and an assignment in either branch of an `if`.
static DEFERRED: Rule = Rule::new(
    "let with the value later",
    |tree, printer| {
        let var = &tree.vars[0];
        printer.push(&format!("let {}{}: {};", mutable(var), var.name, var.ty.print()));
        printer.line();
        printer.push("if ");
        printer.bare(&tree.children[0]);
        printer.push(" ");
        assigning(tree, 1, printer);
        printer.push(" else ");
        assigning(tree, 3, printer);
    },
    |tree, machine| {
        let at = if machine.bool(&tree.children[0])? { 1 } else { 3 };
        machine.eval(&tree.children[at])?;
        let value = machine.eval(&tree.children[at + 1])?;
        machine.bind(&tree.vars[0], value);
        Ok(Value::UNIT)
    },
)
.scope(Scope::Binds);

fn assigning(tree: &Tree, at: usize, printer: &mut Printer) {
    printer.braces(|printer| {
        printer.line();
        printer.tree(&tree.children[at]);
        printer.line();
        printer.push(&format!("{} = ", tree.vars[0].name));
        printer.bare(&tree.children[at + 1]);
        printer.push(";");
    });
}

pub fn deferred(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let ty = g.dice.of(&[Ty::Float, Ty::Float, Ty::Float, Ty::pair()]);
    let mut children = vec![g.expr(&Ty::Bool, 2)];
    for _ in 0..2 {
        let inner = block::body(g, &Ty::Unit);
        children.push(Tree::statement(&block::STATEMENT, vec![inner]));
        children.push(g.expr(&ty, 2));
    }
    let mutable = g.dice.chance(50);
    // A name of its own: within the branches an older one of the same name would be another variable.
    let var = loop {
        let var = g.own(&ty, mutable);
        if g.variables(false).iter().all(|other| other.name != var.name) && !is_mentioned(&children, &var.name) {
            break var;
        }
    };
    g.declare(&var);
    Some(Tree::statement(&DEFERRED, children).var(&var))
}

fn is_mentioned(trees: &[Tree], name: &str) -> bool {
    trees.iter().any(|tree| tree.any(&|tree| tree.vars.iter().any(|var| var.name == name)))
}

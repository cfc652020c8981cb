//! Tuples, arrays, vectors, and what is cut off.

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::{Flow, Machine, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

use super::{enums, options, places, structs};

fn eval_parts(tree: &Tree, machine: &mut Machine) -> Flow {
    let parts: Result<Vec<_>, _> = tree.children.iter().map(|child| machine.eval(child)).collect();
    Ok(Value::List(parts?))
}

fn between(open: &str, close: &str, tree: &Tree, printer: &mut Printer) {
    printer.push(open);
    printer.list(&tree.children);
    printer.push(close);
}

static TUPLE: Rule = Rule::new("tuple", |tree, printer| between("(", ")", tree, printer), eval_parts);

static ARRAY: Rule = Rule::new("array", |tree, printer| between("[", "]", tree, printer), eval_parts);

static VEC: Rule = Rule::new("vec", |tree, printer| between("vec![", "]", tree, printer), eval_parts);

fn parts(g: &mut Generator, ty: &Ty, depth: usize) -> Vec<Tree> {
    match ty {
        Ty::Tuple(parts) => parts.iter().map(|part| g.expr(part, depth)).collect(),
        Ty::Struct(kind) => kind.fields().iter().map(|(_, ty)| g.expr(ty, depth)).collect(),
        Ty::Option(payload) => vec![g.expr(payload, depth)],
        Ty::Array(element, length) | Ty::Vec(element, length) => (0..*length).map(|_| g.expr(element, depth)).collect(),
        _ => unreachable!("only these have parts"),
    }
}

/// All parts one by one.
pub fn listed(g: &mut Generator, ty: &Ty, depth: usize) -> Tree {
    let rule = match ty {
        Ty::Enum => return enums::literal(g, ty, depth).expect("a variant can always be made"),
        Ty::Tuple(_) => &TUPLE,
        Ty::Array(..) => &ARRAY,
        Ty::Struct(_) => &structs::LITERAL,
        Ty::Option(_) => &options::SOME,
        _ => &VEC,
    };
    let parts = parts(g, ty, depth);
    Tree::expr(rule, ty, parts)
}

pub fn tuple(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(listed(g, ty, depth))
}

pub fn array(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(listed(g, ty, depth))
}

pub fn vec(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(listed(g, ty, depth))
}

fn print_repeated(tree: &Tree, printer: &mut Printer) {
    printer.push(tree.word);
    printer.bare(&tree.children[0]);
    printer.push(&format!("; {}]", tree.ints[0]));
}

static REPEATED: Rule = Rule::new("repeated value", print_repeated, |tree, machine| {
    let element = machine.eval(&tree.children[0])?;
    Ok(Value::List(vec![element; tree.ints[0] as usize]))
});

pub fn array_repeated(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let (element, length) = ty.element()?;
    element.is_copy().then(|| {
        let value = g.expr(element, depth);
        Tree::expr(&REPEATED, ty, vec![value]).word("[").ints(&[length as u64])
    })
}

/// May be longer than it has to be.
pub fn vec_repeated(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let (element, length) = ty.element()?;
    let length = length + g.dice.of(&[0, 0, 1]);
    let value = g.expr(element, depth);
    Some(Tree::expr(&REPEATED, ty, vec![value]).word("vec![").ints(&[length as u64]))
}

static TO_VEC: Rule = Rule::new(
    "to_vec",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".to_vec()");
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        machine.load(&place)
    },
);

pub fn to_vec(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let (element, length) = ty.element()?;
    let mut variables = g.variables(false);
    variables.retain(|var| var.ty.element().is_some_and(|(found, least)| found == element && least >= length));
    if variables.is_empty() {
        return None;
    }
    let place = places::variable(&g.dice.of(&variables));
    Some(Tree::expr(&TO_VEC, ty, vec![place]))
}

static CUT: Rule = Rule::new(
    "stop_gradient",
    |tree, printer| {
        printer.push("backprop::stop_gradient(");
        printer.bare(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| {
        let value = machine.float(&tree.children[0])?;
        machine.is_cut = true;
        Ok(Value::Float(Dual::constant(value.value)))
    },
);

pub fn cut(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(Tree::expr(&CUT, ty, vec![g.float(depth.min(1))]))
}

//! What changes the length of a vector. No vector gets shorter than its type says.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, ILL_TYPED, Machine, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{lets, places, values};

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

/// The last element, if there is one; an expression that changes the vector, so it stands alone in a statement.
static POP: Rule = Rule::new(
    "pop",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".pop()");
    },
    |tree, machine| {
        let mut parts = parts(tree, machine)?;
        let last = parts.pop();
        put(tree, parts, machine)?;
        Ok(last.map_or(Value::NONE, Value::some))
    },
);

/// Of one that may become empty.
pub fn pop(g: &mut Generator) -> Option<Tree> {
    let var = vector(g, 0)?;
    let (element, 0) = var.ty.element()? else { return None };
    Some(Tree::expr(&POP, &Ty::option(element.clone()), vec![places::variable(&var)]))
}

/// `let o: Option<…> = v.pop();`
pub fn let_pop(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let value = pop(g)?;
    let ty = value.ty().clone();
    let mutable = g.dice.chance(50);
    Some(lets::let_of(g, &ty, mutable, value).0)
}

/// Children: the vector, then an index, a value or another vector. Numbers: the length that must be exceeded, or that
/// is asked for.
static EDIT: Rule = Rule::new("change of a length", print_edit, eval_edit);

fn print_edit(tree: &Tree, printer: &mut Printer) {
    let name = printer.apart(&tree.children[0]);
    let shrinks = matches!(tree.word, "remove" | "swap_remove" | "discard");
    if shrinks {
        printer.push(&format!("if {name}.len() > {} {{ ", tree.ints[0]));
    }
    let arguments: Vec<String> = tree.children[1..].iter().map(|child| printer.apart_bare(child)).collect();
    let argument = |i: usize| arguments.get(i).map_or("", String::as_str);
    let call = match tree.word {
        "insert" => format!("insert(({}) % ({name}.len() + 1), {})", argument(0), argument(1)),
        "remove" | "swap_remove" => format!("{}(({}) % {name}.len())", tree.word, argument(0)),
        "discard" => "pop()".to_owned(),
        "truncate" => format!("truncate({})", tree.ints[0]),
        "resize" => format!("resize({}, {})", tree.ints[0], argument(0)),
        "extend_from_slice" => format!("extend_from_slice(&{})", argument(0)),
        other => format!("{other}()"),
    };
    printer.push(&format!("{name}.{call};"));
    printer.push(if shrinks { " }" } else { "" });
}

fn eval_edit(tree: &Tree, machine: &mut Machine) -> Flow {
    let before = parts(tree, machine)?;
    let number = tree.ints.first().map_or(0, |number| *number as usize);
    if matches!(tree.word, "remove" | "swap_remove" | "discard") && before.len() <= number {
        return Ok(Value::UNIT);
    }
    let mut arguments = Vec::new();
    for child in &tree.children[1..] {
        arguments.push(machine.eval(child)?);
    }
    let mut parts = parts(tree, machine)?;
    let index = match arguments.first() {
        Some(Value::Int(index)) => *index as usize,
        _ => 0,
    };
    match (tree.word, arguments.pop()) {
        ("insert", Some(value)) => parts.insert(index % (parts.len() + 1), value),
        ("remove", _) => drop(parts.remove(index % before.len())),
        ("swap_remove", _) => drop(parts.swap_remove(index % before.len())),
        ("discard", _) => drop(parts.pop()),
        ("truncate", _) => parts.truncate(number),
        ("resize", Some(value)) => parts.resize(number, value),
        ("extend_from_slice", Some(Value::List(more))) => parts.extend(more),
        ("clear", _) => parts.clear(),
        ("reverse", _) => parts.reverse(),
        _ => return Err(ILL_TYPED),
    }
    put(tree, parts, machine)
}

pub fn edit(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    const WORDS: [&str; 9] =
        ["insert", "remove", "swap_remove", "discard", "truncate", "resize", "extend_from_slice", "clear", "reverse"];
    let var = vector(g, 0)?;
    let (element, least) = var.ty.element()?;
    let word = g.dice.of(&WORDS);
    if word == "clear" && least > 0 {
        return None;
    }
    let mut children = vec![places::variable(&var)];
    g.borrowed(&var, false, |g| {
        if matches!(word, "insert" | "remove" | "swap_remove") {
            children.push(g.expr(&Ty::Int, 1));
        }
        if matches!(word, "insert" | "resize") {
            children.push(g.expr(element, depth));
        }
        if word == "extend_from_slice" {
            let length = g.dice.between(1, 2);
            children.push(values::listed(g, &Ty::Array(Box::new(element.clone()), length), depth));
        }
    });
    let number = match word {
        "truncate" | "resize" => g.dice.between(least, least + 3),
        _ => least,
    };
    Some(Tree::statement(&EDIT, children).word(word).ints(&[number as u64]))
}

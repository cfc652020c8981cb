//! `Option`: made, and its methods. What takes it apart by patterns is in `patterns`.

use crate::random::dual::Dual;
use crate::random::generate::Generator;
use crate::random::machine::{Exit, ILL_TYPED, Machine, Pointer, Step, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Scope, Sort, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{calls, literals, places, values};

pub static SOME: Rule = Rule::new(
    "some",
    |tree, printer| {
        printer.push("Some(");
        printer.bare(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| Ok(Value::some(machine.eval(&tree.children[0])?)),
);

static NONE: Rule = Rule::new(
    "none literal",
    |tree, printer| {
        printer.push("None");
        if let (true, Some(payload)) = (printer.is_typed(), tree.ty().payload()) {
            printer.push(&format!("::<{}>", payload.print()));
        }
    },
    |_, _| Ok(Value::NONE),
);

pub fn some(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    Some(values::listed(g, ty, depth))
}

pub fn none(_: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    Some(Tree::expr(&NONE, ty, Vec::new()))
}

/// Children: what has elements, and the index for `get`. A reference to the element, if there is one.
static ELEMENT: Rule = Rule::new(
    "element that may be missing",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(&format!(".{}(", tree.word));
        if let Some(index) = tree.children.get(1) {
            printer.bare(index);
        }
        printer.push(")");
    },
    |tree, machine| {
        let index = tree.children.get(1).map(|index| machine.index(index)).transpose()?;
        let Pointer { slot, mut path } = machine.place(&tree.children[0])?;
        let length = machine.length(&Pointer { slot, path: path.clone() })?;
        let i = match tree.word {
            "first" => 0,
            "last" => length.wrapping_sub(1),
            _ => index.ok_or(ILL_TYPED)?,
        };
        if i >= length {
            return Ok(Value::NONE);
        }
        path.push(Step::Part(i));
        Ok(Value::some(Value::Pointer(Pointer { slot, path })))
    },
);

static COPIED: Rule = Rule::new(
    "copied element that may be missing",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(".copied()");
    },
    |tree, machine| match machine.eval(&tree.children[0])?.payload()? {
        Some(Value::Pointer(pointer)) => Ok(Value::some(machine.load(&pointer)?)),
        Some(_) => Err(ILL_TYPED),
        None => Ok(Value::NONE),
    },
);

/// A reference to an element of the type, and the variable that is borrowed by it.
pub fn reference(g: &mut Generator, payload: &Ty) -> Option<(Tree, Var)> {
    let mut variables = g.variables(false);
    variables.retain(|var| var.ty.element().is_some_and(|(element, _)| element == payload));
    if variables.is_empty() {
        return None;
    }
    let var = g.dice.of(&variables);
    let word = g.dice.of(&["get", "get", "get", "first", "last"]);
    let (_, least) = var.ty.element()?;
    let over =
        if least > 0 && g.dice.chance(20) { super::parts::part_of(g, &var, 1, false) } else { places::variable(&var) };
    let mut children = vec![over];
    if word == "get" {
        children.push(g.expr(&Ty::Int, 1));
    }
    let sort = Sort::Place(Ty::option(payload.clone()));
    Some((Tree::new(&ELEMENT, sort, children).word(word), var))
}

pub fn element(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let payload = ty.payload().filter(|payload| payload.is_copy())?;
    let (reference, _) = reference(g, payload)?;
    Some(Tree::expr(&COPIED, ty, vec![reference]))
}

/// What a method can be called on with nothing said of its type.
fn receiver(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    match g.dice.below(10) {
        0..=4 => places::read(g, ty, 0),
        5 | 6 => element(g, ty, depth),
        7 => some(g, ty, depth),
        _ => calls::value(g, ty, depth),
    }
}

/// One that the macro can see to be an option.
fn known_receiver(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let variables = g.variables_of(ty, false);
    match g.dice.below(10) {
        0..=5 if !variables.is_empty() => Some(places::read_of(places::variable(&g.dice.of(&variables)))),
        7 => some(g, ty, depth),
        _ => element(g, ty, depth),
    }
}

fn payload(g: &mut Generator) -> Ty {
    use crate::random::shapes::Struct::Spot;
    g.dice.of(&[Ty::Float, Ty::Float, Ty::Float, Ty::pair(), Ty::Struct(Spot)])
}

fn print_call(tree: &Tree, method: &str, printer: &mut Printer) {
    printer.receiver(&tree.children[0]);
    printer.push(&format!(".{method}("));
}

/// Children: the option and the default.
static UNWRAP_OR: Rule = Rule::new(
    "unwrap_or",
    |tree, printer| {
        let lazily = tree.word == "unwrap_or_else";
        print_call(tree, tree.word, printer);
        printer.push(if lazily { "|| " } else { "" });
        match tree.children.get(1) {
            Some(default) if lazily => printer.tree(default),
            Some(default) => printer.bare(default),
            None => {}
        }
        printer.push(")");
    },
    |tree, machine| {
        let option = machine.eval(&tree.children[0])?.payload()?;
        let default = match tree.children.get(1) {
            Some(_) if tree.word == "unwrap_or_else" && option.is_some() => None,
            Some(default) => Some(machine.eval(default)?),
            None => Some(Value::Float(Dual::constant(0.0))),
        };
        option.or(default).ok_or(ILL_TYPED)
    },
);

fn purely<T>(g: &mut Generator, make: impl FnOnce(&mut Generator) -> T) -> T {
    let before = std::mem::replace(&mut g.is_pure, true);
    let made = make(g);
    g.is_pure = before;
    made
}

pub fn unwrap_or(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let option = receiver(g, &Ty::option(ty.clone()), depth)?;
    let word = g.dice.of(&["unwrap_or", "unwrap_or", "unwrap_or_else", "unwrap_or_default"]);
    let mut children = vec![option];
    match word {
        "unwrap_or_default" if *ty != Ty::Float => return None,
        "unwrap_or_default" => {}
        "unwrap_or" => children.push(g.expr(ty, depth)),
        _ => children.push(purely(g, |g| g.expr(ty, depth))),
    }
    Some(Tree::expr(&UNWRAP_OR, ty, children).word(word))
}

/// Children: the option, what the closure gives, and the default of `map_or`.
static MAPPED: Rule = Rule::new(
    "map",
    |tree, printer| {
        print_call(tree, tree.word, printer);
        if let Some(default) = tree.children.get(2) {
            printer.bare(default);
            printer.push(", ");
        }
        printer.push(&format!("|{}| ", tree.pattern.as_ref().expect("it has one").print()));
        printer.tree(&tree.children[1]);
        printer.push(")");
    },
    map,
)
.scope(Scope::BindsWithin(1));

fn map(tree: &Tree, machine: &mut Machine) -> Result<Value, Exit> {
    let option = machine.eval(&tree.children[0])?.payload()?;
    let default = tree.children.get(2).map(|default| machine.eval(default)).transpose()?;
    let Some(payload) = option else { return Ok(default.unwrap_or(Value::NONE)) };
    let pattern = tree.pattern.as_ref().ok_or(ILL_TYPED)?;
    if !pattern.fits(&payload, machine)? {
        return Err(ILL_TYPED);
    }
    let made = machine.eval(&tree.children[1])?;
    Ok(if tree.word == "map" { Value::some(made) } else { made })
}

fn mapped(g: &mut Generator, word: &'static str, from: &Ty, inner: &Ty, ty: &Ty, depth: usize) -> Option<Tree> {
    let option = known_receiver(g, &Ty::option(from.clone()), depth)?;
    let pattern = super::patterns::irrefutable(g, from, Passing::Own)?;
    let made = g.scoped(|g| {
        pattern.vars().iter().for_each(|var| g.declare(var));
        purely(g, |g| g.expr(inner, depth + 1))
    });
    let mut children = vec![option, made];
    if word == "map_or" {
        // It is evaluated before the closure, and the names of the closure are not known to it.
        let default = literals::float_of(g.dice.float());
        children.push(if *ty == Ty::Float { default } else { return None });
    }
    Some(Tree::expr(&MAPPED, ty, children).word(word).pattern(pattern))
}

pub fn map_or(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let from = payload(g);
    mapped(g, "map_or", &from, ty, ty, depth)
}

pub fn mapped_option(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let from = payload(g);
    if g.dice.chance(60) {
        mapped(g, "map", &from, ty.payload()?, ty, depth)
    } else {
        mapped(g, "and_then", &from, ty, ty, depth)
    }
}

static OR: Rule = Rule::new(
    "or",
    |tree, printer| {
        print_call(tree, "or", printer);
        printer.bare(&tree.children[1]);
        printer.push(")");
    },
    |tree, machine| {
        let first = machine.eval(&tree.children[0])?;
        let second = machine.eval(&tree.children[1])?;
        Ok(if matches!(first, Value::Variant(0, _)) { second } else { first })
    },
);

pub fn or(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let children = vec![known_receiver(g, ty, depth)?, g.expr(ty, depth)];
    Some(Tree::expr(&OR, ty, children))
}

static QUESTION: Rule = Rule::new(
    "question mark",
    |tree, printer| {
        printer.receiver(&tree.children[0]);
        printer.push("?");
    },
    |tree, machine| match machine.eval(&tree.children[0])?.payload()? {
        Some(payload) => Ok(payload),
        None => Err(Exit::Return(Value::NONE)),
    },
);

/// Leaves a function that gives an option.
pub fn question(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.is_pure || g.is_built || g.result.payload().is_none() {
        return None;
    }
    let option = receiver(g, &Ty::option(ty.clone()), depth)?;
    Some(Tree::expr(&QUESTION, ty, vec![option]))
}

/// Of an option, or a constant.
pub fn digested(g: &mut Generator, var: &Var) -> Option<Tree> {
    let payload = var.ty.payload()?;
    let option = places::read_of(places::variable(var));
    let default = literals::float_of(g.dice.float());
    if *payload == Ty::Float {
        return Some(Tree::expr(&UNWRAP_OR, &Ty::Float, vec![option, default]).word("unwrap_or"));
    }
    let pattern = super::patterns::irrefutable(g, payload, Passing::Own)?;
    let made = g.scoped(|g| {
        pattern.vars().iter().for_each(|var| g.declare(var));
        purely(g, |g| g.float(1))
    });
    Some(Tree::expr(&MAPPED, &Ty::Float, vec![option, made, default]).word("map_or").pattern(pattern))
}

//! What is looped over and what chains begin with: slices, their chunks and windows, ranges, zipped and otherwise adapted.

use std::rc::Rc;

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, ILL_TYPED, Machine, Pointer, Step, Value};
use crate::random::pattern::Pattern;
use crate::random::tree::{Rule, Tree, Var, Variable};
use crate::random::ty::{Passing, Ty};

use super::{literals, patterns, places};

/// What a stream gives at a time.
#[derive(Clone)]
pub enum Item {
    Own(Ty),
    Ref(Ty, Passing),
    Pair(Box<Item>, Box<Item>),
}

pub struct Stream {
    pub tree: Tree,
    pub item: Item,
    /// How many items there are at least.
    pub least: usize,
    /// What is borrowed for reading, and for writing.
    pub shared: Vec<Var>,
    pub exclusive: Vec<Var>,
}

/// Children: the elements. Numbers: the size of the parts.
static ELEMENTS: Rule = Rule::new(
    "elements of a slice",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        let size = tree.ints.first().map(u64::to_string).unwrap_or_default();
        printer.push(&format!(".{}({size})", tree.word));
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        let length = machine.length(&place)?;
        let step = |step: Step| {
            let mut pointer: Pointer = place.clone();
            pointer.path.push(step);
            Value::Pointer(pointer)
        };
        let size = tree.ints.first().map_or(1, |size| *size as usize);
        let parts = |count: usize, apart: usize| (0..count).map(move |i| i * apart);
        Ok(Value::List(match tree.word {
            "iter" | "iter_mut" => (0..length).map(|i| step(Step::Part(i))).collect(),
            "windows" => parts((length + 1).saturating_sub(size), 1).map(|i| step(Step::Range(i, size))).collect(),
            "chunks" | "chunks_mut" => {
                parts(length.div_ceil(size), size).map(|i| step(Step::Range(i, size.min(length - i)))).collect()
            }
            _ => parts(length / size, size).map(|i| step(Step::Range(i, size))).collect(),
        }))
    },
);

static RANGE: Rule = Rule::new(
    "stream of integers",
    |tree, printer| {
        printer.push("(");
        printer.tree(&tree.children[0]);
        printer.push("..");
        printer.tree(&tree.children[1]);
        printer.push(")");
    },
    |tree, machine| {
        let (low, high) = (machine.int(&tree.children[0])?, machine.int(&tree.children[1])?);
        Ok(Value::List((low..high.min(low + 100)).map(Value::Int).collect()))
    },
);

static ADAPTED: Rule = Rule::new(
    "adapted stream",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(&format!(".{}(", tree.word));
        if let Some(argument) = tree.children.get(1) {
            printer.bare(argument);
        }
        printer.push(")");
    },
    adapt,
);

fn adapt(tree: &Tree, machine: &mut Machine) -> Flow {
    let Value::List(mut items) = machine.eval(&tree.children[0])? else { return Err(ILL_TYPED) };
    let argument = tree.children.get(1).map(|argument| machine.eval(argument)).transpose()?;
    let count = match &argument {
        Some(Value::Int(int)) => *int as usize,
        _ => 0,
    };
    match (tree.word, argument) {
        ("rev", _) => items.reverse(),
        ("enumerate", _) => {
            let numbered = items.into_iter().enumerate();
            items = numbered.map(|(i, item)| Value::List(vec![Value::Int(i as u64), item])).collect();
        }
        ("skip", _) => items = items.into_iter().skip(count).collect(),
        ("take", _) => items.truncate(count),
        ("step_by", _) if count == 0 => return Err(Exit::Reject("a step is zero")),
        ("step_by", _) => items = items.into_iter().step_by(count).collect(),
        ("copied" | "cloned", _) => {
            for item in &mut items {
                let Value::Pointer(pointer) = item else { return Err(ILL_TYPED) };
                *item = machine.load(pointer)?;
            }
        }
        ("zip", Some(Value::List(others))) => {
            items = items.into_iter().zip(others).map(|(a, b)| Value::List(vec![a, b])).collect();
        }
        _ => return Err(ILL_TYPED),
    }
    Ok(Value::List(items))
}

fn stream_of(rule: &'static Rule, children: Vec<Tree>, word: &'static str) -> Tree {
    Tree::expr(rule, &Ty::Unit, children).word(word)
}

/// With borrows of what others have not borrowed.
pub fn stream(g: &mut Generator, may_write: bool) -> Option<Stream> {
    let mut made = source(g, may_write)?;
    for _ in 0..g.dice.of(&[0, 0, 1, 1, 2, 3]) {
        made = adapted(g, made, may_write)?;
    }
    Some(made)
}

fn source(g: &mut Generator, may_write: bool) -> Option<Stream> {
    if g.dice.chance(12) {
        let low = g.dice.below(2);
        let is_literal = g.dice.chance(60);
        let high = if is_literal { literals::int_of(low + g.dice.below(4)) } else { g.expr(&Ty::Int, 1) };
        let least = if is_literal { (high.ints[0] as usize).saturating_sub(low) } else { 0 };
        let tree = stream_of(&RANGE, vec![literals::int_of(low), high], "");
        return Some(Stream { tree, item: Item::Own(Ty::Int), least, shared: Vec::new(), exclusive: Vec::new() });
    }
    let exclusively = may_write && g.dice.chance(35);
    let mut variables = g.variables(exclusively);
    variables.retain(|var| var.ty.element().is_some_and(|(element, _)| element.has_floats()));
    if variables.is_empty() {
        return None;
    }
    let var = g.dice.of(&variables);
    let (element, length) = var.ty.element()?;
    let (word, size) = match (exclusively, g.dice.below(10)) {
        (false, 0) => ("chunks", g.dice.between(1, 3)),
        (false, 1) => ("chunks_exact", g.dice.between(1, 2)),
        (false, 2 | 3) => ("windows", g.dice.between(1, 3)),
        (true, 0) => ("chunks_mut", g.dice.between(1, 3)),
        (true, 1) => ("chunks_exact_mut", g.dice.between(1, 2)),
        (false, _) => ("iter", 0),
        (true, _) => ("iter_mut", 0),
    };
    let passing = if exclusively { Passing::Exclusive } else { Passing::Shared };
    let (ty, least) = match word {
        "iter" | "iter_mut" => (element.clone(), length),
        "windows" => (Ty::slice_of(element.clone(), size), (length + 1).saturating_sub(size)),
        "chunks" | "chunks_mut" => (Ty::slice_of(element.clone(), 1), length.div_ceil(size)),
        _ => (Ty::slice_of(element.clone(), size), length / size),
    };
    let ints: &[u64] = if size > 0 { &[size as u64] } else { &[] };
    let tree = stream_of(&ELEMENTS, vec![places::variable(&var)], word).ints(ints);
    let (shared, exclusive) = if exclusively { (Vec::new(), vec![var]) } else { (vec![var], Vec::new()) };
    Some(Stream { tree, item: Item::Ref(ty, passing), least, shared, exclusive })
}

fn adapted(g: &mut Generator, of: Stream, may_write: bool) -> Option<Stream> {
    let Stream { tree, item, least, mut shared, mut exclusive } = of;
    let word = g.dice.of(&["rev", "enumerate", "enumerate", "skip", "take", "step_by", "copied", "zip", "zip"]);
    let (children, item, least) = match word {
        "rev" => (vec![tree], item, least),
        "enumerate" => (vec![tree], Item::Pair(Box::new(Item::Own(Ty::Int)), Box::new(item)), least),
        "copied" => match item {
            Item::Ref(ty, Passing::Shared) if ty.is_copy() => (vec![tree], Item::Own(ty), least),
            _ => return None,
        },
        "zip" => {
            let other = behind(g, &shared, &exclusive, |g| stream_of_one(g, may_write))?;
            shared.extend(other.shared);
            exclusive.extend(other.exclusive);
            let item = Item::Pair(Box::new(item), Box::new(other.item));
            (vec![tree, other.tree], item, least.min(other.least))
        }
        _ => {
            let from = usize::from(word == "step_by");
            let count = g.dice.between(from, 3);
            let least = match word {
                "skip" => least.saturating_sub(count),
                "take" => least.min(count),
                _ => least.div_ceil(count),
            };
            (vec![tree, literals::int_of(count)], item, least)
        }
    };
    Some(Stream { tree: stream_of(&ADAPTED, children, word), item, least, shared, exclusive })
}

/// With one adaptor at most.
fn stream_of_one(g: &mut Generator, may_write: bool) -> Option<Stream> {
    let made = source(g, may_write)?;
    if g.dice.chance(30) { adapted(g, made, may_write) } else { Some(made) }
}

/// All elements of a vector.
pub fn all(var: &Var) -> Tree {
    stream_of(&ELEMENTS, vec![places::variable(var)], "iter")
}

/// While all of that is borrowed.
pub fn behind<T>(g: &mut Generator, shared: &[Var], exclusive: &[Var], make: impl FnOnce(&mut Generator) -> T) -> T {
    g.borrowed_all(shared, false, |g| g.borrowed_all(exclusive, true, make))
}

/// In the head of a loop or as the parameter of a closure, where no name is `mut`.
pub fn pattern(g: &mut Generator, item: &Item) -> Option<Pattern> {
    let pattern = loose(g, item)?;
    are_apart(&pattern).then(|| settled(&pattern))
}

fn loose(g: &mut Generator, item: &Item) -> Option<Pattern> {
    match item {
        Item::Own(ty) => patterns::irrefutable(g, ty, Passing::Own),
        Item::Ref(ty, Passing::Shared) => patterns::of_reference(g, ty),
        Item::Ref(ty, passing) => patterns::irrefutable(g, ty, *passing),
        Item::Pair(a, b) => Some(Pattern::Tuple(vec![loose(g, a)?, loose(g, b)?])),
    }
}

/// For a reference to the item, with everything copied out of it.
pub fn copying_pattern(g: &mut Generator, item: &Item) -> Option<Pattern> {
    let pattern = Pattern::Deref(Box::new(copying(g, item)?));
    are_apart(&pattern).then(|| settled(&pattern))
}

fn copying(g: &mut Generator, item: &Item) -> Option<Pattern> {
    match item {
        Item::Own(ty) => patterns::irrefutable(g, ty, Passing::Own),
        Item::Ref(ty, Passing::Shared) if ty.is_copy() => {
            Some(Pattern::Deref(Box::new(patterns::irrefutable(g, ty, Passing::Own)?)))
        }
        Item::Ref(..) => None,
        Item::Pair(a, b) => Some(Pattern::Tuple(vec![copying(g, a)?, copying(g, b)?])),
    }
}

/// Whether no two names are the same.
fn are_apart(pattern: &Pattern) -> bool {
    let vars = pattern.vars();
    vars.iter().enumerate().all(|(i, var)| vars[..i].iter().all(|other| other.name != var.name))
}

/// Without `mut`.
fn settled(pattern: &Pattern) -> Pattern {
    let all = |parts: &[Pattern]| parts.iter().map(settled).collect();
    match pattern {
        Pattern::Name(var) if var.passing == Passing::Own && var.mutable => {
            let Variable { id, name, ty, passing, below, .. } = &**var;
            let (name, ty) = (name.clone(), ty.clone());
            Pattern::Name(Rc::new(Variable { id: *id, name, ty, passing: *passing, mutable: false, below: *below }))
        }
        Pattern::Deref(inner) => Pattern::Deref(Box::new(settled(inner))),
        Pattern::Tuple(parts) => Pattern::Tuple(all(parts)),
        Pattern::Array(parts) => Pattern::Array(all(parts)),
        Pattern::Struct(kind, parts) => {
            Pattern::Struct(*kind, parts.iter().map(|part| part.as_ref().map(settled)).collect())
        }
        other => other.clone(),
    }
}

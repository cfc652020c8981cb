//! Parts of buffers under a name of their own: `let r = &mut v[a..b];`.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, Machine, Step, Value};
use crate::random::print::Printer;
use crate::random::tree::{Rule, Scope, Sort, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{literals, places};

/// Children: the whole, then what the part starts at. Numbers: the length, unless it goes to the end.
pub static RANGE: Rule = Rule::new(
    "range",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        let start = printer.apart(&tree.children[1]);
        let end = match (tree.ints.first(), start.parse::<u64>()) {
            (None, _) => String::new(),
            (Some(length), Ok(start)) => (start + length).to_string(),
            (Some(length), Err(_)) => format!("({start}) + {length}"),
        };
        printer.push(&format!("[{start}..{end}]"));
    },
    |tree, machine| {
        let start = machine.index(&tree.children[1])?;
        let mut place = machine.place(&tree.children[0])?;
        let whole = machine.length(&place)?;
        if start > whole {
            return Err(Exit::Reject("an index is out of bounds"));
        }
        let length = tree.ints.first().map_or(whole - start, |length| *length as usize);
        place.path.push(Step::Range(start, length));
        Ok(Value::Pointer(place))
    },
);

/// A start that is below some number, computed where that is more than one.
static START: Rule = Rule::new(
    "start of a range",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(&format!(" % {}", tree.ints[0]));
    },
    |tree, machine| Ok(Value::Int(machine.int(&tree.children[0])? % tree.ints[0])),
);

/// Some part with at least so many elements of a variable that has as many.
pub fn part_of(g: &mut Generator, var: &Var, least: usize, exclusively: bool) -> Tree {
    let (element, length) = var.ty.element().expect("it has elements");
    let element = element.clone();
    let latest = length - least;
    let (start, at_most) = if latest > 0 && g.dice.chance(35) {
        let start = g.borrowed(var, exclusively, |g| g.expr(&Ty::Int, 1));
        (Tree::expr(&START, &Ty::Int, vec![start]).ints(&[latest as u64 + 1]), latest)
    } else {
        let start = g.dice.between(0, latest);
        (literals::int_of(start), start)
    };
    let room = length - at_most;
    let ends = g.dice.chance(60);
    let size = if ends { g.dice.between(least, room) } else { room };
    let ints: &[u64] = if ends { &[size as u64] } else { &[] };
    let sort = Sort::Place(Ty::Slice(Box::new(element), size));
    Tree::new(&RANGE, sort, vec![places::variable(var), start]).ints(ints)
}

/// Children: the parts, one for each name; then the statements that use them.
static ALIAS: Rule = Rule::new("alias", print, eval).scope(Scope::BindsOnward(1)).a_list();

static TWO_ALIASES: Rule = Rule::new("two aliases", print, eval).scope(Scope::BindsOnward(2)).a_list();

fn print(tree: &Tree, printer: &mut Printer) {
    let count = tree.vars.len();
    let names: Vec<&str> = tree.vars.iter().map(|var| var.name.as_str()).collect();
    let list = names.join(", ");
    printer.push(&if count > 1 { format!("let ({list}) = (") } else { format!("let {list} = ") });
    for (i, part) in tree.children[..count].iter().enumerate() {
        printer.push(if i > 0 { ", " } else { "" });
        printer.push(tree.word);
        printer.tree(part);
    }
    printer.push(if count > 1 { ");" } else { ";" });
    for statement in &tree.children[count..] {
        printer.line();
        printer.tree(statement);
    }
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    let count = tree.vars.len();
    for (var, part) in tree.vars.iter().zip(&tree.children) {
        let place = machine.place(part)?;
        // The machine makes sure that the part is there.
        machine.load(&place)?;
        machine.bind(var, Value::Pointer(place));
    }
    for statement in &tree.children[count..] {
        machine.eval(statement)?;
    }
    Ok(Value::UNIT)
}

fn whole(g: &mut Generator, exclusively: bool) -> Option<Var> {
    let mut variables = g.variables(exclusively);
    variables.retain(|var| var.ty.element().is_some_and(|(element, length)| length > 0 && element.has_floats()));
    (!variables.is_empty()).then(|| g.dice.of(&variables))
}

fn aliased(g: &mut Generator, exclusively: bool, count: usize) -> Option<Tree> {
    let whole = whole(g, exclusively)?;
    let mut children = Vec::new();
    let mut vars: Vec<Var> = Vec::new();
    for _ in 0..count {
        let part = part_of(g, &whole, 1, exclusively);
        let passing = if exclusively { Passing::Exclusive } else { Passing::Shared };
        let var = g.variable("r", part.ty().clone(), passing, exclusively, None);
        if var.name == whole.name || vars.iter().any(|other| other.name == var.name) {
            return None;
        }
        children.push(part);
        vars.push(var);
    }
    let statements = g.passing(|g| {
        g.borrowed(&whole, exclusively, |g| {
            vars.iter().for_each(|var| g.declare(var));
            let count = g.dice.between(1, 4);
            let statements: Vec<Tree> = (0..count).filter_map(|_| g.statement()).collect();
            statements
        })
    });
    children.extend(statements);
    let rule = if count > 1 { &TWO_ALIASES } else { &ALIAS };
    let mut tree = Tree::statement(rule, children).word(if exclusively { "&mut " } else { "&" });
    tree.vars = vars;
    Some(tree)
}

/// While the alias is in use, the whole is out of reach or at least not written.
pub fn alias(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let exclusively = g.dice.chance(60);
    aliased(g, exclusively, 1)
}

pub fn two_aliases(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    aliased(g, false, 2)
}

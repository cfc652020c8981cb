//! `for`, over ranges and over elements.

use crate::random::generate::{Generator, Loop};
use crate::random::machine::{Exit, Flow, Machine, Pointer, Step, Value};
use crate::random::print::Printer;
use crate::random::tree::{Label, Rule, Scope, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{block, literals, places};

/// One run of a loop's body: `None` to go on, or the value that the loop was left with.
pub fn trip(tree: &Tree, body: &Tree, machine: &mut Machine) -> Result<Option<Value>, Exit> {
    let id = tree.label.expect("a loop has a label").id;
    match machine.eval(body) {
        Ok(_) => Ok(None),
        Err(Exit::Continue(to)) if to == id => Ok(None),
        Err(Exit::Break(from, value)) if from == id => Ok(Some(value)),
        Err(other) => Err(other),
    }
}

/// Something with a label that runs once, and what it gives.
pub fn run(tree: &Tree, body: &Tree, machine: &mut Machine) -> Flow {
    let id = tree.label.expect("it has a label").id;
    match machine.eval(body) {
        Err(Exit::Break(from, value)) if from == id => Ok(value),
        other => other,
    }
}

pub fn print_label(tree: &Tree, printer: &mut Printer) {
    if let Some(Label { id, shown: true }) = tree.label {
        printer.push(&format!("'l{id}: "));
    }
}

/// Makes the body of a loop.
pub fn body(g: &mut Generator, label: Label, value: &Ty, vars: &[Var]) -> Tree {
    g.loops.push(Loop { label, value: value.clone(), is_block: false });
    let body = g.scoped(|g| {
        for var in vars {
            g.declare(var);
        }
        let count = g.dice.between(1, 4);
        block::block(g, &Ty::Unit, count, &mut |_| Vec::new())
    });
    g.loops.pop();
    body
}

/// Children: the bounds and the body. Numbers: the step, and how many to take.
static RANGE: Rule = Rule::new(
    "for over a range",
    |tree, printer| {
        print_label(tree, printer);
        let adaptor = match tree.word {
            "rev" => ".rev()".to_owned(),
            "step" => format!(".step_by({})", tree.ints[0]),
            "take" => format!(".take({})", tree.ints[0]),
            "skip" => format!(".skip({})", tree.ints[0]),
            _ => String::new(),
        };
        let dots = if tree.word == "inclusive" { "..=" } else { ".." };
        printer.push(&format!("for {} in ", tree.vars[0].name));
        printer.push(if adaptor.is_empty() { "" } else { "(" });
        printer.tree(&tree.children[0]);
        printer.push(dots);
        printer.tree(&tree.children[1]);
        printer.push(if adaptor.is_empty() { "" } else { ")" });
        printer.push(&adaptor);
        printer.push(" ");
        printer.tree(&tree.children[2]);
    },
    |tree, machine| {
        let low = machine.int(&tree.children[0])?;
        let high = machine.int(&tree.children[1])?;
        let by = tree.ints[0] as usize;
        let trips: Vec<u64> = match tree.word {
            "inclusive" => (low..=high).collect(),
            "rev" => (low..high).rev().collect(),
            "step" => (low..high).step_by(by).collect(),
            "take" => (low..high).take(by).collect(),
            "skip" => (low..high).skip(by).collect(),
            _ => (low..high).collect(),
        };
        for i in trips {
            machine.bind(&tree.vars[0], Value::Int(i));
            if trip(tree, &tree.children[2], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::BindsWithin(2))
.a_loop();

pub fn over_range(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let low = literals::int_of(g.dice.of(&[0, 0, 0, 1]));
    let (high, below) = if g.dice.chance(60) {
        let high = g.dice.between(0, 4);
        (literals::int_of(high), Some(high))
    } else {
        (g.expr(&Ty::Int, 1), None)
    };
    let word = g.dice.of(&["", "", "", "rev", "inclusive", "step", "take", "skip"]);
    let below = below.map(|below| if word == "inclusive" { below + 1 } else { below });
    let by = g.dice.between(1, 2) as u64;
    let label = g.label();
    let var = g.variable("j", Ty::Int, Passing::Own, false, below);
    let body = body(g, label, &Ty::Unit, std::slice::from_ref(&var));
    Some(Tree::statement(&RANGE, vec![low, high, body]).word(word).ints(&[by]).label(label).var(&var))
}

/// Children: what is looped over, and the body. Names: the element, and its number if that is asked for.
static ELEMENTS: Rule = Rule::new(
    "for over elements",
    |tree, printer| {
        print_label(tree, printer);
        let name = &tree.vars[0].name;
        match tree.vars.get(1) {
            Some(number) => printer.push(&format!("for ({}, {name}) in ", number.name)),
            None => printer.push(&format!("for {name} in ")),
        }
        let (before, after) = match tree.word {
            "&" => ("&", ""),
            "rev" => ("", ".iter().rev()"),
            "iter_mut" => ("", ".iter_mut()"),
            "&mut" => ("&mut ", ""),
            _ => ("", ".iter()"),
        };
        printer.push(before);
        printer.tree(&tree.children[0]);
        printer.push(after);
        printer.push(if tree.vars.len() > 1 { ".enumerate() " } else { " " });
        printer.tree(&tree.children[1]);
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        let length = machine.length(&place)?;
        let mut order: Vec<usize> = (0..length).collect();
        if tree.word == "rev" {
            order.reverse();
        }
        for (number, i) in order.into_iter().enumerate() {
            let mut path = place.path.clone();
            path.push(Step::Part(i));
            machine.bind(&tree.vars[0], Value::Pointer(Pointer { slot: place.slot, path }));
            if let Some(var) = tree.vars.get(1) {
                machine.bind(var, Value::Int(number as u64));
            }
            if trip(tree, &tree.children[1], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::BindsWithin(1))
.a_loop();

fn elements(g: &mut Generator, exclusively: bool) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut variables = g.variables(exclusively);
    variables.retain(|var| var.ty.element().is_some_and(|(element, _)| element.has_floats()));
    if variables.is_empty() {
        return None;
    }
    let over = g.dice.of(&variables);
    let (element, least) = over.ty.element()?;
    let word = match (exclusively, over.passing) {
        (true, Passing::Own) => g.dice.of(&["iter_mut", "&mut"]),
        (true, _) => "iter_mut",
        (false, Passing::Own) => g.dice.of(&["iter", "&", "rev"]),
        (false, _) => g.dice.of(&["iter", "rev"]),
    };
    let has_number = (word.starts_with("iter") || word == "rev") && g.dice.chance(40);
    let label = g.label();
    let passing = if exclusively { Passing::Exclusive } else { Passing::Shared };
    let mut vars = vec![g.variable("e", element.clone(), passing, exclusively, None)];
    if has_number {
        // A vector may be longer than its type says.
        let below = matches!(over.ty, Ty::Array(..)).then_some(least);
        let number = g.variable("j", Ty::Int, Passing::Own, false, below);
        if number.name == vars[0].name {
            return None;
        }
        vars.push(number);
    }
    let body = g.borrowed(&over, exclusively, |g| body(g, label, &Ty::Unit, &vars));
    let mut tree = Tree::statement(&ELEMENTS, vec![places::variable(&over), body]).word(word).label(label);
    tree.vars = vars;
    Some(tree)
}

pub fn over_elements(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    elements(g, false)
}

pub fn over_elements_mutably(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    elements(g, true)
}

/// By value, where the elements are copied or the array is made for it.
static ARRAY: Rule = Rule::new(
    "for over an array",
    |tree, printer| {
        print_label(tree, printer);
        printer.push(&format!("for {} in ", tree.vars[0].name));
        printer.typed(&tree.children[0]);
        printer.push(" ");
        printer.tree(&tree.children[1]);
    },
    |tree, machine| {
        let list = machine.eval(&tree.children[0])?;
        for element in list.parts() {
            machine.bind(&tree.vars[0], element.clone());
            if trip(tree, &tree.children[1], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::BindsWithin(1))
.a_loop();

pub fn over_array(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let length = g.dice.between(1, 3);
    let over = places::read(g, &Ty::array(length), 0)?;
    // The macro does not know the types of fields.
    if matches!(places::root(&over.children[0]).ty, Ty::Struct(_)) {
        return None;
    }
    let label = g.label();
    let var = g.variable("e", Ty::Float, Passing::Own, false, None);
    let body = body(g, label, &Ty::Unit, std::slice::from_ref(&var));
    Some(Tree::statement(&ARRAY, vec![over, body]).label(label).var(&var))
}

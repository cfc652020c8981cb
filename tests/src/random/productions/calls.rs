//! Calls of other generated functions, with what is lent to them.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, Machine, Value};
use crate::random::print::Printer;
use crate::random::tree::{Function, Parameter, Rule, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{parts, places};

/// Numbers: which function. Children: the arguments.
static CALL: Rule = Rule::new("call", print, eval).a_call();

static STATEMENT: Rule = Rule::new(
    "call as a statement",
    |tree, printer| {
        print(tree, printer);
        printer.push(";");
    },
    eval,
)
.a_call();

fn print(tree: &Tree, printer: &mut Printer) {
    printer.push(&format!("f{}(", tree.ints[0]));
    printer.list(&tree.children);
    printer.push(")");
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    let function = &machine.program.functions[tree.ints[0] as usize];
    let arguments: Result<Vec<_>, _> = tree.children.iter().map(|argument| machine.eval(argument)).collect();
    call(function, arguments?, machine)
}

/// Runs a function; a reference is a pointer.
pub fn call(function: &Function, arguments: Vec<Value>, machine: &mut Machine) -> Flow {
    for (parameter, argument) in function.parameters.iter().zip(arguments) {
        machine.bind(&parameter.var, argument);
    }
    match machine.eval(&function.body) {
        Err(Exit::Return(value)) => Ok(value),
        other => other,
    }
}

/// `&` or `&mut` of a place; a name that is a reference is handed on as it is.
static LENT: Rule = Rule::new(
    "lent place",
    |tree, printer| {
        let place = &tree.children[0];
        let is_reference = place.is(&places::VAR) && place.vars[0].passing != Passing::Own;
        let weakens = tree.word == "&" && is_reference && place.vars[0].passing == Passing::Exclusive;
        if !is_reference {
            printer.push(tree.word);
        } else if weakens {
            printer.push("&*");
        }
        printer.tree(place);
    },
    |tree, machine| machine.eval(&tree.children[0]),
);

pub fn lend(place: Tree, word: &'static str) -> Tree {
    Tree::expr(&LENT, &Ty::Unit, vec![place]).word(word)
}

/// A reference to a value that lives for the call alone.
static LENT_TEMPORARY: Rule = Rule::new(
    "lent temporary",
    |tree, printer| {
        printer.push(tree.word);
        printer.tree(&tree.children[0]);
    },
    |tree, machine| {
        let value = machine.eval(&tree.children[0])?;
        let slot = machine.new_slot(value);
        Ok(Value::Pointer(crate::random::machine::Pointer { slot, path: Vec::new() }))
    },
);

/// What is lent has no value of its own.
fn lent(g: &mut Generator, parameter: &Var) -> (Tree, Option<Var>) {
    let exclusively = parameter.passing == Passing::Exclusive;
    let word = if exclusively { "&mut " } else { "&" };
    let place = match &parameter.ty {
        Ty::Slice(element, least) => lent_slice(g, element, *least, exclusively),
        Ty::Vec(..) => {
            let mut found = g.variables_of(&parameter.ty, exclusively);
            // A parameter may be given another length, and then a local's type would lie.
            found.retain(|var| !exclusively || var.ty == parameter.ty);
            (!found.is_empty()).then(|| places::variable(&g.dice.of(&found)))
        }
        ty => places::place(g, ty, exclusively),
    };
    match place {
        Some(place) => {
            let root = places::root(&place).clone();
            (lend(place, word), Some(root))
        }
        None => {
            let ty = match &parameter.ty {
                Ty::Slice(element, least) => Ty::Array(element.clone(), *least),
                ty => ty.clone(),
            };
            let value = super::literals::simplest(g, &ty);
            (Tree::expr(&LENT_TEMPORARY, &Ty::Unit, vec![value]).word(word), None)
        }
    }
}

fn lent_slice(g: &mut Generator, element: &Ty, least: usize, exclusively: bool) -> Option<Tree> {
    let mut variables = g.variables(exclusively);
    variables.retain(|var| var.ty.element().is_some_and(|(found, length)| found == element && length >= least));
    if variables.is_empty() {
        return None;
    }
    let var = g.dice.of(&variables);
    Some(if g.dice.chance(45) { parts::part_of(g, &var, least, exclusively) } else { places::variable(&var) })
}

/// Those that are lent exclusively are chosen first; no other argument may touch them.
fn arguments(g: &mut Generator, parameters: &[Parameter], depth: usize) -> Vec<Tree> {
    let mut chosen: Vec<Option<Tree>> = vec![None; parameters.len()];
    exclusive(g, parameters, 0, &mut chosen, depth);
    chosen.into_iter().map(|argument| argument.expect("each has an argument")).collect()
}

fn exclusive(g: &mut Generator, parameters: &[Parameter], at: usize, chosen: &mut [Option<Tree>], depth: usize) {
    let Some(parameter) = parameters.get(at) else { return others(g, parameters, chosen, depth) };
    if parameter.var.passing != Passing::Exclusive {
        return exclusive(g, parameters, at + 1, chosen, depth);
    }
    let (tree, root) = lent(g, &parameter.var);
    chosen[at] = Some(tree);
    match root {
        Some(root) => g.borrowed(&root, true, |g| exclusive(g, parameters, at + 1, chosen, depth)),
        None => exclusive(g, parameters, at + 1, chosen, depth),
    }
}

fn others(g: &mut Generator, parameters: &[Parameter], chosen: &mut [Option<Tree>], depth: usize) {
    // What an argument changes would be borrowed by then, so arguments change nothing.
    let before = std::mem::replace(&mut g.is_pure, true);
    for (parameter, chosen) in parameters.iter().zip(chosen) {
        if chosen.is_some() {
            continue;
        }
        *chosen = Some(match parameter.var.passing {
            Passing::Own if parameter.constant => super::literals::float_of(g.dice.float()),
            Passing::Own => g.expr(&parameter.var.ty, depth.min(1)),
            _ => lent(g, &parameter.var).0,
        });
    }
    g.is_pure = before;
}

fn changes(function: &Function) -> bool {
    function.parameters.iter().any(|parameter| parameter.var.passing == Passing::Exclusive)
}

fn of_some(g: &mut Generator, rule: &'static Rule, depth: usize, fits: impl Fn(&Function) -> bool) -> Option<Tree> {
    let is_pure = g.is_pure;
    let functions = g.functions;
    let found: Vec<usize> =
        (0..functions.len()).filter(|i| fits(&functions[*i]) && !(is_pure && changes(&functions[*i]))).collect();
    if found.is_empty() {
        return None;
    }
    let number = g.dice.of(&found);
    let arguments = arguments(g, &functions[number].parameters, depth);
    Some(Tree::expr(rule, &functions[number].result, arguments).ints(&[number as u64]))
}

pub fn value(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    of_some(g, &CALL, depth, |function| ty.accepts(&function.result))
}

pub fn statement(g: &mut Generator, _: &Ty, depth: usize) -> Option<Tree> {
    let mut tree = of_some(g, &STATEMENT, depth, changes)?;
    tree.sort = crate::random::tree::Sort::Statement;
    Some(tree)
}

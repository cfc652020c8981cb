//! `while`, `loop` and `while let`.

use crate::random::generate::{Generator, Loop};
use crate::random::machine::{ILL_TYPED, Value};
use crate::random::tree::{Rule, Scope, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::{block, exits, lets, literals, loops, places};

static WHILE: Rule = Rule::new(
    "while",
    |tree, printer| {
        loops::print_label(tree, printer);
        printer.push("while ");
        printer.bare(&tree.children[0]);
        printer.push(" ");
        printer.tree(&tree.children[1]);
    },
    |tree, machine| {
        while machine.bool(&tree.children[0])? {
            if loops::trip(tree, &tree.children[1], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.a_loop();

/// `k += 1;` first of all, so that `continue` does not pass it by.
static COUNT: Rule = Rule::new(
    "count",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(" += 1;");
    },
    |tree, machine| {
        let place = machine.place(&tree.children[0])?;
        let Value::Int(count) = machine.load(&place)? else { return Err(ILL_TYPED) };
        machine.store(&place, Value::Int(count + 1))?;
        Ok(Value::UNIT)
    },
);

static BOUNDED: Rule = Rule::new(
    "bounded condition",
    |tree, printer| {
        printer.tree(&tree.children[0]);
        printer.push(&format!(" < {}", tree.ints[0]));
        if let Some(condition) = tree.children.get(1) {
            printer.push(" && ");
            printer.tree(condition);
        }
    },
    |tree, machine| {
        let count = machine.int(&tree.children[0])?;
        let is_below = count < tree.ints[0];
        Ok(Value::Bool(is_below && (tree.children.len() == 1 || machine.bool(&tree.children[1])?)))
    },
);

/// Whether the counter is below its bound.
pub fn bounded(counter: &Var, bound: u64) -> Tree {
    let read = places::read_of(places::variable(counter));
    Tree::expr(&BOUNDED, &Ty::Bool, vec![read]).ints(&[bound])
}

pub fn counting(counter: &Var, mut body: Tree) -> Tree {
    body.children.insert(0, Tree::statement(&COUNT, vec![places::variable(counter)]));
    body
}

/// A counter bounds it; a condition on floats may end it before.
pub fn counted(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let (start, counter) = lets::let_of(g, &Ty::Int, true, literals::int_of(0));
    let mut children = vec![places::read_of(places::variable(&counter))];
    if g.dice.chance(60) {
        children.push(g.expr(&Ty::Bool, 2));
    }
    let bound = g.dice.between(1, 4) as u64;
    let condition = Tree::expr(&BOUNDED, &Ty::Bool, children).ints(&[bound]);
    let label = g.label();
    let inner = g.borrowed(&counter, false, |g| loops::body(g, label, &Ty::Unit, &[]));
    let inner = counting(&counter, inner);
    Some(block::together(vec![start, Tree::statement(&WHILE, vec![condition, inner]).label(label)]))
}

static LOOP: Rule = Rule::new(
    "loop with a value",
    |tree, printer| {
        loops::print_label(tree, printer);
        printer.push("loop ");
        printer.tree(&tree.children[0]);
    },
    |tree, machine| {
        loop {
            if let Some(value) = loops::trip(tree, &tree.children[0], machine)? {
                return Ok(value);
            }
        }
    },
)
.a_loop();

static LOOP_STATEMENT: Rule = Rule::new("loop", LOOP.print, LOOP.eval).a_loop();

/// `loop` with a counter that ends it at last.
pub fn with_value(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let value = if g.dice.chance(30) { Ty::Unit } else { Ty::Float };
    let (start, counter) = lets::let_of(g, &Ty::Int, true, literals::int_of(0));
    let label = g.label();
    g.loops.push(Loop { label, value: value.clone(), is_block: false });
    let count = g.dice.between(1, 3);
    let bound = g.dice.between(1, 3) as u64;
    let inner = g.borrowed(&counter, false, |g| {
        // What ends the loop stands first, before anything can shadow the counter.
        let goes_on = bounded(&counter, bound);
        let from = g.loops.last().cloned().expect("it was pushed");
        let leaves = exits::unless(goes_on, exits::break_from(g, from));
        let mut inner = block::block(g, &Ty::Unit, count, &mut |_| Vec::new());
        inner.children.insert(0, leaves);
        inner
    });
    g.loops.pop();
    let inner = counting(&counter, inner);
    Some(if value == Ty::Unit {
        block::together(vec![start, Tree::statement(&LOOP_STATEMENT, vec![inner]).label(label)])
    } else {
        let made = Tree::expr(&LOOP, &value, vec![inner]).label(label);
        let mutable = g.dice.chance(50);
        block::together(vec![start, lets::let_of(g, &value, mutable, made).0])
    })
}

/// Pops indices from a list.
static STACK: Rule = Rule::new(
    "while let",
    |tree, printer| {
        let ints: Vec<String> = tree.ints.iter().map(u64::to_string).collect();
        let (list, var) = (&tree.vars[1].name, &tree.vars[0].name);
        printer.push(&format!("let mut {list} = vec![{}];", ints.join(", ")));
        printer.line();
        loops::print_label(tree, printer);
        printer.push(&format!("while let Some({var}) = {list}.pop() "));
        printer.tree(&tree.children[0]);
    },
    |tree, machine| {
        for int in tree.ints.iter().rev() {
            machine.bind(&tree.vars[0], Value::Int(*int));
            if loops::trip(tree, &tree.children[0], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::BindsWithin(0))
.a_loop();

pub fn over_stack(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let ints: Vec<u64> = (0..g.dice.between(1, 4)).map(|_| g.dice.below(4) as u64).collect();
    let label = g.label();
    let list = g.variable("todo", Ty::Unit, Passing::Own, false, None);
    if !list.name.starts_with("todo") {
        return None;
    }
    let var = g.variable("j", Ty::Int, Passing::Own, false, None);
    let inner = loops::body(g, label, &Ty::Unit, std::slice::from_ref(&var));
    Some(Tree::statement(&STACK, vec![inner]).ints(&ints).label(label).var(&var).var(&list))
}

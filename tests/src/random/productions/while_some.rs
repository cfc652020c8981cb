//! `while let Some(v) = o`, where the body gives `o` another value, and a counter ends what would not end.

use crate::random::generate::{Generator, Loop};
use crate::random::machine::Value;
use crate::random::tree::{Rule, Scope, Tree};
use crate::random::ty::{Passing, Ty};

use super::{assignments, block, exits, lets, literals, loops, patterns, places, taken, whiles};

static WHILE_SOME: Rule = Rule::new(
    "while some",
    |tree, printer| {
        loops::print_label(tree, printer);
        printer.push(&format!("while let {} = ", taken::pattern(tree)));
        printer.head(&tree.children[0]);
        printer.push(" ");
        printer.tree(&tree.children[1]);
    },
    |tree, machine| {
        loop {
            let value = machine.eval(&tree.children[0])?;
            if !taken::fits(tree, &value, machine)? || loops::trip(tree, &tree.children[1], machine)?.is_some() {
                return Ok(Value::UNIT);
            }
        }
    },
)
.scope(Scope::BindsWithin(1))
.a_loop();

pub fn while_some(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut options = g.variables(true);
    options.retain(|var| var.ty.payload().is_some());
    if options.is_empty() {
        return None;
    }
    let option = g.dice.of(&options);
    let pattern = patterns::irrefutable(g, option.ty.payload()?, Passing::Own)?;
    let pattern = crate::random::pattern::Pattern::Some(Box::new(pattern));
    let (start, counter) = lets::let_of(g, &Ty::Int, true, literals::int_of(0));
    let is_hidden = |name: &str| pattern.vars().iter().any(|var| var.name == name);
    if is_hidden(&option.name) || is_hidden(&counter.name) || counter.name == option.name {
        return None;
    }
    let head = places::read_of(places::variable(&option));
    let label = g.label();
    let from = Loop { label, value: Ty::Unit, is_block: false };
    g.loops.push(from.clone());
    let (count, bound) = (g.dice.between(0, 3), g.dice.between(1, 3) as u64);
    let inner = g.borrowed(&counter, false, |g| {
        g.scoped(|g| {
            pattern.vars().iter().for_each(|var| g.declare(var));
            let leaves = exits::unless(whiles::bounded(&counter, bound), exits::break_from(g, from));
            let mut inner = block::block(g, &Ty::Unit, count, &mut |g| {
                let is_there = g.variables(true).iter().any(|var| var.id == option.id);
                let assign = is_there.then(|| {
                    let value = g.expr(&option.ty, 2);
                    assignments::assignment(places::variable(&option), value)
                });
                assign.into_iter().collect()
            });
            inner.children.insert(0, leaves);
            inner
        })
    });
    g.loops.pop();
    let inner = whiles::counting(&counter, inner);
    let tree = Tree::statement(&WHILE_SOME, vec![head, inner]).label(label).pattern(pattern);
    Some(block::together(vec![start, tree]))
}

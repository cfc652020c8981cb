//! Iterator chains with closures: `xs.iter().map(|v| …).sum()`, and loops over streams.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, ILL_TYPED, Machine, Value};
use crate::random::pattern::Pattern;
use crate::random::print::Printer;
use crate::random::tree::{Rule, Scope, Sort, Tree, Var};
use crate::random::ty::Ty;

use super::streams::{self, Item, Stream};
use super::{loops, taken};

static LOOP: Rule = Rule::new(
    "for over a stream",
    |tree, printer| {
        loops::print_label(tree, printer);
        printer.push(&format!("for {} in ", taken::pattern(tree)));
        printer.tree(&tree.children[0]);
        printer.push(" ");
        printer.tree(&tree.children[1]);
    },
    |tree, machine| {
        let Value::List(items) = machine.eval(&tree.children[0])? else { return Err(ILL_TYPED) };
        for item in items {
            taken::fits(tree, &item, machine)?;
            if loops::trip(tree, &tree.children[1], machine)?.is_some() {
                break;
            }
        }
        Ok(Value::UNIT)
    },
)
.scope(Scope::BindsWithin(1))
.a_loop();

pub fn over_stream(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let stream = streams::stream(g, true)?;
    let pattern = streams::pattern(g, &stream.item)?;
    let label = g.label();
    let vars = pattern.vars();
    let body = streams::behind(g, &stream.shared, &stream.exclusive, |g| loops::body(g, label, &Ty::Unit, &vars));
    Some(Tree::statement(&LOOP, vec![stream.tree, body]).label(label).pattern(pattern))
}

/// A closure between the stream and what is made of it. Its child is what it gives.
static STAGE: Rule = Rule::new(
    "stage of a chain",
    |tree, printer| {
        printer.push(&format!(".{}(|{}| ", tree.word, taken::pattern(tree)));
        printer.typed(&tree.children[0]);
        printer.push(")");
    },
    |tree, machine| machine.eval(&tree.children[0]),
)
.scope(Scope::BindsWithin(0));

fn print_chain(tree: &Tree, printer: &mut Printer) {
    printer.tree(&tree.children[0]);
    for stage in tree.children[1..].iter().filter(|child| child.is(&STAGE)) {
        printer.tree(stage);
    }
}

/// Every item through the stages, to whatever takes it; that tells whether to go on.
fn pull(
    tree: &Tree,
    machine: &mut Machine,
    take: &mut dyn FnMut(Value, &mut Machine) -> Result<bool, Exit>,
) -> Result<(), Exit> {
    let Value::List(items) = machine.eval(&tree.children[0])? else { return Err(ILL_TYPED) };
    let stages: Vec<&Tree> = tree.children[1..].iter().filter(|child| child.is(&STAGE)).collect();
    'items: for mut item in items {
        for stage in &stages {
            match through(stage, &item, machine)? {
                Step::Next(next) => item = next,
                Step::Drop => continue 'items,
                Step::Stop => break 'items,
            }
        }
        if !take(item, machine)? {
            break;
        }
    }
    Ok(())
}

enum Step {
    Next(Value),
    Drop,
    Stop,
}

fn through(stage: &Tree, item: &Value, machine: &mut Machine) -> Result<Step, Exit> {
    if matches!(stage.word, "filter" | "take_while") {
        // These get a reference to the item.
        let slot = machine.new_slot(item.clone());
        let reference = Value::Pointer(crate::random::machine::Pointer { slot, path: Vec::new() });
        taken::fits(stage, &reference, machine)?;
        return Ok(match (machine.bool(&stage.children[0])?, stage.word) {
            (true, _) => Step::Next(item.clone()),
            (false, "filter") => Step::Drop,
            (false, _) => Step::Stop,
        });
    }
    taken::fits(stage, item, machine)?;
    let made = machine.eval(&stage.children[0])?;
    Ok(match stage.word {
        "filter_map" => made.payload()?.map_or(Step::Drop, Step::Next),
        _ => Step::Next(made),
    })
}

static TOTAL: Rule = Rule::new(
    "total of a chain",
    |tree, printer| {
        print_chain(tree, printer);
        printer.push(&format!(".{}::<f64>()", tree.word));
    },
    |tree, machine| {
        let is_sum = tree.word == "sum";
        let mut total = crate::random::dual::Dual::constant(f64::from(u8::from(!is_sum)));
        pull(tree, machine, &mut |item, machine| {
            let item = match item {
                Value::Pointer(pointer) => machine.load(&pointer)?,
                item => item,
            };
            let Value::Float(item) = item else { return Err(ILL_TYPED) };
            total = if is_sum { total.add(&item) } else { total.mul(&item) };
            Ok(true)
        })?;
        Ok(Value::Float(total))
    },
);

static COLLECT: Rule = Rule::new(
    "collected chain",
    |tree, printer| {
        print_chain(tree, printer);
        printer.push(&format!(".collect::<{}>()", tree.ty().print()));
    },
    |tree, machine| {
        let mut items = Vec::new();
        pull(tree, machine, &mut |item, _| {
            items.push(item);
            Ok(true)
        })?;
        Ok(Value::List(items))
    },
);

/// Children: the stream and the stages; the start; what the closure gives, in a stage of its own.
static FOLD: Rule = Rule::new(
    "fold",
    |tree, printer| {
        print_chain(tree, printer);
        let [.., start, step] = &tree.children[..] else { return };
        printer.push(".fold(");
        printer.typed(start);
        printer.push(&format!(", |{}| ", taken::pattern(step)));
        printer.tree(&step.children[0]);
        printer.push(")");
    },
    |tree, machine| {
        let [.., start, step] = &tree.children[..] else { return Err(ILL_TYPED) };
        let mut state = machine.eval(start)?;
        pull(tree, machine, &mut |item, machine| {
            taken::fits(step, &Value::List(vec![state.clone(), item]), machine)?;
            state = machine.eval(step)?;
            Ok(true)
        })?;
        Ok(state)
    },
);

/// Of `fold`: the pattern is a tuple of both parameters, printed without its parentheses.
static FOLD_STEP: Rule = Rule::new(
    "step of a fold",
    |_, _| unreachable!("the fold prints it"),
    |tree, machine| machine.eval(&tree.children[0]),
)
.scope(Scope::BindsWithin(0));

struct Chain {
    children: Vec<Tree>,
    stream: Stream,
    item: Item,
    least: usize,
}

fn purely<T>(g: &mut Generator, make: impl FnOnce(&mut Generator) -> T) -> T {
    let before = std::mem::replace(&mut g.is_pure, true);
    let made = make(g);
    g.is_pure = before;
    made
}

/// Gives floats in the end, or elements as they are.
fn chain(g: &mut Generator, depth: usize, has_to_map: bool) -> Option<Chain> {
    let stream = streams::stream(g, false)?;
    let mut chain =
        Chain { children: vec![stream.tree.clone()], item: stream.item.clone(), least: stream.least, stream };
    if g.dice.chance(25) {
        let word = g.dice.of(&["filter", "filter", "take_while"]);
        stage(g, &mut chain, word, &Ty::Bool, depth)?;
    }
    let is_float = matches!(&chain.item, Item::Own(Ty::Float) | Item::Ref(Ty::Float, _));
    if has_to_map || !is_float || g.dice.chance(75) {
        let word = if g.dice.chance(15) { "filter_map" } else { "map" };
        let ty = if word == "map" { Ty::Float } else { Ty::option(Ty::Float) };
        stage(g, &mut chain, word, &ty, depth)?;
        if g.dice.chance(15) {
            stage(g, &mut chain, "map", &Ty::Float, depth)?;
        }
    }
    Some(chain)
}

fn stage(g: &mut Generator, chain: &mut Chain, word: &'static str, ty: &Ty, depth: usize) -> Option<()> {
    let keeps = *ty == Ty::Bool;
    let pattern = if keeps { streams::copying_pattern(g, &chain.item)? } else { streams::pattern(g, &chain.item)? };
    let made = streams::behind(g, &chain.stream.shared, &[], |g| {
        g.scoped(|g| {
            pattern.vars().iter().for_each(|var| g.declare(var));
            purely(g, |g| g.expr(ty, depth + 1))
        })
    });
    chain.children.push(Tree::new(&STAGE, Sort::Block(ty.clone()), vec![made]).word(word).pattern(pattern));
    if word != "map" {
        chain.least = 0;
    }
    if !keeps {
        chain.item = Item::Own(Ty::Float);
    }
    Some(())
}

pub fn total(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let chain = chain(g, depth.min(1), false)?;
    let word = g.dice.of(&["sum", "sum", "product"]);
    Some(Tree::expr(&TOTAL, ty, chain.children).word(word))
}

/// All that is in a vector.
pub fn digested(var: &Var) -> Option<Tree> {
    matches!(&var.ty, Ty::Vec(element, 0) if **element == Ty::Float)
        .then(|| Tree::expr(&TOTAL, &Ty::Float, vec![streams::all(var)]).word("sum"))
}

pub fn collected(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let (element, length) = ty.element()?;
    if g.is_deep() || *element != Ty::Float {
        return None;
    }
    let chain = chain(g, depth.min(1), true)?;
    (chain.least >= length).then(|| Tree::expr(&COLLECT, ty, chain.children))
}

pub fn fold(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let mut chain = chain(g, depth.min(1), false)?;
    // What it changed might be borrowed by the closures before it.
    let start = purely(g, |g| g.float(depth.min(1)));
    let state = g.own(&Ty::Float, false);
    let item = streams::pattern(g, &chain.item)?;
    if item.vars().iter().any(|var| var.name == state.name) {
        return None;
    }
    let pattern = Pattern::Parameters(vec![Pattern::Name(state), item]);
    let made = g.scoped(|g| {
        pattern.vars().iter().for_each(|var| g.declare(var));
        purely(g, |g| g.float(depth.min(1) + 1))
    });
    let step = Tree::new(&FOLD_STEP, Sort::Block(Ty::Float), vec![made]).pattern(pattern);
    chain.children.extend([start, step]);
    Some(Tree::expr(&FOLD, ty, chain.children))
}

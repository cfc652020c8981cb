//! What takes values apart by patterns: `if let`, `match`, `let … else`, `let`.

use crate::random::generate::Generator;
use crate::random::machine::{Exit, Flow, ILL_TYPED, Machine, Value};
use crate::random::pattern::Pattern;
use crate::random::print::Printer;
use crate::random::shapes::Enum;
use crate::random::tree::{Rule, Scope, Sort, Tree, Var};
use crate::random::ty::{Passing, Ty};

use super::heads::{self, Head};
use super::{block, exits, matches, patterns, places};

/// What stands behind the pattern of an `if let`: a further condition if there are two children, and the block.
static THEN: Rule = Rule::new(
    "then",
    |tree, printer| {
        if tree.children.len() == 2 {
            printer.push("&& ");
            printer.tree(&tree.children[0]);
            printer.push(" ");
        }
        printer.tree(tree.children.last().expect("it has a block"));
    },
    |tree, machine| machine.eval(tree.children.last().expect("it has a block")),
)
.scope(Scope::BindsWithin(0));

pub fn fits(tree: &Tree, value: &Value, machine: &mut Machine) -> Result<bool, Exit> {
    tree.pattern.as_ref().ok_or(ILL_TYPED)?.fits(value, machine)
}

pub fn pattern(tree: &Tree) -> String {
    tree.pattern.as_ref().map(Pattern::print).unwrap_or_default()
}

fn print(tree: &Tree, printer: &mut Printer) {
    printer.push(&format!("if let {} = ", pattern(&tree.children[1])));
    printer.head(&tree.children[0]);
    printer.push(" ");
    printer.tree(&tree.children[1]);
    if let Some(otherwise) = tree.children.get(2) {
        printer.push(" else ");
        printer.tree(otherwise);
    }
}

fn eval(tree: &Tree, machine: &mut Machine) -> Flow {
    let value = machine.eval(&tree.children[0])?;
    let then = &tree.children[1];
    if fits(then, &value, machine)? && (then.children.len() < 2 || machine.bool(&then.children[0])?) {
        return machine.eval(then);
    }
    match tree.children.get(2) {
        Some(otherwise) => machine.eval(otherwise),
        None => Ok(Value::UNIT),
    }
}

static IF_LET: Rule = Rule::new("if let by a pattern", print, eval);

static IF_LET_VALUE: Rule = Rule::new(
    "value of an if let by a pattern",
    |tree, printer| {
        printer.push("(");
        print(tree, printer);
        printer.push(")");
    },
    eval,
);

fn then(g: &mut Generator, head: &Head, ty: &Ty) -> Option<Tree> {
    let pattern = head.some(g)?;
    let is_chain = g.dice.chance(20);
    let children = head.behind(g, &pattern.vars(), |g| {
        let mut children = Vec::new();
        if is_chain {
            children.push(g.expr(&Ty::Bool, 1));
        }
        children.push(block::body(g, ty));
        children
    });
    Some(Tree::new(&THEN, Sort::Block(ty.clone()), children).pattern(pattern))
}

pub fn if_let(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let head = heads::refutable(g)?;
    let then = then(g, &head, &Ty::Unit)?;
    let mut children = vec![head.tree, then];
    if g.dice.chance(50) {
        children.push(block::body(g, &Ty::Unit));
    }
    Some(Tree::statement(&IF_LET, children))
}

pub fn if_let_value(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let head = heads::refutable(g)?;
    let then = then(g, &head, ty)?;
    let otherwise = block::body(g, ty);
    Some(Tree::expr(&IF_LET_VALUE, ty, vec![head.tree, then, otherwise]))
}

fn arm(g: &mut Generator, head: &Head, pattern: Pattern, ty: &Ty, is_guarded: bool) -> Tree {
    let children = head.behind(g, &pattern.vars(), |g| {
        let mut children = Vec::new();
        if is_guarded {
            children.push(g.expr(&Ty::Bool, 1));
        }
        children.push(block::body(g, ty));
        children
    });
    matches::arm_of(pattern, children)
}

/// For each variant an arm, in any order, some before with a guard; the last may be for all that are left.
fn enum_arms(g: &mut Generator, head: &Head, ty: &Ty) -> Option<Vec<Tree>> {
    let mut arms = Vec::new();
    let count = Enum::VARIANTS.len();
    let first = g.dice.below(count);
    for i in 0..count {
        let which = (first + i) % count;
        if g.dice.chance(20) {
            let pattern = patterns::variant(g, which, head.passing)?;
            arms.push(arm(g, head, pattern, ty, true));
        }
        let is_last = i + 1 == count || g.dice.chance(15);
        let pattern = if is_last && i + 1 < count { Pattern::Wild } else { patterns::variant(g, which, head.passing)? };
        arms.push(arm(g, head, pattern, ty, false));
        if is_last {
            break;
        }
    }
    Some(arms)
}

fn option_arms(g: &mut Generator, head: &Head, ty: &Ty) -> Option<Vec<Tree>> {
    if head.ty == Ty::Enum {
        return enum_arms(g, head, ty);
    }
    let mut arms = Vec::new();
    if g.dice.chance(40) {
        let some = head.some(g)?;
        arms.push(arm(g, head, some, ty, true));
    }
    let none_first = g.dice.chance(40);
    if none_first {
        arms.push(arm(g, head, Pattern::None, ty, false));
    }
    let some = head.some(g)?;
    arms.push(arm(g, head, some, ty, false));
    if !none_first {
        let otherwise = g.dice.of(&[Pattern::None, Pattern::None, Pattern::Wild]);
        arms.push(arm(g, head, otherwise, ty, false));
    }
    Some(arms)
}

/// Of a tuple of two options; the last arm is for all that is left.
fn arms_of_two(g: &mut Generator, head: &Head, ty: &Ty) -> Option<Vec<Tree>> {
    let Ty::Tuple(parts) = &head.ty else { return None };
    let payload = parts[0].payload()?.clone();
    let some = |inner: Pattern| Pattern::Some(Box::new(inner));
    let mut arms = Vec::new();
    for _ in 0..g.dice.between(1, 3) {
        let mut vars = Vec::new();
        let a = patterns::name(g, &payload, head.passing, &mut vars)?;
        let a = some(Pattern::Name(a));
        let tuple = |a: Pattern, b: Pattern| Pattern::Tuple(vec![a, b]);
        let pattern = match g.dice.below(6) {
            0 | 1 => {
                let b = patterns::name(g, &payload, head.passing, &mut vars)?;
                tuple(a, some(Pattern::Name(b)))
            }
            2 | 3 => Pattern::Or(vec![tuple(a.clone(), Pattern::None), tuple(Pattern::None, a)]),
            4 => tuple(a, Pattern::Wild),
            _ => tuple(Pattern::None, g.dice.of(&[Pattern::None, Pattern::Wild, a])),
        };
        let is_guarded = g.dice.chance(30);
        arms.push(arm(g, head, pattern, ty, is_guarded));
    }
    arms.push(arm(g, head, Pattern::Wild, ty, false));
    Some(arms)
}

/// Of what has one shape: a guard decides.
fn arms_of_whole(g: &mut Generator, head: &Head, ty: &Ty) -> Option<Vec<Tree>> {
    let mut arms = Vec::new();
    for i in 0..g.dice.between(1, 2) {
        let pattern = patterns::in_arm(g, &head.ty, head.passing)?;
        arms.insert(0, arm(g, head, pattern, ty, i > 0));
    }
    Some(arms)
}

fn matched(g: &mut Generator, ty: &Ty) -> Option<Vec<Tree>> {
    if g.is_deep() {
        return None;
    }
    let (head, arms) = match g.dice.below(10) {
        0..=5 => {
            let head = heads::refutable(g)?;
            let arms = option_arms(g, &head, ty)?;
            (head, arms)
        }
        6 | 7 => {
            let head = heads::two(g)?;
            let arms = arms_of_two(g, &head, ty)?;
            (head, arms)
        }
        _ => {
            let head = heads::whole(g)?;
            let arms = arms_of_whole(g, &head, ty)?;
            (head, arms)
        }
    };
    Some([vec![head.tree], arms].concat())
}

/// Some float out of an enum.
pub fn digested(g: &mut Generator, var: &Var) -> Option<Tree> {
    if var.ty != Ty::Enum {
        return None;
    }
    let head = Head::of_value(places::read_of(places::variable(var)));
    let before = std::mem::replace(&mut g.is_pure, true);
    let arms = enum_arms(g, &head, &Ty::Float);
    g.is_pure = before;
    Some(matches::value_of(&Ty::Float, [vec![head.tree], arms?].concat()))
}

pub fn match_statement(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let children = matched(g, &Ty::Unit)?;
    Some(matches::statement_of(children))
}

pub fn match_value(g: &mut Generator, ty: &Ty, _: usize) -> Option<Tree> {
    let children = matched(g, ty)?;
    Some(matches::value_of(ty, children))
}

/// Children: what is matched, then the block that leaves if there is one, then what follows. Numbers: where that
/// begins.
static LET: Rule = Rule::new("let by a pattern", print_let, eval_let).scope(Scope::Binds);

static LET_ELSE: Rule = Rule::new("let else by a pattern", print_let, eval_let).scope(Scope::Binds);

/// The names are references, so what follows is made in here.
static BORROWING_LET: Rule = Rule::new("borrowing let", print_let, eval_let).scope(Scope::BindsOnward(1)).a_list();

static BORROWING_LET_ELSE: Rule =
    Rule::new("borrowing let else", print_let, eval_let).scope(Scope::BindsOnward(2)).a_list();

fn has_else(tree: &Tree) -> bool {
    tree.is(&LET_ELSE) || tree.is(&BORROWING_LET_ELSE)
}

fn print_let(tree: &Tree, printer: &mut Printer) {
    printer.push(&format!("let {} = ", pattern(tree)));
    let text = printer.apart_typed(&tree.children[0]);
    // Before `else` no block may end.
    printer.push(&if has_else(tree) && text.ends_with('}') { format!("({text})") } else { text });
    let mut rest = &tree.children[1..];
    if has_else(tree) {
        printer.push(" else ");
        printer.tree(&rest[0]);
        rest = &rest[1..];
    }
    printer.push(";");
    for statement in rest {
        printer.line();
        printer.tree(statement);
    }
}

fn eval_let(tree: &Tree, machine: &mut Machine) -> Flow {
    let value = machine.eval(&tree.children[0])?;
    let fits = fits(tree, &value, machine)?;
    let mut rest = &tree.children[1..];
    if has_else(tree) {
        if !fits {
            machine.eval(&rest[0])?;
            // A shrunk program may have lost its exit, which the compiler would tell.
            return Err(Exit::Reject("a block does not leave"));
        }
        rest = &rest[1..];
    }
    for statement in rest {
        machine.eval(statement)?;
    }
    Ok(Value::UNIT)
}

fn let_of(g: &mut Generator, head: Head, pattern: Pattern, leaving: Option<Tree>) -> Tree {
    let vars = pattern.vars();
    let has_else = leaving.is_some();
    let mut children = vec![head.tree];
    children.extend(leaving);
    let is_borrowed = head.passing != Passing::Own;
    let rule = match (has_else, is_borrowed) {
        (false, false) => &LET,
        (true, false) => &LET_ELSE,
        (false, true) => &BORROWING_LET,
        (true, true) => &BORROWING_LET_ELSE,
    };
    if !is_borrowed {
        vars.iter().for_each(|var| g.declare(var));
        return Tree::statement(rule, children).pattern(pattern);
    }
    let statements = |g: &mut Generator| {
        g.passing(|g| {
            vars.iter().for_each(|var| g.declare(var));
            let count = g.dice.between(1, 4);
            (0..count).filter_map(|_| g.statement()).collect::<Vec<Tree>>()
        })
    };
    children.extend(g.borrowed_all(&head.borrows, head.passing == Passing::Exclusive, statements));
    Tree::statement(rule, children).pattern(pattern)
}

pub fn let_else(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    if g.is_deep() {
        return None;
    }
    let head = heads::refutable(g)?;
    let leaving = exits::leaving(g);
    let pattern = head.some(g)?;
    Some(let_of(g, head, pattern, Some(leaving)))
}

pub fn let_whole(g: &mut Generator, _: &Ty, _: usize) -> Option<Tree> {
    let head = heads::whole(g)?;
    let pattern = patterns::irrefutable(g, &head.ty, head.passing)?;
    Some(let_of(g, head, pattern, None))
}

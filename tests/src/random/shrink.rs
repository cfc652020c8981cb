//! Makes a failing program as small as it can be and still fail for the same reason.
//!
//! Every version that is one cut smaller is a candidate; those of them that the machine can run are judged in one
//! crate, and the smallest that fails is cut further, until none does.

use super::batch::{Batch, Failure, Kind};
use super::productions::{block, literals};
use super::scope;
use super::subject::Subject;
use super::tree::{Program, Sort, Tree};
use super::ty::Ty;

/// How many versions are compiled at once.
const AT_ONCE: usize = 60;

/// How often a smaller version is looked for.
const ROUNDS: usize = 60;

pub fn shrink(batch: &Batch, subject: &Subject, failure: &Failure) -> (Subject, Failure) {
    let mut best = (subject.clone(), failure.clone());
    if let [_, _, ..] = best.0.points[..] {
        best = fewer_points(batch, best);
    }
    for _ in 0..ROUNDS {
        match smaller(batch, &best.0, &best.1) {
            Some(found) => best = found,
            None => break,
        }
    }
    best
}

/// One point is enough if it fails by itself.
fn fewer_points(batch: &Batch, best: (Subject, Failure)) -> (Subject, Failure) {
    let single: Vec<Subject> = (best.0.points.iter())
        .map(|point| Subject { program: best.0.program.clone(), points: vec![point.clone()] })
        .collect();
    first_like(batch, single, &best.1).unwrap_or(best)
}

fn first_like(batch: &Batch, candidates: Vec<Subject>, failure: &Failure) -> Option<(Subject, Failure)> {
    let by_compiler = matches!(failure.kind, Kind::Compiler | Kind::Generator);
    let verdicts = if by_compiler { batch.judge_by_compiler(&candidates) } else { batch.judge(&candidates) };
    let judged = candidates.into_iter().zip(verdicts);
    let failing = judged.filter_map(|(candidate, verdict)| Some((candidate, verdict?)));
    failing.into_iter().find(|(_, found)| failure.is_like(found))
}

fn smaller(batch: &Batch, subject: &Subject, failure: &Failure) -> Option<(Subject, Failure)> {
    let mut candidates = candidates(&subject.program);
    candidates.retain(scope::is_well_scoped);
    candidates.sort_by_key(weight);
    let mut candidates: Vec<Subject> = candidates.into_iter().filter_map(|program| subject.with(program)).collect();
    let parameters = 0..subject.program.main().parameters.len();
    candidates.splice(0..0, parameters.filter_map(|i| subject.without_parameter(i)));
    while !candidates.is_empty() {
        let rest = candidates.split_off(AT_ONCE.min(candidates.len()));
        if let Some(found) = first_like(batch, candidates, failure) {
            return Some(found);
        }
        candidates = rest;
    }
    None
}

/// Size first, then how simple the numbers are.
fn weight(program: &Program) -> (usize, usize) {
    let mut text = 0;
    for function in program.needed() {
        text += function.print().len();
    }
    (program.size(), text)
}

/// All versions with one cut.
fn candidates(program: &Program) -> Vec<Program> {
    let mut found = Vec::new();
    for (i, function) in program.functions.iter().enumerate() {
        for body in cuts(&function.body) {
            let mut version = program.clone();
            version.functions[i].body = body;
            found.push(version);
        }
    }
    let size = weight(program);
    found.retain(|version| weight(version) < size);
    found
}

/// All versions of a tree with one cut in it.
fn cuts(tree: &Tree) -> Vec<Tree> {
    let mut found = Vec::new();
    replacements(tree, &mut found);
    if tree.rule.is_list {
        without_statements(tree, &mut found);
    }
    for (i, child) in tree.children.iter().enumerate() {
        for version in cuts(child) {
            let mut tree = tree.clone();
            tree.children[i] = version;
            found.push(tree);
        }
    }
    found
}

/// Runs of statements left out, long ones first.
fn without_statements(tree: &Tree, found: &mut Vec<Tree>) {
    let is_statement = |i: usize| tree.children[i].sort == Sort::Statement;
    let count = tree.children.len();
    let mut length = count;
    while length > 0 {
        for start in 0..=count - length {
            if (start..start + length).all(is_statement) {
                let mut tree = tree.clone();
                tree.children.drain(start..start + length);
                found.push(tree);
            }
        }
        length /= 2;
    }
    // What a block that is a statement consists of can stand for it.
    for (i, child) in tree.children.iter().enumerate() {
        if child.sort == Sort::Statement
            && let Some(inner) = child.children.iter().find(|inner| inner.is(&block::BLOCK) && *inner.ty() == Ty::Unit)
        {
            let mut tree = tree.clone();
            tree.children.splice(i..=i, inner.children.iter().cloned());
            found.push(tree);
        }
    }
}

/// What can stand in the place of the tree.
fn replacements(tree: &Tree, found: &mut Vec<Tree>) {
    match &tree.sort {
        Sort::Expr(ty) => {
            let simplest = match ty {
                Ty::Float => vec![literals::float_of(2.0)],
                Ty::Int => vec![literals::int_of(0), literals::int_of(1)],
                Ty::Bool => vec![literals::bool_of(true), literals::bool_of(false)],
                _ => Vec::new(),
            };
            if !tree.children.is_empty() || tree.rule.name.contains("literal") {
                found.extend(simplest);
            }
            hoist(tree, &tree.sort, 4, found);
            // The value of a block without its statements.
            for block in tree.children.iter().filter(|child| child.is(&block::BLOCK) && child.ty() == ty) {
                found.extend(block.children.last().cloned());
            }
        }
        Sort::Statement => {
            found.push(block::nothing());
            for block in tree.children.iter().filter(|child| child.is(&block::BLOCK) && *child.ty() == Ty::Unit) {
                found.push(Tree::statement(&block::STATEMENT, vec![block.clone()]));
            }
        }
        Sort::Place(_) | Sort::Block(_) | Sort::Arm => {}
    }
    for at in 0..tree.ints.len() {
        if tree.ints[at] > 1 {
            let mut version = tree.clone();
            version.ints[at] -= 1;
            found.push(version);
        }
    }
    // Arms and branches that are not needed.
    if tree.children.iter().any(|child| child.sort == Sort::Arm) {
        for i in 0..tree.children.len() - 1 {
            if tree.children[i].sort == Sort::Arm {
                let mut version = tree.clone();
                version.children.remove(i);
                found.push(version);
            }
        }
    }
    if tree.rule.name == "if" && tree.children.len() == 3 {
        let mut version = tree.clone();
        version.children.pop();
        found.push(version);
    }
}

/// Expressions of the same type within.
fn hoist(tree: &Tree, sort: &Sort, depth: usize, found: &mut Vec<Tree>) {
    for child in &tree.children {
        if child.sort == *sort {
            found.push(child.clone());
        }
        if depth > 0 {
            hoist(child, sort, depth - 1, found);
        }
    }
}

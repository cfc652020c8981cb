//! Makes the reverse sweep shorter without changing what it computes.
//!
//! * An adjoint that is a plain copy of one that never changes again (or of a number) is written as that:
//!   `let t_bar = total_bar; e_bar += t_bar * e` becomes `e_bar += total_bar * e`.
//! * What is added to an adjoint right after it began is part of its beginning: `let e_bar = a + b`.
//! * `1.0 * x` is `x`, and a guard on a number that is not zero is none.
//!
//! Enters and leaves: statements of the reverse sweep. `seed` is what the adjoint of the result is: the number one, or
//! what the caller gives.

use crate::analysis::recorded::Recorded;
use crate::ir::reverse::{Atom, Expression, Guard, Init, Passes, Rev, Seed, Source};
use crate::ir::{Place, VarId, Vars};
use crate::rules::Formula;
use std::collections::{HashMap, HashSet};

pub fn simplify(revs: &[Rev], seed: &Expression, keep: &HashSet<VarId>, recorded: &Recorded, vars: &Vars) -> Vec<Rev> {
    let revs = &merge(revs, recorded, vars);
    let mut named = keep.clone();
    let mut changed = HashSet::new();
    for rev in revs {
        rev.walk(&mut |rev| {
            named.extend(named_in(rev));
            changed.extend(changed_in(rev));
        });
    }
    let mut cx = Simplify { seed, named, changed, copies: HashMap::new() };
    cx.block(revs)
}

/// Joins the beginning of a scalar adjoint with the additions that follow at once, and drops restores of nothing.
fn merge(revs: &[Rev], recorded: &Recorded, vars: &Vars) -> Vec<Rev> {
    let mut merged: Vec<Rev> = Vec::new();
    for rev in revs {
        let begun = merged.last_mut().and_then(|last| match last {
            Rev::Begin { var, init: Init::Scalar(value) } => Some((*var, value)),
            _ => None,
        });
        match (begun, rev) {
            (Some((var, begun)), Rev::Add { to, negative, value })
                if to.is_var() && to.root == var && !reads_adjoint(value, var) =>
            {
                let (flipped, value) = value.split_sign();
                let op = if *negative == flipped { "+" } else { "-" };
                *begun = Formula::Binary(op, Box::new(begun.clone()), Box::new(value));
            }
            (_, Rev::Restore { stmt }) if !recorded.is_restored_at(*stmt) => {}
            _ => {
                let rev = merge_inside(rev, recorded, vars);
                match merged.last().and_then(|last| guarded_beginning(last, &rev, vars)) {
                    Some(begun) => *merged.last_mut().expect("it was looked at") = begun,
                    None => merged.push(rev),
                }
            }
        }
    }
    merged
}

/// `let x_bar = if g != 0.0 { value } else { 0.0 };` for a zero that a guarded addition follows.
fn guarded_beginning(begun: &Rev, guarded: &Rev, vars: &Vars) -> Option<Rev> {
    let (Rev::Begin { var, init: Init::Zero }, Rev::Gate { guard: Guard::Scalar(guard), body }) = (begun, guarded)
    else {
        return None;
    };
    let [Rev::Add { to, negative, value }] = &body[..] else { return None };
    if !to.is_var() || to.root != *var || !vars[*var].ty.is_scalar() || reads_adjoint(value, *var) {
        return None;
    }
    let zero = || Box::new(Formula::Number("0.0".to_owned()));
    let cond = Formula::Binary("!=", Box::new(guard.clone()), zero());
    let (flipped, value) = value.split_sign();
    let value = if *negative == flipped { value } else { Formula::Neg(Box::new(value)) };
    Some(Rev::Begin { var: *var, init: Init::Scalar(Formula::If(Box::new(cond), Box::new(value), zero())) })
}

/// Whether an expression reads the adjoint of `var`, as that of `a += a` does.
fn reads_adjoint(value: &Expression, var: VarId) -> bool {
    let mut reads = false;
    value.leaves(&mut |atom| {
        reads |= matches!(atom, Atom::Adjoint(place) | Atom::Sum { place, .. } if place.root == var);
    });
    reads
}

fn merge_inside(rev: &Rev, recorded: &Recorded, vars: &Vars) -> Rev {
    let merge = |revs: &[Rev]| merge(revs, recorded, vars);
    match rev {
        Rev::Gate { guard, body } => Rev::Gate { guard: guard.clone(), body: merge(body) },
        Rev::If { stmt, then, otherwise } => Rev::If { stmt: *stmt, then: merge(then), otherwise: merge(otherwise) },
        Rev::Match { stmt, arms } => Rev::Match { stmt: *stmt, arms: arms.iter().map(|arm| merge(arm)).collect() },
        Rev::Rest { stmt, body } => Rev::Rest { stmt: *stmt, body: merge(body) },
        Rev::For { stmt, body, commutes } => Rev::For { stmt: *stmt, body: merge(body), commutes: *commutes },
        other => other.clone(),
    }
}

/// The adjoints that a statement itself changes.
pub fn changed_in(rev: &Rev) -> Vec<VarId> {
    let mut changed: Vec<VarId> = rev.targets().iter().map(|place| place.root).collect();
    // What a variant holds is reached through a mutable reference, also to be read.
    changed.extend(rev.adjoints().iter().filter(|place| place.has_payload()).map(|place| place.root));
    for expression in rev.expressions() {
        expression.leaves(&mut |atom| {
            if let Atom::Sum { place, drain: true } = atom {
                changed.push(place.root);
            }
        });
    }
    changed
}

/// The adjoints that a statement itself uses as variables, not as values in a formula.
fn named_in(rev: &Rev) -> Vec<VarId> {
    let mut named = changed_in(rev);
    for expression in rev.expressions() {
        expression.leaves(&mut |atom| match atom {
            Atom::Sum { place, .. } => named.push(place.root),
            Atom::Adjoint(place) if !place.is_var() => named.push(place.root),
            _ => {}
        });
    }
    match rev {
        Rev::Begin { init: Init::Source(Source::Adjoint(place) | Source::Shared(place)), .. }
        | Rev::AddAll { from: Source::Adjoint(place) | Source::Shared(place), .. } => named.push(place.root),
        Rev::AddEach { from, .. } => named.push(from.root),
        Rev::Gate { guard: Guard::Any(vars), .. } => named.extend(vars),
        Rev::Edit { passes: Passes::In(Seed::Adjoint(var)), .. } => named.push(*var),
        Rev::Pull(pull) => named.extend(pull.seeds.iter().filter_map(|seed| match seed {
            Seed::Adjoint(var) => Some(*var),
            Seed::Zero(_) => None,
        })),
        _ => {}
    }
    named
}

struct Simplify<'a> {
    seed: &'a Expression,
    /// Adjoints that must stay variables.
    named: HashSet<VarId>,
    changed: HashSet<VarId>,
    /// Adjoints that are written as something else.
    copies: HashMap<VarId, Expression>,
}

impl Simplify<'_> {
    fn block(&mut self, revs: &[Rev]) -> Vec<Rev> {
        let mut simple = Vec::new();
        for rev in revs {
            self.rev(rev, &mut simple);
        }
        simple
    }

    fn rev(&mut self, rev: &Rev, out: &mut Vec<Rev>) {
        match rev {
            Rev::Begin { var, init: Init::Scalar(value) } => {
                let value = self.expression(value);
                if !self.named.contains(var) && self.is_fixed(&value) {
                    self.copies.insert(*var, value);
                } else {
                    out.push(Rev::Begin { var: *var, init: Init::Scalar(value) });
                }
            }
            Rev::Local { name, value } => {
                out.push(Rev::Local { name: name.clone(), value: self.expression(value) });
            }
            Rev::Add { to, negative, value } => {
                out.push(Rev::Add { to: to.clone(), negative: *negative, value: self.expression(value) });
            }
            Rev::AddCast { to, value } => out.push(Rev::AddCast { to: to.clone(), value: self.expression(value) }),
            Rev::Gate { guard, body } => self.gate(guard, body, out),
            Rev::If { stmt, then, otherwise } => {
                let (then, otherwise) = (self.block(then), self.block(otherwise));
                out.push(Rev::If { stmt: *stmt, then, otherwise });
            }
            Rev::Match { stmt, arms } => {
                let arms = arms.iter().map(|arm| self.block(arm)).collect();
                out.push(Rev::Match { stmt: *stmt, arms });
            }
            Rev::Rest { stmt, body } => {
                let body = self.block(body);
                out.push(Rev::Rest { stmt: *stmt, body });
            }
            Rev::For { stmt, body, commutes } => {
                let body = self.block(body);
                out.push(Rev::For { stmt: *stmt, body, commutes: *commutes });
            }
            other => out.push(other.clone()),
        }
    }

    fn gate(&mut self, guard: &Guard, body: &[Rev], out: &mut Vec<Rev>) {
        let guard = match guard {
            Guard::Scalar(adjoint) => Guard::Scalar(self.expression(adjoint)),
            any => any.clone(),
        };
        let body = self.block(body);
        match guard {
            Guard::Scalar(Formula::Number(_)) => out.extend(body),
            guard => out.push(Rev::Gate { guard, body }),
        }
    }

    /// Whether an expression is a name or number that means the same from here on.
    fn is_fixed(&self, value: &Expression) -> bool {
        match value {
            Formula::Number(_) | Formula::Leaf(Atom::Local(_) | Atom::Seed) => true,
            Formula::Leaf(Atom::Adjoint(place)) => place.is_var() && !self.changed.contains(&place.root),
            _ => false,
        }
    }

    fn expression(&self, value: &Expression) -> Expression {
        let copied = value.substitute(&|atom| match atom {
            Atom::Seed => self.seed.clone(),
            Atom::Adjoint(place) => self.adjoint(place),
            other => Formula::Leaf(other.clone()),
        });
        fold(copied)
    }

    fn adjoint(&self, place: &Place) -> Expression {
        match self.copies.get(&place.root).filter(|_| place.is_var()) {
            Some(copy) => copy.clone(),
            None => Formula::Leaf(Atom::Adjoint(place.clone())),
        }
    }
}

/// Leaves out factors of one.
fn fold(formula: Expression) -> Expression {
    match formula {
        Formula::Binary(op, left, right) => {
            let (left, right) = (fold(*left), fold(*right));
            match op {
                "*" if is_one(&left) => right,
                "*" | "/" if is_one(&right) => left,
                _ => Formula::Binary(op, Box::new(left), Box::new(right)),
            }
        }
        Formula::Neg(inner) => match fold(*inner) {
            Formula::Neg(twice) => *twice,
            inner => Formula::Neg(Box::new(inner)),
        },
        Formula::If(cond, then, otherwise) => match fold(*cond) {
            // A number that is compared with zero here is the seed, which is not.
            Formula::Binary("!=", left, _) if matches!(*left, Formula::Number(_)) => fold(*then),
            cond => Formula::If(Box::new(cond), Box::new(fold(*then)), Box::new(fold(*otherwise))),
        },
        other => other,
    }
}

fn is_one(formula: &Expression) -> bool {
    matches!(formula, Formula::Number(text) if text == "1.0")
}

//! Which temporaries are written where they are used, so that the forward sweep reads as the user wrote it.
//!
//! A temporary is, if the reverse sweep does not need it, it is used once, as a whole operand of a later statement of its
//! block, and only other `let`s stand in between.

use super::Unit;
use crate::ir::{Arg, Block, Edit, EditKind, Function, Op, Operand, Stmt, StmtKind, Ty, VarId, VarKind};
use std::collections::{HashMap, HashSet};

pub fn find(unit: &Unit) -> HashSet<VarId> {
    let function = unit.function;
    let mut uses: HashMap<VarId, usize> = HashMap::new();
    let mut whole: HashMap<VarId, usize> = HashMap::new();
    let mut count = |stmt: &Stmt| {
        stmt.mentions().into_iter().for_each(|var| *uses.entry(var).or_default() += 1);
        operands(stmt).into_iter().for_each(|var| *whole.entry(var).or_default() += 1);
    };
    function.walk(&mut |stmt, _| count(stmt));
    if let Some(Operand::Place(place)) = &function.result {
        *uses.entry(place.root).or_default() += 1;
        if place.is_var() {
            *whole.entry(place.root).or_default() += 1;
        }
    }
    let lent = lent(function);
    let mut found = HashSet::new();
    let once = |var: VarId| {
        function.vars[var].kind == VarKind::Temp
            && !function.vars[var].assumed
            && !unit.recorded.is_needed(var)
            && uses.get(&var) == Some(&1)
            && whole.get(&var) == Some(&1)
    };
    blocks(&function.body, &mut |block| {
        let is_body = block.id == function.body.id;
        for (at, stmt) in block.stmts.iter().enumerate() {
            if let StmtKind::Let { var, op } = &stmt.kind
                && !may_act(op)
                && once(*var)
                && used_next(&block.stmts[at + 1..], *var, is_body)
                && !(block.stmts[at + 1..].iter())
                    .find(|user| operands(user).contains(var))
                    .is_some_and(|user| waits_for_a_save(unit, &lent, user))
            {
                found.insert(*var);
            }
        }
    });
    found
}

/// Calls of the user's may have effects, so they stay where they are.
fn may_act(op: &Op) -> bool {
    matches!(op, Op::Use(Operand::Passive(code)) if !code.is_repeatable())
}

/// The variables that a mutable reference of the function borrows.
fn lent(function: &Function) -> HashSet<VarId> {
    let vars = &function.vars;
    let targets = vars.ids().filter(|&alias| matches!(vars[alias].ty, Ty::Ref { mutable: true, .. }));
    targets.filter_map(|alias| vars[alias].alias.as_ref()).map(|target| vars.root(target)).collect()
}

/// Whether the statement that uses a temporary first saves something that a mutable reference may borrow, which the
/// temporary might read through.
fn waits_for_a_save(unit: &Unit, lent: &HashSet<VarId>, user: &Stmt) -> bool {
    let vars = &unit.function.vars;
    // What is written through a reference is saved through it.
    let through_reference = matches!(
        &user.kind,
        StmtKind::Assign { place, .. } | StmtKind::Accumulate { place, .. } if vars[place.root].alias.is_some()
    );
    !through_reference && unit.recorded.saved(user.id).iter().any(|saved| lent.contains(saved))
}

/// Whether the use comes before anything but `let`s; after the last statement of the body stands the result.
fn used_next(rest: &[Stmt], var: VarId, is_body: bool) -> bool {
    for stmt in rest {
        if operands(stmt).contains(&var) {
            return true;
        }
        if !matches!(stmt.kind, StmtKind::Let { .. }) {
            return false;
        }
    }
    is_body
}

fn blocks<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Block)) {
    visit(block);
    for stmt in &block.stmts {
        for inner in stmt.blocks() {
            blocks(inner, visit);
        }
    }
}

/// The variables that are whole operands of the statement itself.
fn operands(stmt: &Stmt) -> Vec<VarId> {
    let values: Vec<Operand> = match &stmt.kind {
        StmtKind::Let { op, .. } => op.operands(),
        StmtKind::Assign { value, .. } | StmtKind::Accumulate { value, .. } | StmtKind::Fill { value, .. } => {
            vec![value.clone()]
        }
        StmtKind::Edit(Edit { kind: EditKind::Push(value) | EditKind::Insert(_, value), .. }) => vec![value.clone()],
        StmtKind::Call(call) => call
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Value(operand) => Some(operand.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let whole = values.into_iter().filter_map(|value| match value {
        Operand::Place(place) if place.is_var() => Some(place.root),
        _ => None,
    });
    whole.collect()
}

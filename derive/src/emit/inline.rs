//! Which temporaries are written where they are used, so that the forward sweep reads as the user wrote it.
//!
//! A temporary is, if the reverse sweep does not need it, it is used once, as a whole operand of a later statement of its
//! block, and only other `let`s stand in between.

use super::Unit;
use crate::ir::{Arg, Block, Code, Head, Op, Operand, Place, Projection, Stmt, StmtKind, VarId, VarKind};
use std::collections::{HashMap, HashSet};

pub fn find(unit: &Unit) -> HashSet<VarId> {
    let function = unit.function;
    let mut uses: HashMap<VarId, usize> = HashMap::new();
    let mut whole: HashMap<VarId, usize> = HashMap::new();
    let mut count = |stmt: &Stmt| {
        mentions(stmt).into_iter().for_each(|var| *uses.entry(var).or_default() += 1);
        operands(stmt).into_iter().for_each(|var| *whole.entry(var).or_default() += 1);
    };
    function.walk(&mut |stmt, _| count(stmt));
    if let Some(Operand::Place(place)) = &function.result {
        *uses.entry(place.root).or_default() += 1;
        if place.is_var() {
            *whole.entry(place.root).or_default() += 1;
        }
    }
    let mut found = HashSet::new();
    let once = |var: VarId| {
        function.vars[var].kind == VarKind::Temp
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

/// All variables that the statement itself mentions, once per mention. The places that aliases stand for are mentioned
/// by the reverse sweep only.
fn mentions(stmt: &Stmt) -> Vec<VarId> {
    let mut found = Mentions::default();
    match &stmt.kind {
        StmtKind::Let { op, .. } => {
            op.operands().iter().for_each(|operand| found.operand(operand));
            if let Op::Repeat { len, .. } = op {
                found.code(len);
            }
        }
        StmtKind::Assign { place, value, .. }
        | StmtKind::Accumulate { place, value, .. }
        | StmtKind::Fill { place, value }
        | StmtKind::Copy { to: place, from: value, .. } => {
            found.operand(value);
            found.place(place);
        }
        StmtKind::Call(call) => call.args.iter().for_each(|arg| match arg {
            Arg::Value(value) => found.operand(value),
            Arg::Ref { place, .. } => found.place(place),
            Arg::PassiveRef(code) => found.code(code),
        }),
        StmtKind::Swap { place, i, j } => {
            found.place(place);
            found.code(i);
            found.code(j);
        }
        StmtKind::If { cond, .. } | StmtKind::LetElse { condition: cond, .. } => found.code(cond),
        StmtKind::Match { scrutinee, arms } => {
            found.code(scrutinee);
            arms.iter().filter_map(|arm| arm.guard.as_ref()).for_each(|guard| found.code(guard));
        }
        StmtKind::Loop(looped) => {
            found.code(&looped.iter);
            if let Head::Elements { place, .. } = &looped.head {
                found.place(place);
            }
        }
        StmtKind::Alias { code, .. } => found.code(code),
        StmtKind::Passive { uses, .. } => found.vars.extend(uses),
        StmtKind::Declare { .. } | StmtKind::Rest(_) | StmtKind::Exit(_) => {}
    }
    found.vars
}

#[derive(Default)]
struct Mentions {
    vars: Vec<VarId>,
}

impl Mentions {
    fn code(&mut self, code: &Code) {
        self.vars.extend(&code.uses);
    }

    fn place(&mut self, place: &Place) {
        self.vars.push(place.root);
        for projection in &place.projections {
            if let Projection::Index(code) | Projection::Range(code) = projection {
                self.code(code);
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Place(place) => self.place(place),
            Operand::Passive(code) => self.code(code),
        }
    }
}

//! Statements that are undone by what takes them back, without a copy of what they changed: what moves elements and
//! values about, and what changes the length of a `Vec`.

use super::recorded::Reads;
use crate::ir::{Edit, Function, Place, Stmt, StmtId, StmtKind};
use std::collections::{HashMap, HashSet};

/// Adds what it takes to undo statements: the places, their indices, and what was taken out.
pub fn read(function: &Function, undone: &HashSet<StmtId>, reads: &mut HashMap<StmtId, Reads>) -> bool {
    let mut grown = false;
    function.walk(&mut |stmt, _| {
        if !undone.contains(&stmt.id) {
            return;
        }
        let known = reads.entry(stmt.id).or_default();
        let before = known.values.len() + known.shapes.len();
        let mut codes = Vec::new();
        for place in places(stmt) {
            // These must be at hand; that they are as they were left is seen to where they are read.
            known.shapes.insert(function.vars.root(place));
            codes.extend(function.vars.resolve(place).codes().cloned());
        }
        if let StmtKind::Edit(edit) = &stmt.kind {
            codes.extend(edit.index().cloned());
            known.values.extend(edit.result);
        }
        for code in &codes {
            known.values.extend(function.vars.reads(code));
            known.shapes.extend(function.vars.shape_reads(code));
        }
        grown |= known.values.len() + known.shapes.len() > before;
    });
    grown
}

/// The places that a statement changes in such a way that it can be taken back.
pub fn places(stmt: &Stmt) -> Vec<&Place> {
    match &stmt.kind {
        StmtKind::Swap { place, .. } | StmtKind::Edit(Edit { place, .. }) => vec![place],
        StmtKind::Exchange { a, b, .. } => vec![a, b],
        _ => Vec::new(),
    }
}

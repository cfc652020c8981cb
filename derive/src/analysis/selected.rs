//! Which values might influence nothing in a run, although they are active.
//!
//! `0 · ∞` must not poison a gradient: a value that was computed and then not selected (by a branch, `max`, an element
//! that is overwritten) has adjoint 0, and nothing must flow back through it even if its derivative is infinite. Such
//! statements are guarded by `if x_bar != 0.0`. Where every run uses a value, its adjoint is zero only by chance or by
//! a factor of zero, and then the value itself would not have been finite; the guard is left out, so that plain
//! arithmetic stays as fast as it would be by hand.
//!
//! A value is *used for certain* if, in the block that declares it, it flows by an operation that selects nothing into
//! the result, or into another value that is used for certain. Everything else might be unused.

use super::owners::Owners;
use crate::ir::{Block, Function, Op, Operand, StmtKind, VarId};
use crate::rules::Shape;
use std::collections::HashSet;

pub struct Selected {
    certain: HashSet<VarId>,
}

impl Selected {
    /// Whether the adjoint of `var` may be zero because no run-time path used it.
    pub fn might_be_unused(&self, var: VarId) -> bool {
        !self.certain.contains(&var)
    }
}

/// With `result_certain`, callers always ask for the result's derivative. Of a result with several numbers they may ask
/// for some only.
pub fn analyse(function: &Function, owners: &Owners, result_certain: bool) -> Selected {
    let replaced = replaced(function);
    let mut certain = HashSet::new();
    if let Some(Operand::Place(place)) = function.result.as_ref().filter(|_| result_certain)
        && place.is_var()
        && function.vars[place.root].ty.is_scalar()
        && !replaced.contains(&place.root)
    {
        certain.insert(place.root);
    }
    loop {
        let before = certain.len();
        function.walk(&mut |stmt, block| {
            for var in flows(&stmt.kind, &certain, block, owners) {
                if !replaced.contains(&var) {
                    certain.insert(var);
                }
            }
        });
        if certain.len() == before {
            return Selected { certain };
        }
    }
}

/// Variables that lose their value to an assignment.
fn replaced(function: &Function) -> HashSet<VarId> {
    let mut replaced = HashSet::new();
    function.walk(&mut |stmt, _| {
        if let StmtKind::Assign { place, .. } = &stmt.kind {
            replaced.insert(function.vars.root(place));
        }
        if let StmtKind::Passive { defs, .. } = &stmt.kind {
            replaced.extend(defs);
        }
    });
    replaced
}

/// The variables of this block that the statement passes on, for certain, into something used for certain.
fn flows(kind: &StmtKind, certain: &HashSet<VarId>, block: &Block, owners: &Owners) -> Vec<VarId> {
    let operands = match kind {
        StmtKind::Let { var, op } if certain.contains(var) => match op {
            Op::Apply { rule, .. } if rule.shape == Shape::Selects => Vec::new(),
            op => op.operands(),
        },
        StmtKind::Accumulate { place, value, .. } if place.is_var() && certain.contains(&place.root) => {
            vec![value.clone()]
        }
        _ => Vec::new(),
    };
    let whole = operands.iter().filter_map(|operand| match operand {
        Operand::Place(place) if place.is_var() => Some(place.root),
        _ => None,
    });
    whole.filter(|&var| owners.of(var) == block.id).collect()
}

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
use crate::ir::{Arg, BlockId, Edit, Function, Op, Operand, Place, Projection, StmtKind, VarId};
use crate::rules::Shape;
use std::collections::{HashMap, HashSet};

pub struct Selected {
    certain: HashSet<Part>,
}

/// A variable, or a part of it that literal indices and fields name.
type Part = (VarId, Vec<usize>);

impl Selected {
    /// Whether the adjoint of `var` may be zero because no run-time path used it.
    pub fn might_be_unused(&self, var: VarId) -> bool {
        !self.certain.contains(&(var, Vec::new()))
    }
}

/// With `result_certain`, callers always ask for the result's derivative. Of a result with several numbers they may ask
/// for some only.
pub fn analyse(function: &Function, owners: &Owners, result_certain: bool) -> Selected {
    let replaced = replaced(function);
    let mut certain = HashSet::new();
    let mut waiting = Vec::new();
    if let Some(Operand::Place(place)) = function.result.as_ref().filter(|_| result_certain)
        && place.is_var()
        && function.vars[place.root].ty.is_scalar()
        && !replaced.contains(&place.root)
    {
        certain.insert((place.root, Vec::new()));
        waiting.push(place.root);
    }
    let makers = makers(function);
    while let Some(var) = waiting.pop() {
        for (kind, block) in makers.get(&var).into_iter().flatten() {
            for place in flows(kind, &certain) {
                if owners.of(place.root) == *block
                    && !replaced.contains(&place.root)
                    && let Some(path) = literal_path(&place)
                    && certain.insert((place.root, path))
                {
                    waiting.push(place.root);
                }
            }
        }
    }
    Selected { certain }
}

/// The statements that pass something on into each variable, with their blocks.
fn makers(function: &Function) -> HashMap<VarId, Vec<(&StmtKind, BlockId)>> {
    let mut makers: HashMap<VarId, Vec<(&StmtKind, BlockId)>> = HashMap::new();
    function.walk(&mut |stmt, block| {
        let target = match &stmt.kind {
            StmtKind::Let { var, .. } => *var,
            StmtKind::Accumulate { place, .. } if place.is_var() => place.root,
            _ => return,
        };
        makers.entry(target).or_default().push((&stmt.kind, block.id));
    });
    makers
}

/// The literal indices and fields of a place, if it has no others.
fn literal_path(place: &Place) -> Option<Vec<usize>> {
    place.projections.iter().map(Projection::literal).collect()
}

/// Variables that lose their value, or a part of it, to an assignment or to a call.
fn replaced(function: &Function) -> HashSet<VarId> {
    let mut replaced = HashSet::new();
    function.walk(&mut |stmt, _| match &stmt.kind {
        StmtKind::Assign { place, .. }
        | StmtKind::Fill { place, .. }
        | StmtKind::Edit(Edit { place, .. })
        | StmtKind::Copy { to: place, .. }
        | StmtKind::Swap { place, .. } => {
            replaced.insert(function.vars.root(place));
        }
        StmtKind::Exchange { a, b, .. } => replaced.extend([a, b].map(|place| function.vars.root(place))),
        StmtKind::Accumulate { place, .. } if !place.is_var() => {
            replaced.insert(function.vars.root(place));
        }
        StmtKind::Call(call) => replaced.extend(call.args.iter().filter_map(|arg| match arg {
            Arg::Ref { place, mutable: true, .. } => Some(function.vars.root(place)),
            _ => None,
        })),
        StmtKind::Passive { defs, .. } => replaced.extend(defs),
        _ => {}
    });
    replaced
}

/// The places that the statement passes on, for certain, into something used for certain.
fn flows(kind: &StmtKind, certain: &HashSet<Part>) -> Vec<Place> {
    let is_certain =
        |var: VarId, path: &[usize]| (0..=path.len()).any(|end| certain.contains(&(var, path[..end].to_vec())));
    let operands = match kind {
        StmtKind::Let { var, op: Op::Pack { elems, .. } } => {
            let used = elems.iter().enumerate().filter(|(at, _)| is_certain(*var, &[*at]));
            used.map(|(_, elem)| elem.clone()).collect()
        }
        StmtKind::Let { var, op } if is_certain(*var, &[]) => match op {
            Op::Apply { rule, .. } if rule.shape == Shape::Selects => Vec::new(),
            op => op.operands(),
        },
        StmtKind::Accumulate { place, value, .. } if place.is_var() && is_certain(place.root, &[]) => {
            vec![value.clone()]
        }
        _ => Vec::new(),
    };
    operands
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Place(place) => Some(place),
            Operand::Passive(_) => None,
        })
        .collect()
}

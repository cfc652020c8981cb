//! Which statements may change the shape of a value: the length of a `Vec`, or of one inside of it.
//!
//! The adjoint of a value has its shape at every point of the reverse sweep. So it begins no earlier than the last
//! statement that changes the shape, whether or not anything flows into it after that, and each of them is taken back.

use crate::ir::{Arg, Function, Operand, Place, Stmt, StmtKind, VarId, Vars};
use std::collections::HashSet;

/// The variables whose shape may change after they got a value.
pub fn variables(function: &Function) -> HashSet<VarId> {
    let mut reshaped = HashSet::new();
    function.walk(&mut |stmt, _| {
        reshaped.extend(places(&function.vars, stmt).into_iter().map(|place| function.vars.root(place)));
    });
    reshaped
}

/// The places whose shape a statement itself may change.
pub fn places<'a>(vars: &Vars, stmt: &'a Stmt) -> Vec<&'a Place> {
    match &stmt.kind {
        StmtKind::Edit(edit) if edit.is_permutation() && element_keeps_shape(vars, &edit.place) => Vec::new(),
        StmtKind::Edit(edit) => vec![&edit.place],
        StmtKind::Swap { place, .. } if !element_keeps_shape(vars, place) => vec![place],
        StmtKind::Exchange { a, b, .. } if !(vars.ty(a).keeps_its_shape() || vars.ty(b).keeps_its_shape()) => {
            vec![a, b]
        }
        StmtKind::Assign { place, value, init: false }
            if !(vars.ty(place).has_one_shape() || is_plain(vars, value)) =>
        {
            vec![place]
        }
        StmtKind::Call(call) => call.args.iter().filter_map(|arg| lent(vars, arg)).collect(),
        _ => Vec::new(),
    }
}

fn element_keeps_shape(vars: &Vars, place: &Place) -> bool {
    vars.ty(place).element().has_one_shape()
}

fn is_plain(vars: &Vars, value: &Operand) -> bool {
    match value {
        Operand::Place(place) => vars.ty(place).deref().has_one_shape(),
        Operand::Passive(code) => matches!(code.expr, syn::Expr::Lit(_)),
    }
}

fn lent<'a>(vars: &Vars, arg: &'a Arg) -> Option<&'a Place> {
    match arg {
        Arg::Ref { place, mutable: true, .. } if !vars.ty(place).keeps_its_shape() => Some(place),
        _ => None,
    }
}

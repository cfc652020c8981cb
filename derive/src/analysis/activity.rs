//! Activity: a variable is active if it depends on a differentiable parameter (*varied*, found in lowering) and
//! influences the result (*useful*, found here). Only active variables have adjoints.
//!
//! Usefulness is found per variable, without regard to order: a variable is useful if it flows into a useful one
//! anywhere. That may call too much useful, never too little.

use super::reshaped;
use crate::ir::{Arg, Function, Operand, Stmt, StmtKind, VarId};
use crate::signature::{Param, Passing, Signature};
use std::collections::HashSet;

pub struct Activity {
    active: HashSet<VarId>,
}

impl Activity {
    pub fn is_active(&self, var: VarId) -> bool {
        self.active.contains(&var)
    }
}

pub fn analyse(function: &Function, signature: &Signature, varied: &HashSet<VarId>) -> Activity {
    let mut useful = outputs(function, signature);
    // From the last to the first, most is found in one round.
    let mut stmts = Vec::new();
    function.walk(&mut |stmt, _| stmts.push(stmt));
    loop {
        let before = useful.len();
        stmts.iter().rev().for_each(|stmt| flow_back(function, stmt, &mut useful));
        if useful.len() == before {
            break;
        }
    }
    Activity { active: useful.intersection(varied).copied().collect() }
}

/// What the caller sees: the result, and what mutable parameters point to.
fn outputs(function: &Function, signature: &Signature) -> HashSet<VarId> {
    let params = function.params.iter().zip(&signature.params);
    // The adjoint of a parameter by value has the shape that came in, however that changes: so it is followed back.
    let reshaped = reshaped::variables(function);
    let is_output = |var: VarId, param: &Param| match param.passing {
        Passing::RefMut => true,
        Passing::Value => reshaped.contains(&var),
        Passing::Ref => false,
    };
    let mut outputs: HashSet<VarId> =
        params.filter(|(var, param)| param.differentiable && is_output(**var, param)).map(|(&var, _)| var).collect();
    if let Some(Operand::Place(place)) = &function.result {
        outputs.insert(function.vars.root(place));
    }
    outputs
}

fn flow_back(function: &Function, stmt: &Stmt, useful: &mut HashSet<VarId>) {
    let root = |operand: &Operand| match operand {
        Operand::Place(place) => Some(function.vars.root(place)),
        Operand::Passive(_) => None,
    };
    match &stmt.kind {
        StmtKind::Let { var, op } if useful.contains(var) => useful.extend(op.operands().iter().filter_map(root)),
        StmtKind::Assign { place, value, .. }
        | StmtKind::Accumulate { place, value, .. }
        | StmtKind::Fill { place, value }
        | StmtKind::Copy { to: place, from: value, .. }
            if useful.contains(&function.vars.root(place)) =>
        {
            useful.extend(root(value));
        }
        StmtKind::Edit(edit) => {
            let place = function.vars.root(&edit.place);
            if useful.contains(&place) {
                useful.extend(edit.value().and_then(root));
            }
            if edit.result.is_some_and(|result| useful.contains(&result)) {
                useful.insert(place);
            }
        }
        StmtKind::Exchange { a, b, .. } => {
            let roots = [function.vars.root(a), function.vars.root(b)];
            if roots.iter().any(|root| useful.contains(root)) {
                useful.extend(roots);
            }
        }
        StmtKind::Call(call) => {
            let targets = call.result.vars().iter().copied().chain(call.args.iter().filter_map(|arg| match arg {
                Arg::Ref { place, mutable: true, .. } => Some(function.vars.root(place)),
                _ => None,
            }));
            if targets.into_iter().any(|var| useful.contains(&var)) {
                useful.extend(call.args.iter().filter_map(|arg| match arg {
                    Arg::Value(operand) => root(operand),
                    Arg::Ref { place, .. } => Some(function.vars.root(place)),
                    Arg::PassiveRef(_) => None,
                }));
            }
        }
        _ => {}
    }
}

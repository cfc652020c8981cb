//! Activity: a variable is active if it depends on a differentiable parameter (*varied*, found in lowering) and
//! influences the result (*useful*, found here). Only active variables have adjoints.
//!
//! Usefulness is found per variable, without regard to order: a variable is useful if it flows into a useful one
//! anywhere. That may call too much useful, never too little.

use crate::ir::{Arg, Function, Operand, StmtKind, VarId};
use crate::signature::Signature;
use std::collections::{HashMap, HashSet};

pub struct Activity {
    active: HashSet<VarId>,
}

impl Activity {
    pub fn is_active(&self, var: VarId) -> bool {
        self.active.contains(&var)
    }
}

pub fn analyse(function: &Function, signature: &Signature, varied: &HashSet<VarId>) -> Activity {
    let sources = sources(function);
    let mut waiting: Vec<VarId> = outputs(function, signature).into_iter().collect();
    let mut useful = HashSet::new();
    while let Some(var) = waiting.pop() {
        if useful.insert(var) {
            waiting.extend(sources.get(&var).into_iter().flatten());
        }
    }
    Activity { active: useful.intersection(varied).copied().collect() }
}

/// What the caller sees: the result, and what mutable parameters point to.
fn outputs(function: &Function, signature: &Signature) -> HashSet<VarId> {
    let params = function.params.iter().zip(&signature.params);
    let mut outputs: HashSet<VarId> =
        params.filter(|(_, param)| param.differentiable && param.is_mutable_ref()).map(|(&var, _)| var).collect();
    if let Some(Operand::Place(place)) = &function.result {
        outputs.insert(function.vars.root(place));
    }
    outputs
}

/// What flows into each variable, anywhere.
fn sources(function: &Function) -> HashMap<VarId, Vec<VarId>> {
    let root = |operand: &Operand| match operand {
        Operand::Place(place) => Some(function.vars.root(place)),
        Operand::Passive(_) => None,
    };
    let mut sources: HashMap<VarId, Vec<VarId>> = HashMap::new();
    function.walk(&mut |stmt, _| match &stmt.kind {
        StmtKind::Let { var, op } => sources.entry(*var).or_default().extend(op.operands().iter().filter_map(root)),
        StmtKind::Assign { place, value, .. }
        | StmtKind::Accumulate { place, value, .. }
        | StmtKind::Fill { place, value }
        | StmtKind::Push { place, value }
        | StmtKind::Copy { to: place, from: value, .. } => {
            sources.entry(function.vars.root(place)).or_default().extend(root(value));
        }
        StmtKind::Call(call) => {
            let args: Vec<VarId> = call
                .args
                .iter()
                .filter_map(|arg| match arg {
                    Arg::Value(operand) => root(operand),
                    Arg::Ref { place, .. } => Some(function.vars.root(place)),
                    Arg::PassiveRef(_) => None,
                })
                .collect();
            let changed = call.args.iter().filter_map(|arg| match arg {
                Arg::Ref { place, mutable: true, .. } => Some(function.vars.root(place)),
                _ => None,
            });
            for target in call.result.vars().iter().copied().chain(changed) {
                sources.entry(target).or_default().extend(&args);
            }
        }
        _ => {}
    });
    sources
}

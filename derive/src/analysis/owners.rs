//! The block in which each variable comes into being.

use crate::ir::{BlockId, Function, Head, StmtKind, VarId};
use std::collections::HashMap;

pub struct Owners {
    owners: HashMap<VarId, BlockId>,
}

impl Owners {
    /// The block that declares `var`. Parameters belong to the body.
    pub fn of(&self, var: VarId) -> BlockId {
        self.owners.get(&var).copied().unwrap_or(BlockId::BODY)
    }
}

pub fn find(function: &Function) -> Owners {
    let mut owners = HashMap::new();
    function.walk(&mut |stmt, block| {
        owners.extend(stmt.declares().into_iter().map(|var| (var, block.id)));
        if let StmtKind::Loop(looped) = &stmt.kind {
            owners.extend(looped.trips.map(|trips| (trips, block.id)));
            match &looped.head {
                Head::Range { var, .. } => owners.extend(var.map(|var| (var, looped.body.id))),
                Head::Elements { index, .. } => owners.extend([(*index, looped.body.id)]),
                Head::Recorded | Head::While | Head::Endless => {}
            }
        }
    });
    Owners { owners }
}

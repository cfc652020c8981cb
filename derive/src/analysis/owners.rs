//! The block in which each variable comes into being.

use crate::ir::{BlockId, Function, Head, Operand, StmtKind, VarId};
use std::collections::HashMap;

pub struct Owners {
    owners: HashMap<VarId, BlockId>,
    owned: HashMap<BlockId, Vec<VarId>>,
}

impl Owners {
    /// The block that declares `var`. Parameters belong to the body.
    pub fn of(&self, var: VarId) -> BlockId {
        self.owners.get(&var).copied().unwrap_or(BlockId::BODY)
    }

    /// The variables that belong to a block.
    pub fn owned_by(&self, block: BlockId) -> &[VarId] {
        self.owned.get(&block).map_or(&[], Vec::as_slice)
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
                Head::Items { index, derived, .. } => {
                    let bound = derived.iter().map(|(var, _)| *var).chain([*index]);
                    owners.extend(bound.map(|var| (var, looped.body.id)));
                }
                Head::Recorded | Head::While | Head::Endless => {}
            }
        }
    });
    settle_deferred(function, &mut owners);
    let mut owned: HashMap<BlockId, Vec<VarId>> = HashMap::new();
    for var in function.vars.ids() {
        owned.entry(owners.get(&var).copied().unwrap_or(BlockId::BODY)).or_default().push(var);
    }
    Owners { owners, owned }
}

/// A variable that is declared first and given its value later belongs to the innermost block that has all its uses:
/// where that is not entered, it never gets a value.
fn settle_deferred(function: &Function, owners: &mut HashMap<VarId, BlockId>) {
    let parents = parents(function);
    let path = |block: BlockId| {
        let mut path: Vec<BlockId> = std::iter::successors(Some(block), |inner| parents.get(inner).copied()).collect();
        path.reverse();
        path
    };
    let mut homes: HashMap<VarId, Vec<BlockId>> = HashMap::new();
    function.walk(&mut |stmt, block| {
        for var in stmt.mentions() {
            let here = path(block.id);
            homes
                .entry(var)
                .and_modify(|home| {
                    let common = home.iter().zip(&here).take_while(|(a, b)| a == b).count();
                    home.truncate(common);
                })
                .or_insert(here);
        }
    });
    let result = function.result.as_ref().and_then(|result| match result {
        Operand::Place(place) => Some(place.root),
        Operand::Passive(_) => None,
    });
    function.walk(&mut |stmt, _| {
        if let StmtKind::Declare { var } = stmt.kind
            && Some(var) != result
            && let Some(home) = homes.get(&var).and_then(|home| home.last())
        {
            owners.insert(var, *home);
        }
    });
}

/// The block around each block.
fn parents(function: &Function) -> HashMap<BlockId, BlockId> {
    let mut parents = HashMap::new();
    function.walk(&mut |stmt, block| {
        parents.extend(stmt.blocks().into_iter().map(|inner| (inner.id, block.id)));
    });
    parents
}

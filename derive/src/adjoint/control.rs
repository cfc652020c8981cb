//! The adjoints of branches and loops.

use super::Adjoint;
use crate::ir::reverse::{Atom, Init, Rev};
use crate::ir::{Block, Loop, MatchArm, StmtId, VarId};
use std::collections::HashSet;

impl Adjoint<'_> {
    /// Reverses a block of its own. Adjoints of outer variables exist before it; its own end with it.
    pub(super) fn inner_block(&mut self, block: &Block) -> Vec<Rev> {
        let begun = self.begun.clone();
        let mut revs = Vec::new();
        self.reverse_block(block, &mut revs);
        self.begun = begun;
        revs
    }

    pub(super) fn adjoint_if(&mut self, stmt: StmtId, then: &Block, otherwise: &Block) -> Vec<Rev> {
        let then = self.inner_block(then);
        let otherwise = self.inner_block(otherwise);
        vec![Rev::If { stmt, then, otherwise }]
    }

    pub(super) fn adjoint_match(&mut self, stmt: StmtId, arms: &[MatchArm]) -> Vec<Rev> {
        let arms = arms.iter().map(|arm| self.inner_block(&arm.body)).collect();
        vec![Rev::Match { stmt, arms }]
    }

    pub(super) fn adjoint_rest(&mut self, stmt: StmtId, block: &Block) -> Vec<Rev> {
        let body = self.inner_block(block);
        vec![Rev::Rest { stmt, body }]
    }

    pub(super) fn adjoint_for(&mut self, stmt: StmtId, looped: &Loop) -> Vec<Rev> {
        let body = self.inner_block(&looped.body);
        let commutes = self.commutes(&body);
        vec![Rev::For { stmt, body, commutes }]
    }

    /// Whether the trips only add to adjoints that none of them reads, so that their order does not matter.
    ///
    /// Whether they also restore values is for the emitter to see.
    fn commutes(&self, body: &[Rev]) -> bool {
        let mut own: HashSet<VarId> = HashSet::new();
        let mut added: HashSet<VarId> = HashSet::new();
        let mut read: HashSet<VarId> = HashSet::new();
        let mut only_adds = true;
        body.iter().for_each(|rev| {
            rev.walk(&mut |rev| match rev {
                Rev::Begin { var, init } => {
                    own.insert(*var);
                    if let Init::Source(source) = init {
                        read.extend(source_root(source));
                    }
                }
                Rev::Add { to, .. } | Rev::AddCast { to, .. } => {
                    added.insert(to.root);
                }
                Rev::AddAll { to, from } => {
                    added.insert(to.root);
                    read.extend(source_root(from));
                }
                Rev::Take { from: place, .. } | Rev::Clear { place } | Rev::Replace { place, .. } => {
                    added.insert(place.root);
                    read.insert(place.root);
                }
                Rev::Gate { .. }
                | Rev::Local { .. }
                | Rev::If { .. }
                | Rev::Match { .. }
                | Rev::Rest { .. }
                | Rev::For { .. }
                | Rev::Restore { .. } => {}
                Rev::AddEach { .. }
                | Rev::Edit { .. }
                | Rev::Exchange { .. }
                | Rev::Drain { .. }
                | Rev::Swap { .. }
                | Rev::Pull(_) => {
                    only_adds = false;
                }
            });
        });
        body.iter().for_each(|rev| {
            rev.walk(&mut |rev| {
                for expression in rev.expressions() {
                    expression.leaves(&mut |atom| match atom {
                        Atom::Adjoint(place) => {
                            read.insert(place.root);
                        }
                        Atom::Sum { .. } => only_adds = false,
                        _ => {}
                    });
                }
            });
        });
        only_adds && added.intersection(&read).all(|var| own.contains(var))
    }
}

fn source_root(source: &crate::ir::reverse::Source) -> Option<VarId> {
    match source {
        crate::ir::reverse::Source::Adjoint(place) | crate::ir::reverse::Source::Shared(place) => Some(place.root),
        _ => None,
    }
}

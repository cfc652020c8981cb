//! Where adjoints begin.
//!
//! An adjoint of this block's begins with the first thing added to it (`let x_bar = …`), or with zeros, where that
//! happens inside a loop or a branch, or concerns a part of it.

use super::Adjoint;
use crate::ir::reverse::{Init, Rev, Source};
use crate::ir::{Place, VarId};
use crate::rules::Formula;

impl Adjoint<'_> {
    /// Appends a statement, after the beginnings that it needs.
    pub(super) fn emit(&mut self, rev: Rev, out: &mut Vec<Rev>) {
        match self.begins_with(&rev) {
            Some(var) => {
                self.begun.insert(var);
                out.push(begin(var, rev));
            }
            None => {
                for var in self.to_begin(&rev) {
                    self.begun.insert(var);
                    out.push(Rev::Begin { var, init: Init::Zero });
                }
                out.push(rev);
            }
        }
    }

    /// The variable whose adjoint this addition is the first of.
    fn begins_with(&self, rev: &Rev) -> Option<VarId> {
        if matches!(rev, Rev::AddAll { from: Source::Elements(_), .. }) {
            return None;
        }
        let (Rev::Add { to, .. } | Rev::AddAll { to, .. }) = rev else { return None };
        (to.is_var() && self.is_untouched(to) && rev.adjoints().iter().skip(1).all(|read| read.root != to.root))
            .then_some(to.root)
    }

    /// The adjoints of this block's variables that `rev` touches and that do not exist yet.
    fn to_begin(&self, rev: &Rev) -> Vec<VarId> {
        let mut missing = Vec::new();
        rev.walk(&mut |inner| {
            let touched = inner.adjoints().into_iter().map(|place: &Place| place.root);
            missing.extend(touched.filter(|&root| {
                !self.begun.contains(&root)
                    && self.tables.owners.of(root) == self.block
                    && self.bars.contains_key(&root)
            }));
        });
        missing.sort();
        missing.dedup();
        missing
    }
}

fn begin(var: VarId, rev: Rev) -> Rev {
    let init = match rev {
        Rev::Add { negative: true, value, .. } => Init::Scalar(Formula::Neg(Box::new(value))),
        Rev::Add { value, .. } => Init::Scalar(value),
        Rev::AddAll { from, .. } => Init::Source(from),
        _ => unreachable!("only additions begin an adjoint"),
    };
    Rev::Begin { var, init }
}

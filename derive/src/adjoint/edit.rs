//! The adjoints of statements that change a `Vec` as a whole, or exchange two places: the same done backwards, to the
//! adjoints.

use super::Adjoint;
use crate::analysis::reshaped;
use crate::ir::reverse::{Atom, Init, Passes, Rev, Source};
use crate::ir::{Edit, EditKind, Operand, Place, Stmt, StmtId, StmtKind, Ty};
use crate::rules::Formula;

impl Adjoint<'_> {
    pub(super) fn adjoint_edit(&mut self, stmt: StmtId, edit: &Edit) -> Vec<Rev> {
        if !self.has_bar(&edit.place) || self.is_untouched(&edit.place) {
            return Vec::new();
        }
        let place = self.target(&edit.place);
        if let Some(result) = edit.result {
            return vec![Rev::Edit { stmt, place, passes: Passes::In(self.seed_of(result)) }];
        }
        let Some(value) = edit.value() else { return vec![Rev::Edit { stmt, place, passes: Passes::Nothing }] };
        let name = self.fresh_bar(&edit.place);
        let mut revs = vec![Rev::Edit { stmt, place, passes: Passes::Out(name.clone()) }];
        if let Operand::Place(source) = value
            && self.is_active(source)
        {
            revs.push(match &edit.kind {
                // Of a `Vec` these are the whole adjoint; an array or a part of something else holds them in its own way.
                EditKind::Extend { .. } if !matches!(self.ty(source), Ty::Vec(_)) => {
                    Rev::AddAll { to: self.target(source), from: Source::Elements(name) }
                }
                _ => {
                    let scalar = Formula::Leaf(Atom::Local(name.clone()));
                    self.contribution(source, scalar, Source::Local(name))
                }
            });
        }
        revs
    }

    pub(super) fn adjoint_exchange(&mut self, a: &Place, b: &Place, slices: bool) -> Vec<Rev> {
        match (self.has_bar(a), self.has_bar(b)) {
            (true, true) if self.is_untouched(a) && self.is_untouched(b) => Vec::new(),
            (true, true) => vec![Rev::Exchange { a: self.target(a), b: self.target(b), slices }],
            // What has no derivative may still have another length, and the adjoint around it has that.
            (true, false) => vec![Rev::Replace { name: None, place: self.target(a) }],
            (false, true) => vec![Rev::Replace { name: None, place: self.target(b) }],
            (false, false) => Vec::new(),
        }
    }

    /// Whether there is an adjoint of this place, of whatever type.
    fn has_bar(&self, place: &Place) -> bool {
        let vars = &self.tables.function.vars;
        self.bars.contains_key(&vars.root(place)) && !matches!(vars.ty(place).deref(), Ty::Passive | Ty::Unit)
    }

    /// Begins the adjoints of what changes its shape here, in the shape that it is left with: before anything of this
    /// statement is put back.
    pub(super) fn begin_reshaped(&mut self, stmt: &Stmt, out: &mut Vec<Rev>) {
        if matches!(stmt.kind, StmtKind::Call(_)) {
            return;
        }
        for place in reshaped::places(&self.tables.function.vars, stmt) {
            let root = self.tables.function.vars.root(place);
            if self.bars.contains_key(&root) && self.is_untouched(place) {
                self.begun.insert(root);
                out.push(Rev::Begin { var: root, init: Init::Zero });
            }
        }
    }
}

//! The adjoint of a call: its pullback, with the arguments that were passed by reference lent again.

use super::Adjoint;
use crate::ir::reverse::{Atom, Guard, Lent, Pull, PullArg, Rev, Seed, Source};
use crate::ir::{Arg, Call, Operand, Place, Projection, StmtId, VarId};
use crate::rules::Formula;

impl Adjoint<'_> {
    pub(super) fn adjoint_call(&mut self, stmt: StmtId, call: &Call) -> Vec<Rev> {
        if !is_active_call(self.tables, call) {
            return Vec::new();
        }
        let seeds: Vec<Seed> = call.result.vars().iter().map(|&var| self.seed_of(var)).collect();
        let mutates = call.args.iter().any(|arg| matches!(arg, Arg::Ref { mutable: true, .. }));
        if !mutates && seeds.iter().all(|seed| matches!(seed, Seed::Zero(_))) {
            return Vec::new();
        }
        let unused = call.result.vars().iter().all(|&var| self.tables.selected.might_be_unused(var));
        let mut after = Vec::new();
        let mut lent = Vec::new();
        let args = call.args.iter().map(|arg| self.pull_arg(arg, &mut lent, &mut after)).collect();
        let mut revs = vec![Rev::Pull(Pull { stmt, seeds, args })];
        revs.extend(after);
        if unused && !mutates {
            let seeded = call.result.vars().iter().copied().filter(|&var| !self.is_untouched(&super::bar(var)));
            return vec![Rev::Gate { guard: Guard::Any(seeded.collect()), body: revs }];
        }
        revs
    }

    pub(super) fn seed_of(&self, var: VarId) -> Seed {
        let touched = self.bars.contains_key(&var) && !self.is_untouched(&super::bar(var));
        if touched { Seed::Adjoint(var) } else { Seed::Zero(var) }
    }

    fn pull_arg(&mut self, arg: &Arg, lent: &mut Vec<Place>, after: &mut Vec<Rev>) -> PullArg {
        match arg {
            Arg::Value(Operand::Place(place)) if self.is_active(place) => {
                let name = self.fresh_bar(place);
                let scalar = Formula::Leaf(Atom::Local(name.clone()));
                after.push(self.contribution(place, scalar, Source::Local(name.clone())));
                PullArg::Value(Some(name))
            }
            Arg::Value(_) => PullArg::Value(None),
            Arg::PassiveRef(code) => PullArg::PassiveRef(code.clone()),
            Arg::Ref { place, mutable, .. } => {
                let adjoint = self.is_active(place).then(|| self.lend(place, *mutable, lent, after));
                PullArg::Ref { place: self.target_of_ref(place), mutable: *mutable, adjoint }
            }
        }
    }

    /// Two arguments cannot borrow the same adjoint at once: the second gets a buffer of its own. Different fields can,
    /// and where one of the two may be changed the compiler has seen that they are different.
    fn lend(&mut self, place: &Place, mutable: bool, lent: &mut Vec<Place>, after: &mut Vec<Rev>) -> Lent {
        let place = self.target_of_ref(place);
        if mutable || !lent.iter().any(|other| other.may_overlap(&place)) {
            lent.push(place);
            return Lent::Direct;
        }
        let name = self.fresh_bar(&place);
        after.push(Rev::AddAll { to: place, from: Source::Local(name.clone()) });
        Lent::Separate(name)
    }

    /// What a reference that is passed on refers to.
    fn target_of_ref(&self, place: &Place) -> Place {
        let mut place = self.tables.function.vars.resolve(place);
        if self.ty(&place).is_ref() {
            place = place.project(Projection::Deref);
        }
        place
    }
}

/// Whether a call influences anything active.
pub fn is_active_call(tables: &super::Tables, call: &Call) -> bool {
    let results = call.result.vars().iter().any(|&var| tables.activity.is_active(var));
    let mutated = call.args.iter().any(|arg| match arg {
        Arg::Ref { place, mutable: true, .. } => tables.activity.is_active(tables.function.vars.root(place)),
        _ => false,
    });
    results || mutated
}

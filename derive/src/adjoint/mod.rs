//! Makes the reverse sweep: for each statement of the function, from the last to the first, the chain rule.
//!
//! Enters: the IR, and which variables are active. Leaves: the reverse sweep as [`Rev`] statements, and per statement
//! what its adjoint reads, from which `analysis::recorded` finds what must be saved. No tokens are made here.
//!
//! The adjoint of `x` lives in the same block as `x`, under one name. It begins where the reverse sweep first adds to
//! it, and is complete where the sweep reaches the statement that made `x`.

mod begin;
mod call;
mod control;
mod edit;
mod late;
pub mod reads;
mod stmt;
pub mod storage;

use crate::analysis::activity::Activity;
use crate::analysis::owners::Owners;
use crate::analysis::recorded::Reads;
use crate::analysis::selected::Selected;
use crate::ir::reverse::{Atom, Expression, Rev, Source};
use crate::ir::{
    Block, BlockId, Function, Op, Operand, PackKind, Place, Projection, Stmt, StmtId, StmtKind, Ty, VarId,
};
use crate::names::Names;
use crate::rules::Formula;
use proc_macro2::{Ident, Span};
use std::collections::{HashMap, HashSet};

/// The reverse sweep of a function.
pub struct Reverse {
    pub body: Vec<Rev>,
    /// The names of the adjoints.
    pub bars: HashMap<VarId, Ident>,
    pub reads: HashMap<StmtId, Reads>,
    /// What beginning the adjoints and seeding the result reads, outside any statement.
    pub outside: Reads,
    /// The variables that get their value in a statement that may also leave, with the rest after it.
    pub late: HashMap<VarId, BlockId>,
}

pub struct Tables<'a> {
    pub function: &'a Function,
    pub activity: &'a Activity,
    pub owners: &'a Owners,
    pub selected: &'a Selected,
}

impl Tables<'_> {
    /// What the analyses found about the variables that a statement declares.
    pub fn describe(&self, stmt: &Stmt) -> String {
        let about = stmt.declares().into_iter().filter(|&var| self.activity.is_active(var)).map(|var| {
            let name = &self.function.vars[var].name;
            let used = if self.selected.might_be_unused(var) { ", might be unused" } else { "" };
            format!("{name} active{used}")
        });
        about.collect::<Vec<_>>().join("; ")
    }
}

pub fn reverse(tables: &Tables, names: &mut Names) -> Reverse {
    let bars = name_adjoints(tables, names);
    let mut cx = Adjoint {
        tables,
        names,
        begun: begun_at_entry(tables),
        block: BlockId::BODY,
        reads: HashMap::new(),
        bars,
        packs: packs(tables.function),
        late: late::find(tables.function, tables.owners),
    };
    let mut body = Vec::new();
    cx.seed(&mut body);
    cx.reverse_block(&tables.function.body, &mut body);
    let mut outside = Reads::default();
    body.iter().for_each(|rev| reads::shapes_begun(tables, rev, &mut outside));
    outside.shapes.extend(unused_params(tables, &body));
    Reverse { body, bars: cx.bars, reads: cx.reads, outside, late: cx.late }
}

/// `x_bar` for every active variable.
fn name_adjoints(tables: &Tables, names: &mut Names) -> HashMap<VarId, Ident> {
    let vars = &tables.function.vars;
    let active = vars.ids().filter(|&var| tables.activity.is_active(var) && vars[var].alias.is_none());
    active.map(|var| (var, names.fresh(&format!("{}_bar", crate::names::bare(&vars[var].name))))).collect()
}

/// Parameters by value whose adjoint stays zero take the shape of that zero from their value.
fn unused_params(tables: &Tables, body: &[Rev]) -> Vec<VarId> {
    let vars = &tables.function.vars;
    let begun = |param: VarId| body.iter().any(|rev| matches!(rev, Rev::Begin { var, .. } if *var == param));
    let by_value = tables.function.params.iter().copied().filter(|&param| !vars[param].ty.is_ref());
    by_value.filter(|&param| !reads::has_fixed_shape(&vars[param].ty) && !begun(param)).collect()
}

/// The arrays and tuples that are made of elements in a `let` without `mut`.
fn packs(function: &Function) -> HashMap<VarId, Vec<Operand>> {
    let mut packs = HashMap::new();
    function.walk(&mut |stmt, _| {
        if let StmtKind::Let { var, op: Op::Pack { kind, elems } } = &stmt.kind
            && *kind != PackKind::Vec
            && !function.vars[*var].mutable
        {
            packs.insert(*var, elems.clone());
        }
    });
    packs
}

/// The adjoints of what is passed by reference are the caller's.
fn begun_at_entry(tables: &Tables) -> HashSet<VarId> {
    let vars = &tables.function.vars;
    tables.function.params.iter().copied().filter(|&param| vars[param].ty.is_ref()).collect()
}

struct Adjoint<'a> {
    tables: &'a Tables<'a>,
    names: &'a mut Names,
    /// The adjoints that exist at this point of the reverse sweep.
    begun: HashSet<VarId>,
    /// The block being reversed.
    block: BlockId,
    reads: HashMap<StmtId, Reads>,
    bars: HashMap<VarId, Ident>,
    /// The elements of arrays and tuples that never change.
    packs: HashMap<VarId, Vec<Operand>>,
    late: HashMap<VarId, BlockId>,
}

impl Adjoint<'_> {
    /// The adjoint of the result is the seed.
    fn seed(&mut self, body: &mut Vec<Rev>) {
        let Some(Operand::Place(place)) = &self.tables.function.result else { return };
        if self.is_active(place) {
            let rev = self.contribution(place, Formula::Leaf(Atom::Seed), Source::Seed);
            self.emit(rev, body);
        }
    }

    fn reverse_block(&mut self, block: &Block, out: &mut Vec<Rev>) {
        let outer = std::mem::replace(&mut self.block, block.id);
        for stmt in block.stmts.iter().rev() {
            self.begin_reshaped(stmt, out);
            let revs = self.adjoint_stmt(stmt);
            let mut reads = Reads::default();
            revs.iter().for_each(|rev| reads::collect(self.tables, stmt, rev, &mut reads));
            let touched = revs.iter().flat_map(Rev::touched);
            reads.shapes.extend(touched.filter(|&var| late::begins_as_none(self.tables.function, &self.late, var)));
            if let StmtKind::Swap { i, j, .. } = &stmt.kind {
                // The elements themselves may have to be exchanged back.
                [i, j].into_iter().for_each(|code| reads::read_code(self.tables, code, &mut reads));
            }
            self.reads.insert(stmt.id, reads);
            // A pullback is lent what its call left; every other adjoint reads what its statement found.
            let reads_what_is_left = matches!(stmt.kind, StmtKind::Call(_));
            let restore = Rev::Restore { stmt: stmt.id };
            let (before, after) = if reads_what_is_left { (None, Some(restore)) } else { (Some(restore), None) };
            out.extend(before);
            revs.into_iter().for_each(|rev| self.emit(rev, out));
            out.extend(after);
        }
        self.block = outer;
    }

    fn is_active(&self, place: &Place) -> bool {
        let vars = &self.tables.function.vars;
        if let Some(part) = self.part_of_pack(&vars.resolve(place)) {
            return part.is_some_and(|part| self.is_active(&part));
        }
        self.tables.activity.is_active(vars.root(place)) && !vars.ty(place).is_passive()
    }

    /// The resolved place, dereferenced to the value itself where it is known to be behind references.
    fn target(&self, place: &Place) -> Place {
        let vars = &self.tables.function.vars;
        let mut place = vars.resolve(place);
        while let Some(Some(part)) = self.part_of_pack(&place) {
            place = vars.resolve(&part);
        }
        while vars.ty(&place).is_ref() && vars.ty(&place).deref().is_scalar() {
            place = place.project(Projection::Deref);
        }
        place
    }

    /// What a part of an unchanged array or tuple was made of: its adjoint is that of the element, without a detour.
    /// `Some(None)` if that is passive.
    fn part_of_pack(&self, place: &Place) -> Option<Option<Place>> {
        let elems = self.packs.get(&place.root)?;
        let (first, rest) = place.projections.split_first()?;
        match elems.get(first.literal()?)? {
            Operand::Passive(_) => Some(None),
            Operand::Place(elem) => {
                let vars = &self.tables.function.vars;
                let root = &vars[elem.root];
                let fixed = elem.projections.iter().all(|projection| projection.literal().is_some());
                if !fixed || root.mutable || root.alias.is_some() || root.ty.is_ref() {
                    return None;
                }
                let mut part = Place { span: place.span, ..elem.clone() };
                part.projections.extend(rest.iter().cloned());
                Some(Some(part))
            }
        }
    }

    /// Whether nothing has been added to the adjoint of this place yet, for certain.
    fn is_untouched(&self, place: &Place) -> bool {
        let root = self.tables.function.vars.root(place);
        !self.begun.contains(&root) && self.tables.owners.of(root) == self.block
    }

    /// `place_bar += scalar`, or the same with `source` where the place may hold more than a scalar.
    fn contribution(&self, place: &Place, scalar: Expression, source: Source) -> Rev {
        let to = self.target(place);
        if self.is_scalar(place) {
            Rev::Add { to, negative: false, value: scalar }
        } else {
            Rev::AddAll { to, from: source }
        }
    }

    fn is_scalar(&self, place: &Place) -> bool {
        self.tables.function.vars.ty(place).deref().is_scalar()
    }

    fn fresh_bar(&mut self, place: &Place) -> Ident {
        let vars = &self.tables.function.vars;
        let root = vars.root(place);
        self.names.fresh(&format!("{}_bar", crate::names::bare(&vars[root].name)))
    }

    fn ty(&self, place: &Place) -> Ty {
        self.tables.function.vars.ty(place)
    }
}

/// The adjoint of a whole variable.
fn bar(var: VarId) -> Place {
    Place::var(var, Span::mixed_site())
}

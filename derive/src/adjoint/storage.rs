//! What the forward sweep keeps for the reverse sweep, and where.
//!
//! Each block has a *record*: the values of its own variables that the reverse sweep needs, what its statements saved
//! before they overwrote it, the pullbacks of its calls, and the records of its branches. The record of a loop's body
//! goes on that loop's tape, one push a trip, in the order of execution across all outer loops. The body of the
//! function needs no record: its variables are still there when the reverse sweep runs.

use super::{Reverse, Tables, call, late};
use crate::analysis::recorded::Recorded;
use crate::ir::edit::Kept;
use crate::ir::reverse::Rev;
use crate::ir::{Block, BlockId, Edit, EditKind, Head, Operand, Stmt, StmtId, StmtKind, VarId};
use crate::names::{Names, bare};
use proc_macro2::Ident;
use std::collections::{BTreeSet, HashMap, HashSet};

#[derive(Clone)]
pub enum Item {
    Var(VarId),
    /// Zeros in the shape of a variable.
    Zero(Ident),
    /// The old value of a variable, or of the part of it that a statement overwrote.
    Saved(Ident),
    Pullback(Ident),
    /// Which branch ran: a `bool`, or the record of the branch.
    Branch(Ident),
    /// The record of the rest of the block, if that ran.
    Rest(BlockId, Ident),
}

pub struct Storage {
    records: HashMap<BlockId, Vec<Item>>,
    saved: HashMap<(StmtId, VarId), Ident>,
    zeros: HashMap<VarId, Ident>,
    pullbacks: HashMap<StmtId, Ident>,
    kept: HashMap<StmtId, (Kept, Ident)>,
    branches: HashMap<StmtId, Ident>,
    tapes: HashMap<StmtId, Ident>,
    inert: HashSet<StmtId>,
    /// Variables that get their value in a statement that may also leave, with the rest after it.
    late: HashMap<VarId, BlockId>,
    /// In whose records these are.
    homes: HashMap<VarId, Vec<BlockId>>,
    /// Those of the homes that are not inside another.
    outermost: HashMap<VarId, Vec<BlockId>>,
}

impl Storage {
    /// Whether a block's record has a copy of a variable, which goes on after that block.
    pub fn is_copied(&self, block: BlockId, var: VarId) -> bool {
        self.late.get(&var).is_some_and(|rest| *rest != block)
    }

    /// Whether the adjoint of a variable begins as `None`, since its shape is not known there.
    pub fn begins_as_none(&self, function: &crate::ir::Function, var: VarId) -> bool {
        late::begins_as_none(function, &self.late, var)
    }

    /// The variables of which a block's record tells the shape that their adjoint begins with.
    pub fn shaped_in(&self, function: &crate::ir::Function, block: BlockId) -> Vec<VarId> {
        let shaped = self.outermost.iter().filter(|(_, homes)| homes.contains(&block)).map(|(var, _)| *var);
        let mut shaped: Vec<VarId> = shaped.filter(|&var| self.begins_as_none(function, var)).collect();
        shaped.sort();
        shaped
    }

    pub fn record(&self, block: BlockId) -> &[Item] {
        self.records.get(&block).map_or(&[], Vec::as_slice)
    }

    pub fn saved(&self, stmt: StmtId, var: VarId) -> Option<&Ident> {
        self.saved.get(&(stmt, var))
    }

    /// The name of the zeros that are kept in place of a variable.
    pub fn zero(&self, var: VarId) -> Option<&Ident> {
        self.zeros.get(&var)
    }

    pub fn pullback(&self, stmt: StmtId) -> Option<&Ident> {
        self.pullbacks.get(&stmt)
    }

    /// What an edit leaves, to be taken back.
    pub fn kept(&self, stmt: StmtId) -> Option<&(Kept, Ident)> {
        self.kept.get(&stmt)
    }

    pub fn branch(&self, stmt: StmtId) -> Option<&Ident> {
        self.branches.get(&stmt)
    }

    pub fn tape(&self, stmt: StmtId) -> Option<&Ident> {
        self.tapes.get(&stmt)
    }

    /// Whether the reverse sweep has nothing to do in this statement.
    pub fn is_inert(&self, stmt: StmtId) -> bool {
        self.inert.contains(&stmt)
    }
}

pub fn plan(tables: &Tables, recorded: &Recorded, reverse: &Reverse, names: &mut Names) -> Storage {
    let mut inert = HashSet::new();
    find_inert(&reverse.body, recorded, &mut inert);
    let homes = late::homes(tables, recorded, &reverse.late);
    let storage = Storage {
        records: HashMap::new(),
        saved: HashMap::new(),
        zeros: HashMap::new(),
        pullbacks: HashMap::new(),
        kept: HashMap::new(),
        branches: HashMap::new(),
        tapes: HashMap::new(),
        inert,
        late: reverse.late.clone(),
        outermost: late::outermost(tables.function, &homes),
        homes,
    };
    let returns = tables.function.returns();
    let (pulled, edited) = (pulled(&reverse.body), edited(&reverse.body));
    let mut cx = Plan { tables, recorded, names, storage, pulled, edited, returns };
    cx.block(&tables.function.body, &[]);
    cx.storage
}

/// The calls whose pullback the reverse sweep runs.
fn pulled(reverse: &[Rev]) -> HashSet<StmtId> {
    let mut pulled = HashSet::new();
    reverse.iter().for_each(|rev| {
        rev.walk(&mut |rev| {
            if let Rev::Pull(pull) = rev {
                pulled.insert(pull.stmt);
            }
        });
    });
    pulled
}

/// The edits that the reverse sweep takes back on an adjoint.
fn edited(reverse: &[Rev]) -> HashSet<StmtId> {
    let mut edited = HashSet::new();
    reverse.iter().for_each(|rev| {
        rev.walk(&mut |rev| {
            if let Rev::Edit { stmt, .. } = rev {
                edited.insert(*stmt);
            }
        });
    });
    edited
}

/// Whether these statements do nothing, and so which branches and loops among them do nothing.
fn find_inert(revs: &[Rev], recorded: &Recorded, inert: &mut HashSet<StmtId>) -> bool {
    let mut all = true;
    for rev in revs {
        all &= match rev {
            Rev::Restore { stmt } => !recorded.is_restored_at(*stmt),
            Rev::If { stmt, then, otherwise } => {
                let nothing = find_inert(then, recorded, inert) & find_inert(otherwise, recorded, inert);
                note(*stmt, nothing, inert)
            }
            Rev::Match { stmt, arms } => {
                let nothing = arms.iter().map(|arm| find_inert(arm, recorded, inert)).fold(true, |all, arm| all & arm);
                note(*stmt, nothing, inert)
            }
            Rev::Rest { stmt, body } | Rev::For { stmt, body, .. } => {
                let nothing = find_inert(body, recorded, inert);
                note(*stmt, nothing, inert)
            }
            _ => false,
        };
    }
    all
}

fn note(stmt: StmtId, nothing: bool, inert: &mut HashSet<StmtId>) -> bool {
    if nothing {
        inert.insert(stmt);
    }
    nothing
}

struct Plan<'a> {
    tables: &'a Tables<'a>,
    recorded: &'a Recorded,
    names: &'a mut Names,
    storage: Storage,
    pulled: HashSet<StmtId>,
    edited: HashSet<StmtId>,
    /// Whether the function returns early, so that its body has a record too.
    returns: bool,
}

impl Plan<'_> {
    /// Plans a block; `bound` are the variables that the reverse sweep's own loop header binds there.
    fn block(&mut self, block: &Block, bound: &[VarId]) {
        let vars = &self.tables.function.vars;
        let own: Vec<VarId> = self
            .candidates(block.id)
            .filter(|&var| self.is_in_record(var, block.id) && !bound.contains(&var))
            .collect();
        let idle = self.idle_counters(block);
        let mut record: Vec<Item> = own
            .into_iter()
            .filter(|&var| {
                let kept = self.recorded.is_needed(var) && !self.recorded.is_recomputed(var);
                kept && vars[var].alias.is_none() && !idle.contains(&var)
            })
            .map(|var| match self.recorded.is_shape_alone(var) {
                true => Item::Zero(self.name_zero(var)),
                false => Item::Var(var),
            })
            .collect();
        for stmt in &block.stmts {
            self.stmt(stmt, &mut record);
        }
        self.storage.records.insert(block.id, record);
    }

    /// The variables that may be in the record of a block.
    fn candidates(&self, block: BlockId) -> impl Iterator<Item = VarId> + use<> {
        let candidates: BTreeSet<VarId> =
            self.tables.owners.owned_by(block).iter().chain(self.storage.homes.keys()).copied().collect();
        candidates.into_iter()
    }

    fn name_zero(&mut self, var: VarId) -> Ident {
        let name = self.names.fresh(&format!("{}_zero", bare(&self.tables.function.vars[var].name)));
        self.storage.zeros.insert(var, name.clone());
        name
    }

    /// The trips of loops in which the reverse sweep has nothing to do are not counted.
    fn idle_counters(&self, block: &Block) -> Vec<VarId> {
        let idle = block.stmts.iter().filter(|stmt| self.storage.is_inert(stmt.id));
        let counters = idle.filter_map(|stmt| match &stmt.kind {
            StmtKind::Loop(looped) => looped.trips,
            _ => None,
        });
        counters.collect()
    }

    /// Whether a variable is in the record of a block. Parameters and the result outlive all.
    fn is_in_record(&self, var: VarId, block: BlockId) -> bool {
        let is_result = matches!(&self.tables.function.result, Some(Operand::Place(place)) if place.root == var);
        let is_outside = self.tables.function.params.contains(&var) || (is_result && self.returns);
        let is_here = match self.storage.homes.get(&var) {
            Some(homes) => homes.contains(&block),
            None => self.tables.owners.of(var) == block,
        };
        is_here && !is_outside
    }

    fn stmt(&mut self, stmt: &Stmt, record: &mut Vec<Item>) {
        for &var in self.recorded.saved(stmt.id) {
            let name = self.names.fresh(&format!("{}_0", bare(&self.tables.function.vars[var].name)));
            record.push(Item::Saved(name.clone()));
            self.storage.saved.insert((stmt.id, var), name);
        }
        match &stmt.kind {
            StmtKind::Call(called) if self.pulled.contains(&stmt.id) && call::is_active_call(self.tables, called) => {
                let function = called.path.segments.last().expect("a path has a segment");
                let name = self.names.fresh(&format!("{}_pullback", bare(&function.ident)));
                record.push(Item::Pullback(name.clone()));
                self.storage.pullbacks.insert(stmt.id, name);
            }
            StmtKind::Edit(edit) => {
                if let Some(kept) = self.kept(stmt.id, edit) {
                    let name = self.name_kept(kept, edit);
                    record.push(Item::Saved(name.clone()));
                    self.storage.kept.insert(stmt.id, (kept, name));
                }
            }
            StmtKind::If { then, otherwise, .. } => {
                self.block(then, &[]);
                self.block(otherwise, &[]);
                if !self.storage.is_inert(stmt.id) {
                    let name = self.names.fresh("branch");
                    record.push(Item::Branch(name.clone()));
                    self.storage.branches.insert(stmt.id, name);
                }
            }
            StmtKind::LetElse { otherwise, .. } => {
                self.block(otherwise, &[]);
                if !self.storage.is_inert(stmt.id) {
                    let name = self.names.fresh("branch");
                    record.push(Item::Branch(name.clone()));
                    self.storage.branches.insert(stmt.id, name);
                }
            }
            StmtKind::Match { arms, .. } => {
                arms.iter().for_each(|arm| self.block(&arm.body, &[]));
                if !self.storage.is_inert(stmt.id) {
                    let name = self.names.fresh("branch");
                    record.push(Item::Branch(name.clone()));
                    self.storage.branches.insert(stmt.id, name);
                }
            }
            StmtKind::Rest(block) => {
                self.block(block, &[]);
                if !self.storage.is_inert(stmt.id) || !self.storage.record(block.id).is_empty() {
                    let name = self.names.fresh("rest");
                    record.push(Item::Rest(block.id, name.clone()));
                    self.storage.branches.insert(stmt.id, name);
                }
            }
            StmtKind::Loop(looped) => {
                let bound = match &looped.head {
                    Head::Range { var, .. } => var.iter().copied().collect(),
                    Head::Items { index, derived, .. } => derived.iter().map(|(var, _)| *var).chain([*index]).collect(),
                    Head::Recorded | Head::While | Head::Endless => Vec::new(),
                };
                self.block(&looped.body, &bound);
                if !self.storage.record(looped.body.id).is_empty() {
                    let tape = self.names.fresh("tape");
                    self.storage.tapes.insert(stmt.id, tape);
                }
            }
            _ => {}
        }
    }

    /// What an edit must leave for the reverse sweep, if that undoes it or takes it back on the adjoint.
    fn kept(&self, stmt: StmtId, edit: &Edit) -> Option<Kept> {
        let (undone, reversed) = (self.recorded.is_swapped_back(stmt), self.edited.contains(&stmt));
        let of_numbers = self.tables.function.vars.ty(&edit.place).element().is_scalar();
        match edit.kind {
            EditKind::Truncate(_) | EditKind::Clear if undone || (reversed && !of_numbers) => Some(Kept::Tail),
            EditKind::Truncate(_) | EditKind::Clear | EditKind::Extend { .. } | EditKind::Resize(..)
                if undone || reversed =>
            {
                Some(Kept::Length)
            }
            _ => None,
        }
    }

    fn name_kept(&mut self, kept: Kept, edit: &Edit) -> Ident {
        let vars = &self.tables.function.vars;
        let what = match kept {
            Kept::Tail => "tail",
            Kept::Length => "len",
        };
        self.names.fresh(&format!("{}_{what}", bare(&vars[vars.root(&edit.place)].name)))
    }
}

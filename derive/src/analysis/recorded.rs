//! To be recorded: which old values the forward sweep must save, because some adjoint reads them.
//!
//! Enters: the function, and per statement the variables that its adjoint reads. Leaves:
//!
//! * the statements that overwrite a value which the adjoint of an earlier statement (or of an earlier trip of a loop)
//!   reads: they save what they overwrite, and the reverse sweep puts it back, so that every adjoint statement finds
//!   all variables as its primal statement found them;
//! * the variables that the reverse sweep needs at all: those of inner blocks go on the tape;
//! * among these, the ones that are cheaper to compute again than to keep.
//!
//! The analysis is per variable: an array counts as a whole. A scalar that is saved when it is overwritten is not needed
//! any more until it is read again; nothing is that an accumulator only adds to.

use super::live::Live;
use super::owners::Owners;
use super::undone;
use crate::adjoint::Reverse;
use crate::ir::{
    Arg, Block, BlockId, Code, Function, Op, Operand, Place, Projection, Stmt, StmtId, StmtKind, Ty, VarId, Vars,
};
use crate::rules::Notation;
use std::collections::{HashMap, HashSet};

/// What the adjoint of a statement reads.
#[derive(Default, Clone)]
pub struct Reads {
    pub values: HashSet<VarId>,
    /// Only their shapes.
    pub shapes: HashSet<VarId>,
}

pub struct Recorded {
    saved: HashMap<StmtId, Vec<VarId>>,
    swapped: HashSet<StmtId>,
    needed: HashSet<VarId>,
    shaped: HashSet<VarId>,
    recomputed: HashSet<VarId>,
    reads: HashMap<StmtId, Reads>,
}

impl Recorded {
    /// What the reverse sweep reads for a statement, to put back what it overwrote as well.
    pub fn reads(&self, stmt: StmtId) -> Option<&Reads> {
        self.reads.get(&stmt)
    }

    /// The variables (wholly or in part overwritten by this statement) whose old values are saved.
    pub fn saved(&self, stmt: StmtId) -> &[VarId] {
        self.saved.get(&stmt).map_or(&[], Vec::as_slice)
    }

    /// Whether this exchange or edit must be undone.
    pub fn is_swapped_back(&self, stmt: StmtId) -> bool {
        self.swapped.contains(&stmt)
    }

    /// What is kept of a statement.
    pub fn describe(&self, function: &Function, stmt: &Stmt) -> String {
        let name = |var: &VarId| function.vars[*var].name.to_string();
        let saved = self.saved(stmt.id).iter().map(|var| format!("saves {}", name(var)));
        let word = if matches!(stmt.kind, StmtKind::Edit(_)) { "undone" } else { "swapped back" };
        let swapped = self.is_swapped_back(stmt.id).then(|| word.to_owned());
        let declared = stmt.declares();
        let needed = declared.iter().filter(|var| self.is_needed(**var)).map(|var| {
            let how = match (self.is_recomputed(*var), self.is_shape_alone(*var)) {
                (true, _) => "computed again",
                (_, true) => "shape needed",
                _ => "needed",
            };
            format!("{} {how}", name(var))
        });
        saved.chain(swapped).chain(needed).collect::<Vec<_>>().join("; ")
    }

    /// Whether the reverse sweep puts anything back at this statement.
    pub fn is_restored_at(&self, stmt: StmtId) -> bool {
        !self.saved(stmt).is_empty() || self.is_swapped_back(stmt)
    }

    /// Whether the reverse sweep needs this variable.
    pub fn is_needed(&self, var: VarId) -> bool {
        self.needed.contains(&var)
    }

    /// Whether the reverse sweep needs nothing of this variable but zeros in its shape, and it is better to make these at
    /// once than to keep a value that may be moved away.
    pub fn is_shape_alone(&self, var: VarId) -> bool {
        self.shaped.contains(&var)
    }

    /// Whether the reverse sweep needs the value of this variable.
    pub fn is_kept(&self, var: VarId) -> bool {
        self.is_needed(var) && !self.is_shape_alone(var)
    }

    /// Whether the reverse sweep computes this variable again.
    pub fn is_recomputed(&self, var: VarId) -> bool {
        self.recomputed.contains(&var)
    }

    /// Whether the reverse sweep puts back a value of this variable.
    pub fn is_restored(&self, function: &Function, var: VarId) -> bool {
        let mut restored = self.saved.values().any(|vars| vars.contains(&var));
        function.walk(&mut |stmt, _| {
            let mut undone = undone::places(stmt).into_iter().map(|place| function.vars.root(place));
            restored |= self.swapped.contains(&stmt.id) && undone.any(|root| root == var);
        });
        restored
    }
}

pub fn analyse(function: &Function, owners: &Owners, reverse: &Reverse) -> Recorded {
    let Reverse { reads, outside, late, .. } = reverse;
    // What is put back is put back at the place that the statement wrote to, so its indices are read as well.
    let mut reads = reads.clone();
    let (saved, swapped) = loop {
        let mut cx = Analysis { vars: &function.vars, reads: &reads, saved: HashMap::new(), swapped: HashSet::new() };
        cx.block(&function.body, &mut Live::default());
        let (saved, swapped) = (cx.saved, cx.swapped);
        let grown = read_restored_places(function, &saved, &mut reads) | undone::read(function, &swapped, &mut reads);
        if !grown {
            break (saved, swapped);
        }
    };
    let all = || reads.values().chain([outside]);
    let values: HashSet<VarId> = all().flat_map(|reads| &reads.values).copied().collect();
    let shapes: HashSet<VarId> = all().flat_map(|reads| &reads.shapes).copied().collect();
    let read: HashSet<VarId> = values.union(&shapes).copied().collect();
    let mut needed = read.clone();
    let recomputed = recompute(function, owners, &mut needed);
    let mut shaped = may_be_moved(function);
    shaped.retain(|var| shapes.contains(var) && !values.contains(var) && read.contains(var));
    shaped.retain(|var| !recomputed.contains(var) && !late.contains_key(var));
    Recorded { saved, swapped, needed, shaped, recomputed, reads }
}

/// Variables that never change and whose values a pattern may move away.
fn may_be_moved(function: &Function) -> HashSet<VarId> {
    let mut found = HashSet::new();
    let mut matched = HashSet::new();
    let mut given: HashSet<VarId> = HashSet::new();
    function.walk(&mut |stmt, _| {
        if matches!(stmt.kind, StmtKind::Match { .. } | StmtKind::LetElse { .. } | StmtKind::If { .. }) {
            matched.extend(stmt.mentions());
        }
        if matches!(stmt.kind, StmtKind::Let { .. } | StmtKind::Call(_) | StmtKind::Declare { .. }) {
            found.extend(stmt.declares());
        }
        if let StmtKind::Passive { defs, .. } = &stmt.kind {
            given.extend(defs);
        }
    });
    found.retain(|&var| {
        let is_matched = matched.contains(&var) && !given.contains(&var);
        let var = &function.vars[var];
        is_matched && !var.mutable && matches!(var.ty, Ty::Unknown | Ty::Option(_) | Ty::Result(_))
    });
    found
}

/// Adds what the indices of saved places read; whether that was anything new.
fn read_restored_places(
    function: &Function,
    saved: &HashMap<StmtId, Vec<VarId>>,
    reads: &mut HashMap<StmtId, Reads>,
) -> bool {
    let mut grown = false;
    function.walk(&mut |stmt, _| {
        if !saved.contains_key(&stmt.id) {
            return;
        }
        let known = reads.entry(stmt.id).or_default();
        let before = known.values.len() + known.shapes.len();
        for place in overwritten_places(stmt) {
            for code in function.vars.resolve(place).codes() {
                known.values.extend(function.vars.reads(code));
                known.shapes.extend(function.vars.shape_reads(code));
            }
        }
        grown |= known.values.len() + known.shapes.len() > before;
    });
    grown
}

/// The places that a statement itself writes to.
fn overwritten_places(stmt: &Stmt) -> Vec<&Place> {
    match &stmt.kind {
        StmtKind::Assign { place, .. }
        | StmtKind::Accumulate { place, .. }
        | StmtKind::Fill { place, .. }
        | StmtKind::Copy { to: place, .. } => vec![place],
        StmtKind::Call(call) => call
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Ref { place, mutable: true, .. } => Some(place),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

struct Analysis<'a> {
    vars: &'a Vars,
    reads: &'a HashMap<StmtId, Reads>,
    saved: HashMap<StmtId, Vec<VarId>>,
    swapped: HashSet<StmtId>,
}

impl Analysis<'_> {
    /// Walks a block forward; `live` holds the variables that adjoints of what ran so far read.
    fn block(&mut self, block: &Block, live: &mut Live) {
        for stmt in &block.stmts {
            self.stmt(stmt, live);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, live: &mut Live) {
        let reads = self.reads.get(&stmt.id).map(|reads| reads.values.clone()).unwrap_or_default();
        // A pullback gets what the call left, and an edit is undone with what it took out; all other adjoints read what
        // was there before the statement.
        let after = matches!(stmt.kind, StmtKind::Call(_) | StmtKind::Let { .. } | StmtKind::Edit(_));
        if !after {
            live.extend(reads.iter().copied());
        }
        for var in stmt.declares() {
            live.remove(&var);
        }
        self.overwrite(stmt, live);
        if after {
            live.extend(reads.iter().copied());
        }
        match &stmt.kind {
            StmtKind::If { then, otherwise, .. } => {
                let (mut other, mark) = live.part();
                self.block(then, live);
                self.block(otherwise, &mut other);
                live.meet(&other, mark);
            }
            StmtKind::LetElse { otherwise, .. } => {
                let (mut after, mark) = live.part();
                self.block(otherwise, &mut after);
                live.meet(&after, mark);
            }
            StmtKind::Match { arms, .. } => {
                let (before, mark) = live.part();
                for arm in arms {
                    let (mut after, _) = before.part();
                    self.block(&arm.body, &mut after);
                    live.meet(&after, mark);
                }
            }
            // A jump may skip the rest, and nothing that it would have saved is saved then.
            StmtKind::Rest(block) => {
                let (mut after, mark) = live.part();
                self.block(block, &mut after);
                live.meet(&after, mark);
            }
            StmtKind::Loop(looped) => self.repeat(&looped.body, live),
            _ => {}
        }
    }

    /// A loop's body may follow itself, so what one trip needs the next must not lose.
    fn repeat(&mut self, body: &Block, live: &mut Live) {
        loop {
            let before = live.len();
            let (mut after, mark) = live.part();
            self.block(body, &mut after);
            live.meet(&after, mark);
            if live.len() == before {
                return;
            }
        }
    }

    fn overwrite(&mut self, stmt: &Stmt, live: &mut Live) {
        // Exchanged elements are exchanged back, and a pushed one is popped, which takes no saving.
        let undone: Vec<VarId> = undone::places(stmt).into_iter().map(|place| self.vars.root(place)).collect();
        if undone.iter().any(|root| live.contains(root)) {
            self.swapped.insert(stmt.id);
        }
        if let StmtKind::Exchange { a, b, .. } = &stmt.kind {
            self.exchange(a, b, live);
        }
        for (var, whole) in overwrites(self.vars, stmt) {
            if !live.contains(&var) {
                continue;
            }
            let saved = self.saved.entry(stmt.id).or_default();
            if !saved.contains(&var) {
                saved.push(var);
            }
            if whole {
                live.remove(&var);
            }
        }
    }

    /// What is exchanged takes along whether its value is read.
    fn exchange(&self, a: &Place, b: &Place, live: &mut Live) {
        let is_whole = |place: &Place| self.vars.resolve(place).projections.iter().all(is_deref);
        let (root_a, root_b) = (self.vars.root(a), self.vars.root(b));
        let (live_a, live_b) = (live.contains(&root_a), live.contains(&root_b));
        if !(is_whole(a) && is_whole(b)) {
            if live_a || live_b {
                live.extend([root_a, root_b]);
            }
            return;
        }
        for (root, is_live) in [(root_a, live_b), (root_b, live_a)] {
            if is_live {
                live.insert(root);
            } else {
                live.remove(&root);
            }
        }
    }
}

fn is_deref(projection: &Projection) -> bool {
    matches!(projection, Projection::Deref)
}

/// The variables that a statement itself overwrites, and whether it leaves nothing of the old value.
fn overwrites(vars: &Vars, stmt: &Stmt) -> Vec<(VarId, bool)> {
    let of = |place: &Place| (vars.root(place), place.is_var() && vars[place.root].alias.is_none());
    match &stmt.kind {
        StmtKind::Assign { init: true, .. } => Vec::new(),
        StmtKind::Assign { place, .. } | StmtKind::Accumulate { place, .. } => vec![of(place)],
        StmtKind::Fill { place, .. } | StmtKind::Copy { to: place, .. } => vec![(vars.root(place), false)],
        StmtKind::Call(call) => call
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Ref { place, mutable: true, .. } => Some((vars.root(place), false)),
                _ => None,
            })
            .collect(),
        StmtKind::Passive { defs, declares, .. } => {
            defs.iter().filter(|var| !declares.contains(var)).map(|&var| (var, false)).collect()
        }
        _ => Vec::new(),
    }
}

/// The variables of inner blocks that are computed again. What that takes is then needed too.
fn recompute(function: &Function, owners: &Owners, needed: &mut HashSet<VarId>) -> HashSet<VarId> {
    let mut cheap: HashMap<VarId, Vec<VarId>> = HashMap::new();
    blocks(&function.body, &mut |block| {
        if block.id != BlockId::BODY {
            cheap.extend(passive_lets(function, block));
        }
    });
    require(&cheap, needed);
    blocks(&function.body, &mut |block| {
        if block.id != BlockId::BODY {
            cheap.extend(arithmetic_without_tape(function, owners, block, &cheap, needed));
        }
    });
    require(&cheap, needed);
    cheap.into_keys().collect()
}

/// What the needed ones among `cheap` read is needed.
fn require(cheap: &HashMap<VarId, Vec<VarId>>, needed: &mut HashSet<VarId>) {
    let mut waiting: Vec<VarId> = needed.iter().copied().collect();
    while let Some(var) = waiting.pop() {
        let reads = cheap.get(&var).into_iter().flatten();
        waiting.extend(reads.filter(|&&read| needed.insert(read)));
    }
}

fn blocks<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Block)) {
    visit(block);
    block.stmts.iter().flat_map(Stmt::blocks).for_each(|inner| blocks(inner, visit));
}

/// The passive arithmetic of a block, on what never changes.
fn passive_lets(function: &Function, block: &Block) -> Vec<(VarId, Vec<VarId>)> {
    let lets = block.stmts.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Let { var, op: op @ Op::Use(Operand::Passive(_)) } => Some((*var, op)),
        _ => None,
    });
    lets.filter(|(var, op)| is_cheap(function, *var, op)).map(|(var, op)| (var, op_reads(&function.vars, op))).collect()
}

/// The arithmetic of a straight-line block, if the block then keeps nothing at all: a loop without a tape. Where some of
/// its values must be kept anyway, keeping the others with them has measured faster.
fn arithmetic_without_tape(
    function: &Function,
    owners: &Owners,
    block: &Block,
    passive: &HashMap<VarId, Vec<VarId>>,
    needed: &HashSet<VarId>,
) -> HashMap<VarId, Vec<VarId>> {
    let mut cheap: HashMap<VarId, Vec<VarId>> = HashMap::new();
    let mut bound: HashSet<VarId> = HashSet::new();
    for stmt in &block.stmts {
        match &stmt.kind {
            StmtKind::Alias { var, .. } => drop(bound.insert(*var)),
            StmtKind::Let { var, op } if is_cheap(function, *var, op) => {
                cheap.insert(*var, op_reads(&function.vars, op));
            }
            StmtKind::Let { .. } | StmtKind::Accumulate { .. } => {}
            _ => return HashMap::new(),
        }
    }
    let is_index = |var: &VarId| function.vars[*var].kind == crate::ir::VarKind::Index;
    let again =
        |var: &VarId| is_index(var) || passive.contains_key(var) || bound.contains(var) || cheap.contains_key(var);
    let mut own = owners.owned_by(block.id).iter().filter(|&&var| function.vars[var].alias.is_none());
    let keeps = own.any(|var| needed.contains(var) && !again(var));
    let reads_kept = cheap.values().flatten().any(|read| owners.of(*read) == block.id && !again(read));
    if keeps || reads_kept { HashMap::new() } else { cheap }
}

/// What is cheaper to compute again than to keep: passive arithmetic, and `+ - *` of floats, on what never changes.
fn is_cheap(function: &Function, var: VarId, op: &Op) -> bool {
    if function.vars[var].mutable
        || !op_reads(&function.vars, op).iter().all(|&read| never_changes(&function.vars, read))
    {
        return false;
    }
    match op {
        Op::Use(Operand::Passive(code)) => {
            (function.vars[var].annotation.is_some() || code.is_typed()) && is_repeatable(&function.vars, code)
        }
        Op::Apply { rule, operands } => {
            let is_arithmetic = matches!(rule.notation, Notation::Neg | Notation::Binary("+" | "-" | "*"));
            is_arithmetic
                && operands.iter().all(|operand| match operand {
                    Operand::Place(place) => place.codes().all(|code| is_repeatable(&function.vars, code)),
                    Operand::Passive(code) => is_repeatable(&function.vars, code),
                })
        }
        _ => false,
    }
}

fn is_repeatable(vars: &Vars, code: &Code) -> bool {
    code.is_repeatable() && !code.uses.iter().any(|&used| may_borrow(vars, used))
}

/// The variables whose values an operation reads.
fn op_reads(vars: &Vars, op: &Op) -> Vec<VarId> {
    let reads = op.operands().into_iter().flat_map(|operand| match operand {
        Operand::Place(place) => vars.reads_of(&place),
        Operand::Passive(code) => vars.reads(&code),
    });
    reads.collect()
}

/// Whether a local may be a reference, which must not be kept until the reverse sweep.
fn may_borrow(vars: &Vars, var: VarId) -> bool {
    let var = &vars[var];
    var.ty == crate::ir::Ty::Unknown && var.alias.is_none() && var.kind == crate::ir::VarKind::Local
}

fn never_changes(vars: &Vars, var: VarId) -> bool {
    !vars[var].mutable && !matches!(vars[var].ty, crate::ir::Ty::Ref { mutable: true, .. })
}

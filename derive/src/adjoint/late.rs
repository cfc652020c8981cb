//! Variables that get their value in a statement that may also leave the block.
//!
//! ```text
//! let v = if c { vec![x] } else { return x };
//! ```
//!
//! Where the run left there, `v` never got a value, so it cannot be in the record of its block. It is in the record of
//! the rest, which has one wherever it ran. Inside the statement itself, where `v` may be read after it got its value and
//! before the run left, it is in the records of the blocks that do so.
//!
//! The adjoint of `v` lives in its block all the same. Where its zeros need the shape of `v`, it begins as `None`, and as
//! zeros in the first of those blocks that the reverse sweep comes to.

use super::Tables;
use super::reads::{has_fixed_shape, read_code};
use crate::analysis::owners::Owners;
use crate::analysis::recorded::{Reads, Recorded};
use crate::ir::{Block, BlockId, Function, Op, Operand, Stmt, StmtKind, VarId, walk_block};
use std::collections::{HashMap, HashSet};

/// The late variables, each with the rest of its block.
pub fn find(function: &Function, owners: &Owners) -> HashMap<VarId, BlockId> {
    let result = match &function.result {
        Some(Operand::Place(place)) if function.returns() => Some(place.root),
        _ => None,
    };
    let mut declared = HashSet::new();
    function.walk(&mut |stmt, _| {
        if let StmtKind::Declare { var } = stmt.kind {
            declared.insert(var);
        }
    });
    let mut late = HashMap::new();
    let mut visit = |block: &Block| {
        let [.., leaving, Stmt { kind: StmtKind::Rest(rest), .. }] = &block.stmts[..] else { return };
        let given = given_in(leaving).into_iter().filter(|var| declared.contains(var) && owners.of(*var) == block.id);
        let vars = given.chain(leaving.declares()).filter(|var| Some(*var) != result);
        late.extend(vars.map(|var| (var, rest.id)));
    };
    visit(&function.body);
    function.walk(&mut |stmt, _| stmt.blocks().into_iter().for_each(&mut visit));
    late
}

/// The variables that get their first value in a statement.
fn given_in(stmt: &Stmt) -> HashSet<VarId> {
    let mut given = HashSet::new();
    let mut visit = |stmt: &Stmt| match &stmt.kind {
        StmtKind::Assign { place, init: true, .. } => {
            given.insert(place.root);
        }
        StmtKind::Passive { defs, .. } => given.extend(defs),
        _ => {}
    };
    visit(stmt);
    stmt.blocks().into_iter().for_each(|inner| walk_block(inner, &mut |stmt, _| visit(stmt)));
    given.extend(stmt.declares());
    given
}

/// Whether the adjoint of a late variable begins as `None`.
pub fn begins_as_none(function: &Function, late: &HashMap<VarId, BlockId>, var: VarId) -> bool {
    late.contains_key(&var) && !has_fixed_shape(&function.vars[var].ty)
}

/// The blocks in whose records each late variable is.
pub fn homes(tables: &Tables, recorded: &Recorded, late: &HashMap<VarId, BlockId>) -> HashMap<VarId, Vec<BlockId>> {
    let mut cx = Homes { tables, recorded, late, path: Vec::new(), homes: HashMap::new() };
    if !late.is_empty() {
        cx.block(&tables.function.body);
    }
    for (&var, &rest) in late {
        cx.homes.entry(var).or_insert_with(|| vec![rest]);
    }
    cx.homes
}

/// The homes of each variable that are not inside another home of it.
pub fn outermost(function: &Function, homes: &HashMap<VarId, Vec<BlockId>>) -> HashMap<VarId, Vec<BlockId>> {
    let mut outermost = homes.clone();
    let mut visit = |block: &Block| {
        let mut inner = HashSet::new();
        walk_block(block, &mut |stmt, _| inner.extend(stmt.blocks().into_iter().map(|block| block.id)));
        for (var, homes) in homes {
            if homes.contains(&block.id) {
                outermost.entry(*var).or_default().retain(|home| !inner.contains(home));
            }
        }
    };
    visit(&function.body);
    function.walk(&mut |stmt, _| stmt.blocks().into_iter().for_each(&mut visit));
    outermost
}

struct Homes<'a> {
    tables: &'a Tables<'a>,
    recorded: &'a Recorded,
    late: &'a HashMap<VarId, BlockId>,
    /// The blocks around a statement, outermost first, with the position of the statement that leads on in each.
    path: Vec<(&'a Block, usize)>,
    homes: HashMap<VarId, Vec<BlockId>>,
}

impl<'a> Homes<'a> {
    fn block(&mut self, block: &'a Block) {
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.path.push((block, at));
            for var in self.reads(stmt) {
                if self.late.contains_key(&var) {
                    let home = self.home(var);
                    let homes = self.homes.entry(var).or_default();
                    if !homes.contains(&home) {
                        homes.push(home);
                    }
                }
            }
            stmt.blocks().into_iter().for_each(|inner| self.block(inner));
            self.path.pop();
        }
    }

    /// What the reverse sweep reads for a statement.
    fn reads(&self, stmt: &Stmt) -> HashSet<VarId> {
        let mut reads = self.recorded.reads(stmt.id).cloned().unwrap_or_default();
        if let StmtKind::Let { var, op } = &stmt.kind
            && self.recorded.is_recomputed(*var)
            && self.recorded.is_needed(*var)
        {
            self.read_again(op, &mut reads);
        }
        reads.values.union(&reads.shapes).copied().collect()
    }

    fn read_again(&self, op: &Op, reads: &mut Reads) {
        for operand in op.operands() {
            match operand {
                Operand::Place(place) => reads.values.extend(self.tables.function.vars.reads_of(&place)),
                Operand::Passive(code) => read_code(self.tables, &code, reads),
            }
        }
    }

    /// The innermost block around the statement that is looked at in which the variable has its value when the block's
    /// record is made: it gets it there, before.
    fn home(&self, var: VarId) -> BlockId {
        for (block, at) in self.path.iter().rev() {
            let own = matches!(&block.stmts[*at].kind, StmtKind::Assign { place, init: true, .. } if place.root == var);
            let before = block.stmts[..*at].iter().rev().find(|stmt| given_in(stmt).contains(&var));
            match (before, &block.stmts[*at].kind) {
                (Some(giver), StmtKind::Rest(rest)) if giver.may_leave() => return rest.id,
                (Some(_), _) => return block.id,
                (None, _) if own => return block.id,
                _ => {}
            }
        }
        self.late[&var]
    }
}

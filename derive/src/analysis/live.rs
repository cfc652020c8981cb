//! A set of variables that is taken apart where the paths of a function part, and put together where they meet.
//!
//! Putting together looks only at what changed on either path: a function has many branches, and most variables are of
//! no concern to most of them.

use crate::ir::VarId;
use std::collections::HashSet;

#[derive(Default)]
pub struct Live {
    vars: HashSet<VarId>,
    /// Whatever came or went, in order.
    changes: Vec<VarId>,
}

impl Live {
    pub fn contains(&self, var: &VarId) -> bool {
        self.vars.contains(var)
    }

    pub fn len(&self) -> usize {
        self.vars.len()
    }

    pub fn insert(&mut self, var: VarId) {
        if self.vars.insert(var) {
            self.changes.push(var);
        }
    }

    pub fn extend(&mut self, vars: impl IntoIterator<Item = VarId>) {
        vars.into_iter().for_each(|var| self.insert(var));
    }

    pub fn remove(&mut self, var: &VarId) {
        if self.vars.remove(var) {
            self.changes.push(*var);
        }
    }

    /// The same set for another path, and a mark for where they part.
    pub fn part(&self) -> (Live, usize) {
        (Live { vars: self.vars.clone(), changes: Vec::new() }, self.changes.len())
    }

    /// Adds what is in the set of another path, which parted at the mark.
    pub fn meet(&mut self, other: &Live, mark: usize) {
        let changed: Vec<VarId> = self.changes[mark..].iter().chain(&other.changes).copied().collect();
        self.extend(changed.into_iter().filter(|var| other.contains(var)));
    }
}

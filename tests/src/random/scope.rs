//! Whether every name of a program means what it meant when it was made.
//!
//! The shrinker takes declarations away; a mention that then finds nothing, or an older variable of the same name,
//! makes the version void.

use super::tree::{Program, Scope, Tree, Var};

#[derive(Default)]
struct Names {
    known: Vec<Var>,
    /// The loops around, by their numbers.
    loops: Vec<usize>,
}

pub fn is_well_scoped(program: &Program) -> bool {
    program.functions.iter().all(|function| {
        let known = function.parameters.iter().map(|parameter| parameter.var.clone()).collect();
        Names { known, loops: Vec::new() }.visit(&function.body)
    })
}

impl Names {
    fn visit(&mut self, tree: &Tree) -> bool {
        let before = self.known.len();
        let is_right = match tree.rule.scope {
            Scope::Mentions => self.mentions(tree) && self.children(tree, usize::MAX),
            Scope::Binds => {
                let is_right = self.children(tree, usize::MAX);
                self.known.extend(tree.vars.iter().cloned());
                is_right
            }
            Scope::BindsWithin(from) | Scope::BindsIn(from) => self.children(tree, from),
            Scope::BindsOnward(from) => return self.children(tree, from),
            Scope::Block => self.children(tree, usize::MAX),
        };
        if matches!(tree.rule.scope, Scope::BindsWithin(_) | Scope::Block) {
            self.known.truncate(before);
        }
        is_right
    }

    fn mentions(&self, tree: &Tree) -> bool {
        let means = |var: &Var| self.known.iter().rev().find(|known| known.name == var.name);
        let vars = tree.vars.iter().all(|var| means(var).is_some_and(|known| known.id == var.id));
        let label = match tree.label {
            Some(label) if !tree.rule.is_loop && label.shown => self.loops.contains(&label.id),
            Some(label) if !tree.rule.is_loop => self.loops.last() == Some(&label.id),
            _ => true,
        };
        vars && label
    }

    /// The variables of the tree are known from that child on.
    fn children(&mut self, tree: &Tree, from: usize) -> bool {
        if tree.rule.is_loop {
            self.loops.push(tree.label.map_or(usize::MAX, |label| label.id));
        }
        let before = self.known.len();
        let mut is_right = true;
        for (i, child) in tree.children.iter().enumerate() {
            if i == from {
                self.known.extend(tree.vars.iter().cloned());
            }
            is_right &= self.visit(child);
            if tree.rule.scope == Scope::BindsIn(i) {
                self.known.truncate(before);
            }
        }
        if tree.rule.is_loop {
            self.loops.pop();
        }
        is_right
    }
}

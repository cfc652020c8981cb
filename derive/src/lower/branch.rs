//! `if` and `match`.

use super::Lower;
use crate::desugar::has_brace;
use crate::ir::{Code, MatchArm, Operand, Place, Projection, StmtKind, Ty, VarId, VarKind};
use std::collections::HashSet;
use syn::spanned::Spanned;
use syn::{Expr, ExprIf, ExprMatch, Pat, parse_quote};

impl Lower {
    /// Lowers an expression with control flow whose value goes to `target`.
    pub(super) fn lower_into(&mut self, expr: &Expr, target: VarId) {
        match expr {
            Expr::Paren(paren) => self.lower_into(&paren.expr, target),
            Expr::If(branch) => self.lower_if(branch, Some(target)),
            Expr::Match(choice) => self.lower_match(choice, Some(target)),
            Expr::Loop(looped) => self.lower_endless_loop(looped, Some(target)),
            Expr::Block(block) if block.label.is_none() => self.lower_branch(&block.block, Some(target)),
            _ => {
                let value = self.lower_tail(expr);
                if let Some(value) = value {
                    self.assign_target(target, value);
                }
            }
        }
    }

    /// The value of control flow, in a variable of its own.
    pub(super) fn lower_flow_value(&mut self, expr: &Expr) -> Operand {
        let span = expr.span();
        let var = self.new_var("t", VarKind::Temp, Ty::Unknown, span);
        self.unassigned.insert(var);
        self.push(span, StmtKind::Declare { var });
        self.lower_into(expr, var);
        Operand::Place(Place::var(var, span))
    }

    /// Lowers an `if`; with a `target`, each branch assigns its value to it.
    pub(super) fn lower_if(&mut self, branch: &ExprIf, target: Option<VarId>) {
        let mut bound = Vec::new();
        let cond = self.lower_cond(&branch.cond, &mut bound);
        let before = self.unassigned.clone();
        let then = self.block(|cx| {
            cx.begin_all_bound(&bound);
            cx.lower_branch(&branch.then_branch, target);
        });
        let after_then = self.assigned_unless_left(&then, before.clone());
        let otherwise = self.block(|cx| match &branch.else_branch {
            None => {}
            Some((_, otherwise)) => match &**otherwise {
                Expr::If(nested) => cx.lower_if(nested, target),
                Expr::Block(block) => cx.lower_branch(&block.block, target),
                other => unreachable!("an `else` is an `if` or a block, not {}", quote::quote!(#other)),
            },
        });
        let after_else = self.assigned_unless_left(&otherwise, before);
        self.merge_unassigned(&[after_then, after_else]);
        self.push(branch.if_token.span(), StmtKind::If { cond, then, otherwise });
    }

    /// Lowers a `match`; with a `target`, each arm assigns its value to it.
    pub(super) fn lower_match(&mut self, choice: &ExprMatch, target: Option<VarId>) {
        let (scrutinee, subject) = self.lower_subject(&choice.expr, true);
        let before = self.unassigned.clone();
        let mut outcomes = Vec::new();
        let mut arms = Vec::new();
        for arm in &choice.arms {
            let (pat, guard) = match &arm.pat {
                Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
                pat => (pat, None),
            };
            let mut guard_code = None;
            let body = self.block(|cx| {
                cx.bind_subject(pat, &subject);
                guard_code = guard.map(|guard| cx.passive_code(guard));
                match target {
                    Some(target) => cx.lower_into(&arm.body, target),
                    None => cx
                        .lower_stmts(&[syn::Stmt::Expr((*arm.body).clone(), Some(Default::default()))], false)
                        .map_or((), |_| ()),
                }
            });
            outcomes.push(self.assigned_unless_left(&body, before.clone()));
            arms.push(MatchArm { pat: pat.clone(), guard: guard_code, body });
        }
        self.merge_unassigned(&outcomes);
        self.push(choice.match_token.span(), StmtKind::Match { scrutinee, arms });
    }

    /// What is still without a value after a block; one that always leaves does not count.
    fn assigned_unless_left(&mut self, block: &crate::ir::Block, before: HashSet<VarId>) -> Option<HashSet<VarId>> {
        let after = std::mem::replace(&mut self.unassigned, before);
        (!block.always_leaves()).then_some(after)
    }

    /// A variable that only some branches assigned has a value or not, depending on the run.
    fn merge_unassigned(&mut self, outcomes: &[Option<HashSet<VarId>>]) {
        let sets: Vec<&HashSet<VarId>> = outcomes.iter().flatten().collect();
        let Some((first, others)) = sets.split_first() else { return };
        for other in others {
            self.unsure.extend(first.symmetric_difference(other));
        }
        let everywhere = first.iter().filter(|var| others.iter().all(|other| other.contains(var)));
        self.unassigned = everywhere.copied().collect();
    }

    fn lower_branch(&mut self, block: &syn::Block, target: Option<VarId>) {
        let value = self.lower_stmts(&block.stmts, target.is_some());
        if let (Some(target), Some(value)) = (target, value) {
            self.assign_target(target, value);
        }
    }

    /// Gives the variable for a value of control flow the value of one branch.
    pub(super) fn assign_target(&mut self, target: VarId, value: Operand) {
        let span = match &value {
            Operand::Place(place) => place.span,
            Operand::Passive(code) => code.span(),
        };
        let value = self.behind_scalar_reference(value, target);
        let ty = self.operand_type(&value);
        if matches!(self.vars[target].ty, Ty::Unknown | Ty::SCALAR) {
            self.vars[target].ty = if ty.deref().is_scalar() { ty.deref().clone() } else { ty };
        }
        if self.is_active(&value) && !self.flows_into_integer(&Place::var(target, span), &value) {
            self.require_active_type(target, span);
            self.vary(target);
        }
        self.unassigned.remove(&target);
        self.push(span, StmtKind::Assign { place: Place::var(target, span), value, init: true });
    }

    /// Control flow that gives a reference to a float gives a copy of the float here: which float it is depends on the run.
    fn behind_scalar_reference(&mut self, value: Operand, target: VarId) -> Operand {
        let ty = self.operand_type(&value);
        if let Operand::Place(place) = &value
            && place.is_var()
            && self.dereferenced.contains(&place.root)
        {
            self.dereferenced.insert(target);
        }
        if !ty.is_ref() || !ty.deref().is_scalar() {
            return value;
        }
        self.dereferenced.insert(target);
        match value {
            Operand::Place(place) => Operand::Place(place.project(Projection::Deref)),
            Operand::Passive(code) => {
                let expr = code.expr;
                Operand::Passive(Code { expr: parse_quote!(*#expr), uses: code.uses })
            }
        }
    }

    /// A condition is a `bool`: no derivative passes through it, but through what its patterns bind. These are handed out
    /// in `bound`.
    pub(super) fn lower_cond(&mut self, cond: &Expr, bound: &mut Vec<(Pat, Vec<VarId>)>) -> Code {
        if self.defs(cond).is_empty() || !find_lets(cond).is_empty() {
            return self.lower_conjuncts(cond, bound, true);
        }
        let var = self.new_var("taken", VarKind::Temp, Ty::Passive, cond.span());
        self.push_passive_let(var, cond);
        self.code_of(var)
    }

    /// Only what is evaluated first can be evaluated before the statement.
    fn lower_conjuncts(&mut self, cond: &Expr, bound: &mut Vec<(Pat, Vec<VarId>)>, first: bool) -> Code {
        match cond {
            Expr::Let(condition) => {
                let (code, subject) = self.lower_subject(&condition.expr, first);
                // A later condition may speak of what this one binds.
                let vars = self.declare_subject(&condition.pat, &subject);
                bound.push(((*condition.pat).clone(), vars));
                let (pat, expr) = (&condition.pat, &code.expr);
                Code { expr: Expr::Let(parse_let(pat, expr)), uses: code.uses }
            }
            Expr::Paren(paren) if has_brace(&paren.expr) => self.passive_code(cond),
            Expr::Paren(paren) => self.lower_conjuncts(&paren.expr, bound, first),
            Expr::Binary(binary) if !find_lets(cond).is_empty() => {
                let left = self.lower_conjuncts(&binary.left, bound, first);
                let right = self.lower_conjuncts(&binary.right, bound, false);
                let both = syn::ExprBinary { left: Box::new(left.expr), right: Box::new(right.expr), ..binary.clone() };
                Code { expr: Expr::Binary(both), uses: [left.uses, right.uses].concat() }
            }
            _ => self.passive_code(cond),
        }
    }

    /// What the patterns of a condition bind begins in the block that it is bound for.
    pub(super) fn begin_all_bound(&mut self, bound: &[(Pat, Vec<VarId>)]) {
        for (pat, vars) in bound {
            self.begin_bound(pat, vars.clone());
        }
    }
}

/// `let pat = expr` as a condition.
pub(super) fn parse_let(pat: &Pat, expr: &Expr) -> syn::ExprLet {
    syn::ExprLet {
        attrs: Vec::new(),
        let_token: Default::default(),
        pat: Box::new(pat.clone()),
        eq_token: Default::default(),
        expr: Box::new(expr.clone()),
    }
}

pub(super) fn find_lets(cond: &Expr) -> Vec<&syn::ExprLet> {
    match cond {
        Expr::Let(found) => vec![found],
        Expr::Binary(binary) => [find_lets(&binary.left), find_lets(&binary.right)].concat(),
        Expr::Paren(paren) => find_lets(&paren.expr),
        _ => Vec::new(),
    }
}

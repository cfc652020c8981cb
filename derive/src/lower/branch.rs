//! `if` and `match`.

use super::{Lower, refuse};
use crate::ir::{Code, MatchArm, Operand, Place, StmtKind, Ty, VarId, VarKind};
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
        let mut bound = None;
        let cond = self.lower_cond(&branch.cond, &mut bound);
        let before = self.unassigned.clone();
        let then = self.block(|cx| {
            cx.declare_bound(bound.as_ref());
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
        let (scrutinee, place) = self.lower_scrutinee(&choice.expr);
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
                cx.bind_arm(pat, place.as_ref());
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

    /// What is matched: passive code, or an active value in a place that does not change.
    fn lower_scrutinee(&mut self, expr: &Expr) -> (Code, Option<Place>) {
        if !self.mentions_active(expr) {
            return (self.passive_code(expr), None);
        }
        let operand = self.lower_expr(super::expr::strip_reference(expr));
        let Operand::Place(place) = self.settle(operand) else {
            return (Code { expr: parse_quote!(()), uses: Vec::new() }, None);
        };
        let expr = self.place_expr(&place);
        (Code { uses: self.uses(&expr), expr }, Some(place))
    }

    fn bind_arm(&mut self, pat: &Pat, place: Option<&Place>) {
        let vars = match place {
            None => self.declare_all(pat),
            Some(place) => self.bind_alias(pat, place, true),
        };
        for var in vars {
            let code = self.code_of(var);
            self.push(pat.span(), StmtKind::Alias { var, code });
        }
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

    /// A condition is a `bool`: no derivative passes through it. The patterns of `if let` are handed out in `bound`.
    pub(super) fn lower_cond(&mut self, cond: &Expr, bound: &mut Option<Vec<Pat>>) -> Code {
        let lets = find_lets(cond);
        if let Some(token) = lets.iter().find(|found| self.mentions_active(&found.expr)) {
            self.errors.on(*token, refuse::expression(&Expr::Let((*token).clone())));
            return Code { expr: parse_quote!(true), uses: Vec::new() };
        }
        if !lets.is_empty() {
            *bound = Some(lets.iter().map(|found| (*found.pat).clone()).collect());
            return self.passive_code(cond);
        }
        if self.defs(cond).is_empty() {
            return self.passive_code(cond);
        }
        let var = self.new_var("taken", VarKind::Temp, Ty::Passive, cond.span());
        self.push_passive_let(var, cond);
        self.code_of(var)
    }

    /// Declares what the patterns of a condition bind, in the block that they are bound for.
    pub(super) fn declare_bound(&mut self, patterns: Option<&Vec<Pat>>) {
        for pat in patterns.into_iter().flatten() {
            self.bind_arm(pat, None);
        }
    }
}

fn find_lets(cond: &Expr) -> Vec<&syn::ExprLet> {
    match cond {
        Expr::Let(found) => vec![found],
        Expr::Binary(binary) => [find_lets(&binary.left), find_lets(&binary.right)].concat(),
        Expr::Paren(paren) => find_lets(&paren.expr),
        _ => Vec::new(),
    }
}

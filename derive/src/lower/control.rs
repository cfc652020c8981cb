//! `if` and `for`.

use super::{Lower, refuse};
use crate::ir::{Code, For, Head, Operand, Place, Projection, StmtKind, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, ExprIf, Pat, parse_quote};

impl Lower {
    /// Lowers an `if`; with a `target`, each branch assigns its value to it.
    pub(super) fn lower_if(&mut self, branch: &ExprIf, target: Option<VarId>) {
        let cond = self.lower_cond(&branch.cond);
        let before = self.unassigned.clone();
        let then = self.block(|cx| cx.lower_branch(&branch.then_branch, target));
        let after_then = std::mem::replace(&mut self.unassigned, before);
        let otherwise = self.block(|cx| match &branch.else_branch {
            None => {}
            Some((_, otherwise)) => match &**otherwise {
                Expr::If(nested) => cx.lower_if(nested, target),
                Expr::Block(block) => cx.lower_branch(&block.block, target),
                other => unreachable!("an `else` is an `if` or a block, not {}", quote::quote!(#other)),
            },
        });
        self.merge_unassigned(after_then);
        self.push(branch.if_token.span(), StmtKind::If { cond, then, otherwise });
    }

    /// A variable that only one branch assigned has a value or not, depending on the run.
    fn merge_unassigned(&mut self, other: std::collections::HashSet<VarId>) {
        let here = std::mem::take(&mut self.unassigned);
        self.unsure.extend(here.symmetric_difference(&other));
        self.unassigned = here.intersection(&other).copied().collect();
    }

    fn lower_branch(&mut self, block: &syn::Block, target: Option<VarId>) {
        let value = self.lower_stmts(&block.stmts, target.is_some());
        if let (Some(target), Some(value)) = (target, value) {
            self.assign_target(target, value);
        }
    }

    /// Gives the variable of an `if` that has a value the value of one branch.
    fn assign_target(&mut self, target: VarId, value: Operand) {
        let span = match &value {
            Operand::Place(place) => place.span,
            Operand::Passive(code) => code.span(),
        };
        let ty = self.operand_type(&value);
        if matches!(self.vars[target].ty, Ty::Unknown | Ty::SCALAR) {
            self.vars[target].ty = if ty.deref().is_scalar() { ty.deref().clone() } else { ty };
        }
        if self.is_active(&value) {
            self.require_active_type(target, span);
            self.vary(target);
        }
        self.unassigned.remove(&target);
        self.push(span, StmtKind::Assign { place: Place::var(target, span), value, init: true });
    }

    /// A condition is a `bool`: no derivative passes through it.
    fn lower_cond(&mut self, cond: &Expr) -> Code {
        if let Some(token) = find_let(cond) {
            self.errors.on(token, refuse::expression(&Expr::Let(token.clone())));
            return Code { expr: parse_quote!(true), uses: Vec::new() };
        }
        if self.defs(cond).is_empty() {
            return self.passive_code(cond);
        }
        let var = self.new_var("taken", VarKind::Temp, Ty::Passive, cond.span());
        self.push_passive_let(var, cond);
        self.code_of(var)
    }

    pub(super) fn lower_for(&mut self, looped: &syn::ExprForLoop) {
        if let Some(label) = &looped.label {
            self.errors.on(label, refuse::LABEL);
        }
        // What the body assigns first may have a value from an earlier trip.
        let unassigned = std::mem::take(&mut self.unassigned);
        self.unsure.extend(&unassigned);
        self.lower_for_head(looped);
        self.unassigned = unassigned;
    }

    fn lower_for_head(&mut self, looped: &syn::ExprForLoop) {
        let (iter, reversed) = match method_of(&looped.expr) {
            Some((inner, "rev")) => (inner, true),
            _ => (strip(&looped.expr), false),
        };
        match iter {
            Expr::Range(range) if range.start.is_some() && range.end.is_some() => {
                self.lower_range_loop(looped, range, reversed);
            }
            _ if is_range_chain(strip(&looped.expr)) => self.lower_recorded_loop(looped),
            _ => self.lower_elements_loop(looped, iter, reversed),
        }
    }

    fn lower_range_loop(&mut self, looped: &syn::ExprForLoop, range: &syn::ExprRange, reversed: bool) {
        let (start, end) = (range.start.as_ref().expect("checked"), range.end.as_ref().expect("checked"));
        let low = self.lower_integer(start, true);
        let high = self.lower_integer(end, true);
        let inclusive = matches!(range.limits, syn::RangeLimits::Closed(_));
        let (start, limits, end) = (&low.expr, &range.limits, &high.expr);
        let mut iter: Expr = parse_quote!(#start #limits #end);
        if reversed {
            iter = parse_quote!((#iter).rev());
        }
        let mut uses = low.uses.clone();
        uses.extend(&high.uses);
        let (var, pat, mutable) = self.loop_variable(&looped.pat);
        let head = Head::Range { var, low, high, inclusive, reversed };
        self.push_loop(looped, head, pat, Code { expr: iter, uses }, |cx| cx.unfreeze(mutable));
    }

    /// A loop whose trips are counted and whose variable is saved.
    fn lower_recorded_loop(&mut self, looped: &syn::ExprForLoop) {
        let iter = self.passive_code(&looped.expr);
        let trips = self.new_var("trips", VarKind::Index, Ty::Passive, looped.for_token.span());
        self.vars[trips].mutable = true;
        let (var, pat, mutable) = self.loop_variable(&looped.pat);
        let head = Head::Recorded { var, trips };
        self.push_loop(looped, head, pat, iter, |cx| cx.unfreeze(mutable));
    }

    /// The variable of a loop over integers: as bound by the header, the pattern to write, and the user's own variable
    /// where that is `mut` and therefore a copy.
    fn loop_variable(&mut self, pat: &Pat) -> (Option<VarId>, Pat, Option<(VarId, VarId)>) {
        match pat {
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                let mutable = ident.mutability.is_some();
                let var = self.declare(&ident.ident, mutable, None, Ty::Passive);
                if !mutable {
                    return (Some(var), pat.clone(), None);
                }
                let fixed = self.new_var(&ident.ident.to_string(), VarKind::Index, Ty::Passive, ident.ident.span());
                let name = &self.vars[fixed].name;
                (Some(fixed), parse_quote!(#name), Some((var, fixed)))
            }
            Pat::Wild(_) => (None, pat.clone(), None),
            Pat::Paren(paren) => self.loop_variable(&paren.pat),
            other => {
                self.errors.on(other, "this pattern is not supported in a loop over a range: use a plain name");
                (None, parse_quote!(_), None)
            }
        }
    }

    /// `let mut i = i_1;` at the head of a loop's body.
    fn unfreeze(&mut self, variable: Option<(VarId, VarId)>) {
        if let Some((var, fixed)) = variable {
            let name = self.vars[fixed].name.clone();
            self.push_passive_let(var, &parse_quote!(#name));
        }
    }

    fn push_loop(&mut self, looped: &syn::ExprForLoop, head: Head, pat: Pat, iter: Code, open: impl FnOnce(&mut Self)) {
        let body = self.block(|cx| {
            open(cx);
            cx.lower_stmts(&looped.body.stmts, false);
        });
        self.push(looped.for_token.span(), StmtKind::For(For { head, pat, iter, body }));
    }

    fn lower_elements_loop(&mut self, looped: &syn::ExprForLoop, iter: &Expr, reversed: bool) {
        let Some(elements) = self.elements_of(iter) else {
            self.errors.on(&looped.expr, "this iterator is not supported where the loop carries derivatives: loop over a range of indices, or over a slice by reference (`for v in &xs`, `xs.iter()`, with `enumerate()`)");
            return;
        };
        let Elements { place, by_value, enumerated } = elements;
        let (index_pat, elem_pat) = match (enumerated, strip_pat(&looped.pat)) {
            (false, pat) => (None, pat),
            (true, Pat::Tuple(tuple)) if tuple.elems.len() == 2 => (Some(&tuple.elems[0]), &tuple.elems[1]),
            (true, other) => {
                self.errors.on(other, "take the pair of `enumerate()` apart here: `for (i, x) in …`");
                return;
            }
        };
        let index = match index_pat {
            Some(Pat::Ident(ident)) if ident.mutability.is_none() => {
                self.declare(&ident.ident, false, None, Ty::Passive)
            }
            None | Some(Pat::Wild(_)) => self.new_var("k", VarKind::Index, Ty::Passive, looped.for_token.span()),
            Some(other) => {
                self.errors.on(other, "use a plain name for the index");
                return;
            }
        };
        let elem = Place { span: elem_pat.span(), ..place.clone() }.project(Projection::Index(self.code_of(index)));
        let aliases = self.bind_alias(elem_pat, &elem, by_value);
        let head = Head::Elements { place: place.clone(), index, reversed };
        let code = Code { uses: self.uses(&looped.expr), expr: (*looped.expr).clone() };
        self.push_loop(looped, head, (*looped.pat).clone(), code, |cx| {
            for var in aliases {
                let code = cx.code_of(var);
                cx.push(elem_pat.span(), StmtKind::Alias { var, code });
            }
        });
    }

    /// The slice or array that an iterator runs over.
    fn elements_of(&mut self, iter: &Expr) -> Option<Elements> {
        match method_of(iter) {
            Some((inner, "enumerate")) => {
                let elements = self.elements_of(inner)?;
                (!elements.enumerated).then_some(Elements { enumerated: true, ..elements })
            }
            Some((inner, "copied" | "cloned")) => {
                let elements = self.elements_of(inner)?;
                (!elements.enumerated && !elements.by_value).then_some(Elements { by_value: true, ..elements })
            }
            Some((inner, "iter" | "iter_mut")) => {
                let place = self.lower_place(super::expr::strip_reference(inner), true)?;
                Some(Elements { place, by_value: false, enumerated: false })
            }
            Some(_) => None,
            None => match strip(iter) {
                Expr::Reference(reference) => {
                    let place = self.lower_place(&reference.expr, true)?;
                    Some(Elements { place, by_value: false, enumerated: false })
                }
                other => {
                    let place = self.lower_place(other, true)?;
                    match self.vars.ty(&place) {
                        Ty::Ref { .. } => Some(Elements { place, by_value: false, enumerated: false }),
                        Ty::Array(elem, _) if *elem != Ty::Unknown && !elem.is_ref() => {
                            Some(Elements { place, by_value: true, enumerated: false })
                        }
                        _ => None,
                    }
                }
            },
        }
    }
}

struct Elements {
    place: Place,
    /// The loop's variable is the element itself, not a reference to it.
    by_value: bool,
    enumerated: bool,
}

/// The receiver and the name of a method call without arguments.
fn method_of(expr: &Expr) -> Option<(&Expr, &'static str)> {
    const NAMES: [&str; 6] = ["rev", "enumerate", "copied", "cloned", "iter", "iter_mut"];
    let Expr::MethodCall(call) = strip(expr) else { return None };
    let name = NAMES.iter().find(|name| call.method == name).copied().unwrap_or("other");
    Some((strip(&call.receiver), name))
}

/// Whether this is a range with adaptors that keep its items integers.
fn is_range_chain(expr: &Expr) -> bool {
    match expr {
        Expr::Range(range) => range.start.is_some(),
        Expr::Paren(paren) => is_range_chain(&paren.expr),
        Expr::MethodCall(call) => {
            let keeps = ["step_by", "rev", "take", "skip"].iter().any(|name| call.method == name);
            keeps && is_range_chain(&call.receiver)
        }
        _ => false,
    }
}

fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => strip(&paren.expr),
        Expr::Group(group) => strip(&group.expr),
        other => other,
    }
}

fn strip_pat(pat: &Pat) -> &Pat {
    match pat {
        Pat::Paren(paren) => strip_pat(&paren.pat),
        other => other,
    }
}

fn find_let(cond: &Expr) -> Option<&syn::ExprLet> {
    match cond {
        Expr::Let(found) => Some(found),
        Expr::Binary(binary) => find_let(&binary.left).or_else(|| find_let(&binary.right)),
        Expr::Paren(paren) => find_let(&paren.expr),
        _ => None,
    }
}

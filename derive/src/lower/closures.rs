//! Closures that are bound by `let` and called: each call is the closure's body in place.
//!
//! A closure that carries no derivative and is called with none stays as it is written.

use super::chains::leaves;
use super::{Lower, refuse};
use crate::ir::{Operand, Ty, VarId};
use crate::resolve;
use syn::{Expr, ExprCall, ExprClosure, Pat, PatIdent, Stmt, parse_quote};

/// Closures that call closures twice each double their calls with every level.
const MOST_CALLS_IN_PLACE: usize = 1000;

/// And each of those that are within each other takes its part of the stack.
const MOST_CALLS_AROUND: usize = 40;

impl Lower {
    /// `let f = |x| …;`; `false` if it is plain Rust.
    pub(super) fn lower_closure_let(&mut self, ident: &PatIdent, closure: &ExprClosure, stmt: &Stmt) -> bool {
        let whole = Expr::Closure(closure.clone());
        let carries = self.mentions_active(&whole) || self.changes_active(&self.defs(&whole));
        let active = self.called_before.get(&ident.ident.to_string()).copied().unwrap_or(0);
        if !carries && active == 0 {
            self.plain_closures.insert(ident.ident.to_string());
            return false;
        }
        let mentions = self.mentions(&ident.ident);
        let stays = !carries && mentions > active + 1;
        let var = self.declare(&ident.ident, false, None, Ty::Unknown);
        if stays {
            self.push_passive_let(var, &whole);
        }
        if carries {
            self.vary(var);
        }
        if leaves(closure) {
            self.refuse_closure(stmt, refuse::LEAVING_CLOSURE);
            self.refused.insert(var);
        } else if closure.capture.is_some() && self.captures_what_changes(closure) {
            self.refuse_closure(stmt, refuse::MOVED_CAPTURE);
            self.refused.insert(var);
        }
        self.closures.insert(var, closure.clone());
        true
    }

    fn refuse_closure(&mut self, stmt: &Stmt, message: &str) {
        let Stmt::Local(local) = stmt else { return };
        let init = local.init.as_ref().map(|init| &init.expr);
        self.errors.on(&init, message);
    }

    /// A `move` closure has copies of what it captures, which its body in place would not have.
    fn captures_what_changes(&self, closure: &ExprClosure) -> bool {
        self.uses(&closure.body).iter().any(|&var| self.may_change(var))
    }

    /// The closure that a call calls.
    pub(super) fn closure_of(&self, func: &Expr) -> Option<VarId> {
        self.var_of(func).filter(|var| self.closures.contains_key(var))
    }

    /// Whether a call is of a closure that was taken for plain Rust. The next round knows better.
    pub(super) fn note_plain_closure(&mut self, func: &Expr) -> bool {
        let Some(var) = self.var_of(func) else { return false };
        let name = self.vars[var].name.to_string();
        let plain = self.plain_closures.contains(&name);
        if plain {
            *self.called.entry(name).or_default() += 1;
        }
        plain
    }

    /// A call of a closure, in place.
    pub(super) fn lower_closure_call(&mut self, call: &ExprCall, var: VarId) -> Operand {
        // Also where it was refused: else the next round would take it for plain Rust again, and the one after not.
        *self.called.entry(self.vars[var].name.to_string()).or_default() += 1;
        if self.refused.contains(&var) {
            return self.unit();
        }
        self.calls_in_place += 1;
        if self.calls_in_place > MOST_CALLS_IN_PLACE || self.calls_around == MOST_CALLS_AROUND {
            if self.errors.is_empty() {
                self.errors.on(&call.func, refuse::CLOSURES_WITHOUT_END);
            }
            return self.unit();
        }
        self.calls_around += 1;
        let value = self.lower_call_in_place(call, var);
        self.calls_around -= 1;
        value
    }

    fn lower_call_in_place(&mut self, call: &ExprCall, var: VarId) -> Operand {
        let mut closure = self.closures[&var].clone();
        resolve::rename_bindings(&mut closure, &mut self.names);
        let lets = closure.inputs.iter().zip(&call.args).map(|(input, arg)| -> Stmt {
            match input {
                Pat::Type(typed) => {
                    let (pat, ty) = (&typed.pat, &typed.ty);
                    parse_quote!(let #pat: #ty = #arg;)
                }
                pat => parse_quote!(let #pat = #arg;),
            }
        });
        let lets: Vec<Stmt> = lets.collect();
        let body = &closure.body;
        let is_statement = match &**body {
            Expr::Assign(_) | Expr::ForLoop(_) | Expr::While(_) => true,
            Expr::Binary(binary) => crate::ir::code::is_compound(&binary.op),
            _ => false,
        };
        match is_statement {
            true => self.lower_expr(&parse_quote!({ #(#lets)* #body; })),
            false => self.lower_expr(&parse_quote!({ #(#lets)* #body })),
        }
    }
}

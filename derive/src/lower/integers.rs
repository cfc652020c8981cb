//! Integers among active values: parts of structs, whose types are not known here.
//!
//! What such a part is used for tells that it is an integer: see [`Hints`](super::hints::Hints) and `infer`. It is then
//! kept as passive code, and where that is a guess, the generated code has the compiler check it.

use super::{Lower, effects, jumps};
use crate::ir::{Code, Operand, Place, Projection, Stmt, StmtKind, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, parse_quote};

impl Lower {
    /// Whether `expr` is an integer that is computed from parts of active values, such as `b.id + 1`. It is kept as it is
    /// written, if it does nothing that must be lowered.
    pub(super) fn is_integer_code(&self, expr: &Expr) -> bool {
        let is_place = matches!(expr, Expr::Path(_) | Expr::Field(_) | Expr::Index(_));
        !is_place
            && *self.infer(expr).deref() == Ty::Passive
            && !super::jumps::jumps(expr)
            && !self.changes_active(&self.defs(expr))
    }

    /// Binds an integer to a temporary of which the compiler checks that it is one.
    pub(super) fn bind_integer(&mut self, expr: &Expr) -> Operand {
        let var = self.new_var("t", VarKind::Temp, Ty::Passive, expr.span());
        self.vars[var].assumed = self.is_unknown(expr);
        self.push_passive_let(var, expr);
        Operand::Passive(self.code_of(var))
    }

    /// An active value of unknown type that flows into an integer is one, which the generated code has the compiler check.
    pub(super) fn flows_into_integer(&mut self, place: &Place, value: &Operand) -> bool {
        if place.is_var() && *self.operand_type(value).deref() == Ty::Unknown {
            self.take_hint(place.root);
        }
        let flows = *self.vars.ty(place).deref() == Ty::Passive && *self.operand_type(value).deref() == Ty::Unknown;
        if flows && place.is_var() {
            self.vars[place.root].assumed |= self.vars[place.root].annotation.is_none();
        }
        flows
    }

    /// A variable of unknown type that gets its value from something active, and is used as an integer somewhere, is one.
    /// The generated code has the compiler check that.
    pub(super) fn take_hint(&mut self, var: VarId) {
        if !self.hints.is_integer(&self.vars[var].name) {
            return;
        }
        match &mut self.vars[var].ty {
            Ty::Ref { to, .. } if **to == Ty::Unknown => **to = Ty::Passive,
            ty if *ty == Ty::Unknown => *ty = Ty::Passive,
            _ => return,
        }
        self.vars[var].assumed = true;
    }

    /// Whether a variable is an integer, by its value, by its annotation, or by what is done with it, so that its value is
    /// kept as it is written.
    pub(super) fn is_integer_let(&self, ident: &syn::PatIdent, init: &Expr, annotation: Option<&syn::Type>) -> bool {
        if self.changes_active(&self.defs(init)) || jumps::jumps(init) {
            return false;
        }
        match annotation.map(Ty::from_syn) {
            Some(ty) => ty == Ty::Passive,
            None => {
                self.is_integer_code(init) || (self.hints.is_integer(&ident.ident) && self.infer(init) == Ty::Unknown)
            }
        }
    }

    pub(super) fn lower_let_integer(&mut self, ident: &syn::PatIdent, init: &Expr, annotation: Option<&syn::Type>) {
        let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, Ty::Passive);
        self.vars[var].assumed = annotation.is_none() && self.is_unknown(init);
        self.push_passive_let(var, init);
    }

    /// Whether an integer variable, that has a value already, gets a new one from `right`.
    pub(super) fn is_integer_assignment(&self, left: &Expr, right: &Expr) -> bool {
        let of_integer = |var| self.vars[var].ty == Ty::Passive && !self.unassigned.contains(&var);
        self.var_of(left).is_some_and(of_integer) && self.can_be_integer(right)
    }

    /// Has the compiler check that a variable which takes something of unknown type is an integer.
    pub(super) fn note_integer(&mut self, left: &Expr, right: &Expr) {
        if let Some(var) = self.var_of(left).filter(|_| self.mentions_active(right)) {
            self.vars[var].assumed |= self.vars[var].annotation.is_none();
        }
    }

    /// Whether `right` is no float, as far as can be seen, and can be kept as it is written.
    pub(super) fn can_be_integer(&self, right: &Expr) -> bool {
        let may_be = || matches!(self.infer(right).deref(), Ty::Passive | Ty::Unknown);
        !jumps::jumps(right) && !self.changes_active(&self.defs(right)) && (!self.mentions_active(right) || may_be())
    }

    /// Whether a part of unknown type is added to an integer, and so is one.
    pub(super) fn is_integer_part(&self, left: &Expr, right: &Expr) -> bool {
        let is_unknown =
            self.known_place(left).is_some_and(|place| !place.is_var() && self.vars.ty(&place) == Ty::Unknown);
        is_unknown && *self.infer(right).deref() == Ty::Passive && !jumps::jumps(right)
    }

    /// `part += 1` as `part = part + 1`, where the compiler checks that the sum is an integer.
    pub(super) fn lower_integer_compound(&mut self, binary: &syn::ExprBinary) {
        let op = effects::compound(&binary.op).expect("the caller saw a compound assignment");
        let op: syn::BinOp = syn::parse_str(op).expect("it is an operator");
        let (left, right) = (&binary.left, &binary.right);
        let value = self.bind_integer(&syn::parse_quote!(#left #op (#right)));
        self.assign(left, value);
    }

    /// Has the compiler check that a part of a value is an integer. That is so everywhere if it is so anywhere, whatever
    /// its indices, so it is asked at the head of the function where it can be.
    pub(super) fn assert_integer(&mut self, place: &Place) {
        let mut place = self.vars.resolve(place);
        for projection in &mut place.projections {
            match projection {
                Projection::Index(code) => *code = Code { expr: parse_quote!(0), uses: Vec::new() },
                Projection::Range(code) => *code = Code { expr: parse_quote!(..), uses: Vec::new() },
                _ => {}
            }
        }
        let (expr, root) = (self.place_expr(&place), place.root);
        if !self.asserted.insert(quote::quote!(#expr).to_string()) {
            return;
        }
        let check = crate::paths::private_at("discrete_part", place.span);
        let code = syn::parse_quote_spanned!(place.span=> #check(|| &#expr););
        let kind = StmtKind::Passive { code, uses: vec![root], defs: Vec::new(), declares: Vec::new() };
        if self.vars[root].kind == VarKind::Param {
            let id = self.next_stmt_id();
            self.open[0].stmts.insert(0, Stmt { id, span: place.span, kind });
        } else {
            self.push(place.span, kind);
        }
    }
}

//! Statements.

use super::branch::parse_let;
use super::{Lower, effects, jumps, refuse};
use crate::desugar::alone;
use crate::ir::{Code, Operand, Place, StmtKind, Ty, VarKind};
use crate::known;
use crate::rules;
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Expr, Pat, Stmt};

impl Lower {
    /// Lowers statements in order; with `value`, the last may be the value of all.
    pub(super) fn lower_stmts(&mut self, stmts: &[Stmt], value: bool) -> Option<Operand> {
        self.depth += 1;
        let operand = self.lower_each(stmts, value);
        self.depth -= 1;
        operand
    }

    fn lower_each(&mut self, stmts: &[Stmt], value: bool) -> Option<Operand> {
        for (at, stmt) in stmts.iter().enumerate() {
            let last = at + 1 == stmts.len();
            match stmt {
                Stmt::Expr(expr, None) if last && value => return self.lower_tail(expr),
                Stmt::Expr(expr, _) => self.lower_stmt_expr(expr, stmt),
                Stmt::Local(local) => self.lower_local(local, stmt),
                Stmt::Item(item) => self.hoist(item, stmts),
                Stmt::Macro(mac) => self.lower_stmt_macro(mac, stmt),
            }
        }
        None
    }

    pub(super) fn lower_tail(&mut self, expr: &Expr) -> Option<Operand> {
        match expr {
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
                self.lower_stmt_expr(expr, &syn::parse_quote!(#expr;));
                None
            }
            Expr::Macro(mac) if known::is_diverging_macro(&mac.mac.path) => {
                let stmt = syn::parse_quote!(#expr;);
                self.push_passive(&stmt);
                None
            }
            _ => Some(self.lower_expr(expr)),
        }
    }

    fn lower_stmt_macro(&mut self, mac: &syn::StmtMacro, stmt: &Stmt) {
        if known::is_looking_macro(&mac.mac.path) {
            self.push_passive(stmt);
        } else {
            self.errors.on(&mac.mac.path, refuse::UNKNOWN_MACRO);
        }
    }

    /// Keeps a statement as it is.
    pub(super) fn push_passive(&mut self, stmt: &Stmt) {
        self.check_passive_stmt(stmt);
        // As the last of its block it may lack the semicolon that it needs where more follows.
        let stmt = &match stmt {
            Stmt::Expr(expr, None) => Stmt::Expr(expr.clone(), Some(Default::default())),
            Stmt::Macro(mac) => Stmt::Macro(syn::StmtMacro { semi_token: Some(Default::default()), ..mac.clone() }),
            other => other.clone(),
        };
        let mut stmt = stmt.clone();
        self.drop_dereferences(&mut |dropper| dropper.visit_stmt_mut(&mut stmt));
        let stmt = &stmt;
        let (uses, defs) = (self.uses(stmt), self.stmt_defs(stmt));
        self.unassigned.retain(|var| !defs.contains(var));
        self.push(stmt.span(), StmtKind::Passive { code: stmt.clone(), uses, defs, declares: Vec::new() });
    }

    fn lower_stmt_expr(&mut self, expr: &Expr, stmt: &Stmt) {
        if let Expr::Assign(assign) = expr
            && self.var_of(&assign.left).is_some_and(|var| self.unassigned.contains(&var))
        {
            return self.lower_assign(assign);
        }
        let active = self.stmt_mentions_active(stmt) || self.changes_active(&self.stmt_defs(stmt));
        if !active && !jumps::jumps(expr) {
            return self.push_passive(stmt);
        }
        match expr {
            Expr::Paren(paren) => self.lower_stmt_expr(&paren.expr, stmt),
            Expr::Group(group) => self.lower_stmt_expr(&group.expr, stmt),
            Expr::Assign(assign) => self.lower_assign(assign),
            Expr::Binary(binary) if effects::compound(&binary.op).is_some() => self.lower_compound(binary),
            Expr::If(branch) => self.lower_if(branch, None),
            Expr::Match(choice) => self.lower_match(choice, None),
            Expr::ForLoop(looped) => self.lower_for(looped),
            Expr::While(looped) => self.lower_while(looped),
            Expr::Loop(looped) => self.lower_endless_loop(looped, None),
            Expr::Return(exit) => self.lower_return(exit),
            Expr::Break(exit) => self.lower_break(exit),
            Expr::Continue(exit) => self.lower_continue(exit),
            Expr::Block(block) if block.label.is_none() => {
                self.lower_stmts(&block.block.stmts, false);
            }
            Expr::MethodCall(call) if self.lower_method_stmt(call) => {}
            Expr::Macro(mac) if known::is_looking_macro(&mac.mac.path) => self.push_passive(stmt),
            Expr::Unsafe(_) | Expr::Block(_) => {
                self.refuse(expr);
            }
            other => {
                self.lower_expr(other);
            }
        }
    }

    fn lower_local(&mut self, local: &syn::Local, stmt: &Stmt) {
        for attr in local.attrs.iter().filter(|attr| attr.path().is_ident("cfg")) {
            self.errors.on(attr, "`#[cfg]` on a statement is not supported yet: put it on the function");
        }
        let Some(init) = &local.init else { return self.lower_declaration(&local.pat) };
        if init.diverge.is_some() {
            return self.lower_let_else(local, stmt);
        }
        self.lower_let(&local.pat, &init.expr, None, stmt);
    }

    /// `let y;`
    fn lower_declaration(&mut self, pat: &Pat) {
        let (pat, annotation) = match pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            other => (other, None),
        };
        if let (Pat::Tuple(tuple), None) = (pat, annotation) {
            return tuple.elems.iter().for_each(|part| self.lower_declaration(part));
        }
        let Pat::Ident(ident) = pat else {
            return self.errors.on(pat, "declare one variable at a time: `let x; let y;`");
        };
        let ty = annotation.map_or(Ty::Unknown, Ty::from_syn);
        let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
        self.unassigned.insert(var);
        self.push(ident.span(), StmtKind::Declare { var });
    }

    fn lower_let_else(&mut self, local: &syn::Local, stmt: &Stmt) {
        let init = local.init.as_ref().expect("a `let … else` has a value");
        let (_, diverge) = init.diverge.as_ref().expect("it has an `else`");
        if self.mentions_active(&init.expr) {
            if !self.lower_let_slice_else(local, &init.expr, diverge, stmt) {
                self.lower_let_else_active(&local.pat, &init.expr, diverge, stmt);
            }
            return;
        }
        let (pat, value) = (&local.pat, &init.expr);
        let otherwise = self.lower_diverging(diverge);
        let condition = match pat {
            Pat::Type(typed) => {
                let (pat, ty) = (&typed.pat, &typed.ty);
                let value: Expr = syn::parse_quote!({ let value: #ty = #value; value });
                self.let_condition(pat, &value)
            }
            pat => self.let_condition(pat, value),
        };
        let defs = self.defs(value);
        if !defs.is_empty() {
            // What the value changes is changed in a statement that says so.
            let var = self.new_var("t", VarKind::Temp, Ty::Unknown, stmt.span());
            self.push_passive_let(var, value);
            let name = self.vars[var].name.clone();
            let condition = self.let_condition(pat, &syn::parse_quote!(#name));
            let declares = self.declare_all(pat);
            return self.push(stmt.span(), StmtKind::LetElse { condition, declares, otherwise });
        }
        let declares = self.declare_all(pat);
        self.push(stmt.span(), StmtKind::LetElse { condition, declares, otherwise });
    }

    /// The names stay known after the statement, so those that are bound by value are copies.
    fn lower_let_else_active(&mut self, pat: &Pat, value: &Expr, diverge: &Expr, stmt: &Stmt) {
        let pat = match pat {
            Pat::Type(typed) => &typed.pat,
            pat => pat,
        };
        let (code, subject) = self.lower_subject(value, true);
        let otherwise = self.lower_diverging(diverge);
        let condition = Code { expr: Expr::Let(parse_let(pat, &code.expr)), uses: code.uses };
        let vars = self.declare_subject(pat, &subject);
        self.push(stmt.span(), StmtKind::LetElse { condition, declares: Vec::new(), otherwise });
        self.begin_bound(pat, vars);
    }

    pub(super) fn lower_diverging(&mut self, diverge: &Expr) -> crate::ir::Block {
        let before = self.unassigned.clone();
        let otherwise = self.block(|cx| {
            let stmts: Vec<Stmt> = vec![Stmt::Expr(diverge.clone(), Some(Default::default()))];
            cx.lower_stmts(&stmts, false);
        });
        self.unassigned = before;
        otherwise
    }

    fn let_condition(&mut self, pat: &Pat, value: &Expr) -> Code {
        self.check_passive(value);
        let expr = Expr::Let(parse_let(pat, value));
        Code { uses: self.uses(value), expr }
    }

    /// A passive `let` with a pattern.
    fn push_passive_local(&mut self, pat: &Pat, stmt: &Stmt) {
        let (uses, defs) = (self.uses(stmt), self.stmt_defs(stmt));
        let declares = self.declare_all(pat);
        self.push(stmt.span(), StmtKind::Passive { code: stmt.clone(), uses, defs, declares });
    }

    fn lower_let(&mut self, pat: &Pat, init: &Expr, annotation: Option<&syn::Type>, stmt: &Stmt) {
        match (pat, init) {
            (Pat::Type(typed), _) => return self.lower_let(&typed.pat, init, Some(&typed.ty), stmt),
            (Pat::Paren(paren), _) => return self.lower_let(&paren.pat, init, annotation, stmt),
            (_, Expr::Paren(paren)) => return self.lower_let(pat, &paren.expr, annotation, stmt),
            (Pat::Ident(ident), Expr::Closure(closure)) if self.lower_closure_let(ident, closure, stmt) => return,
            (Pat::Tuple(parts), Expr::Tuple(values)) if matches_up(parts, values) => {
                return self.lower_let_each(parts, values, annotation);
            }
            (_, Expr::Reference(reference)) => {
                if let Some(place) = self.lower_place(&reference.expr, true) {
                    return self.lower_let_alias(pat, reference, place, stmt);
                }
                if self.mentions_active(init) {
                    return self.lower_let_reference(pat, reference);
                }
            }
            _ => {}
        }
        if self.lower_let_access(pat, init, annotation) {
            return;
        }
        if let (Pat::Tuple(_) | Pat::Slice(_) | Pat::Struct(_) | Pat::TupleStruct(_), Some(place)) =
            (pat, self.known_place(init))
            && let Ty::Ref { mutable, .. } = self.vars.ty(&place)
            && let Some(place) = self.lower_place(init, true)
        {
            let place = place.project(crate::ir::Projection::Deref);
            let vars = self.bind_reference_to(pat, &place, false, mutable);
            let uses = self.uses(&stmt);
            return self
                .push(stmt.span(), StmtKind::Passive { code: stmt.clone(), uses, defs: Vec::new(), declares: vars });
        }
        if self.mentions_active(init) || self.changes_active(&self.defs(init)) || jumps::jumps(init) {
            if let Pat::Ident(ident) = pat
                && ident.by_ref.is_none()
                && ident.subpat.is_none()
                && self.is_integer_let(ident, init, annotation)
            {
                return self.lower_let_integer(ident, init, annotation);
            }
            return self.lower_let_active(pat, init, annotation);
        }
        self.lower_let_passive(pat, init, annotation, stmt);
    }

    fn lower_let_passive(&mut self, pat: &Pat, init: &Expr, annotation: Option<&syn::Type>, stmt: &Stmt) {
        if self.is_passive_reference(init)
            && let Some(place) = self.lower_place(init, true)
        {
            return self.bind(pat, Operand::Place(place), None);
        }
        match pat {
            Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                let known = annotation.map_or(Ty::Unknown, Ty::from_syn);
                let ty = if known == Ty::Unknown { self.infer_certain(init) } else { known };
                let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
                self.push_passive_let(var, init);
            }
            _ => {
                self.check_passive_stmt(stmt);
                self.push_passive_local(pat, stmt);
            }
        }
    }

    /// `let (a, b) = (x, y);` is `let a = x; let b = y;`: no name on the left is one on the right any more.
    fn lower_let_each(&mut self, parts: &syn::PatTuple, values: &syn::ExprTuple, annotation: Option<&syn::Type>) {
        for (at, (part, value)) in parts.elems.iter().zip(&values.elems).enumerate() {
            let annotation = match annotation {
                Some(syn::Type::Tuple(types)) => types.elems.iter().nth(at),
                _ => None,
            };
            let ty = annotation.map(|ty| quote::quote!(: #ty));
            let part = alone(part);
            let stmt = syn::parse_quote!(let #part #ty = #value;);
            self.lower_let(&part, value, annotation, &stmt);
        }
    }

    /// A variable or a part of one that is known to be a reference.
    fn is_passive_reference(&self, init: &Expr) -> bool {
        self.known_place(init).is_some_and(|place| self.vars.ty(&place).is_ref())
    }

    fn lower_let_active(&mut self, pat: &Pat, init: &Expr, annotation: Option<&syn::Type>) {
        if let (Pat::Ident(ident), Expr::If(_) | Expr::Match(_) | Expr::Loop(_)) = (pat, init) {
            let ty = annotation.map_or(Ty::Unknown, Ty::from_syn);
            let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
            self.unassigned.insert(var);
            self.push(ident.span(), StmtKind::Declare { var });
            return self.lower_into(init, var);
        }
        let operand = self.lower_expr(init);
        if let (Pat::Ident(ident), Some(_)) = (pat, self.closure_of(init)) {
            // It was refused just now, and is not refused again where it is called.
            let var = self.declare(&ident.ident, false, None, Ty::Unknown);
            self.refused.insert(var);
            return;
        }
        match operand {
            Operand::Passive(code) => {
                let (expr, ty) = (code.expr, annotation.map(|ty| quote::quote!(: #ty)));
                let stmt = syn::parse_quote!(let #pat #ty = #expr;);
                // Some code is kept although it may change something: that is for its checks to refuse.
                if self.changes_active(&self.defs(&expr)) {
                    self.lower_let_passive(pat, &expr, annotation, &stmt);
                } else {
                    self.lower_let(pat, &expr, annotation, &stmt);
                }
            }
            active => self.bind(pat, active, annotation),
        }
    }

    /// `let row = &w[i..j];`: `row` is another name of the place.
    fn lower_let_alias(&mut self, pat: &Pat, reference: &syn::ExprReference, place: Place, stmt: &Stmt) {
        if let Pat::Ident(ident) = pat
            && ident.mutability.is_some()
        {
            return self.errors.on(ident, refuse::REFERENCE);
        }
        if let Pat::Reference(copied) = pat
            && self.may_change(self.vars.root(&place))
        {
            // The names are of copies, which stay what they are when the place changes.
            return self.bind(&copied.pat, Operand::Place(place), None);
        }
        let mutable = reference.mutability.is_some();
        let vars = self.bind_reference_to(pat, &place, false, mutable);
        match (&vars[..], pat) {
            ([var], Pat::Ident(_)) => {
                let inner = self.place_expr(&place);
                let mutability = &reference.mutability;
                let expr: Expr = syn::parse_quote!(&#mutability #inner);
                let code = Code { uses: self.uses(&expr), expr };
                self.push(stmt.span(), StmtKind::Alias { var: *var, code });
            }
            _ => {
                // The pattern takes the reference apart; its names are aliases, and the statement binds them.
                let uses = self.uses(&stmt);
                self.push(
                    stmt.span(),
                    StmtKind::Passive { code: stmt.clone(), uses, defs: Vec::new(), declares: vars },
                );
            }
        }
    }

    /// `let r = &[x, y];`: the value gets a name first.
    fn lower_let_reference(&mut self, pat: &Pat, reference: &syn::ExprReference) {
        let operand = self.lower_expr(&reference.expr);
        let Operand::Place(place) = self.settle(operand) else { return };
        if reference.mutability.is_some() {
            self.errors.on(
                reference,
                "a mutable reference to a temporary is not supported: bind the value with `let mut` first",
            );
        }
        let name = self.vars[place.root].name.clone();
        let stmt: Stmt = syn::parse_quote!(let #pat = &#name;);
        self.lower_let_alias(pat, reference, place, &stmt);
    }

    fn lower_assign(&mut self, assign: &syn::ExprAssign) {
        match &*assign.left {
            Expr::Tuple(tuple) => self.lower_destructuring(&tuple.elems.iter().collect::<Vec<_>>(), assign),
            Expr::Array(array) => self.lower_destructuring(&array.elems.iter().collect::<Vec<_>>(), assign),
            Expr::Infer(_) => {
                self.lower_expr(&assign.right);
            }
            left if self.is_integer_assignment(left, &assign.right) => {
                self.note_integer(left, &assign.right);
                self.push_passive(&syn::parse_quote!(#assign;));
            }
            left => match self.passive_part(left, &assign.right) {
                Some(place) => self.push_passive_part(&place, &Expr::Assign(assign.clone())),
                None => {
                    let value = self.lower_expr(&assign.right);
                    let value = self.settle_before(left, value);
                    self.assign(left, value);
                }
            },
        }
    }

    /// `(a, b) = (b, a);`
    fn lower_destructuring(&mut self, targets: &[&Expr], assign: &syn::ExprAssign) {
        let elems: Vec<&Expr> = match &*assign.right {
            Expr::Tuple(tuple) => tuple.elems.iter().collect(),
            Expr::Array(array) => array.elems.iter().collect(),
            _ => Vec::new(),
        };
        if elems.len() == targets.len() {
            let values = self.lower_operands(&elems);
            let settled: Vec<Operand> = values.into_iter().map(|value| self.settle(value)).collect();
            for (target, value) in targets.iter().zip(settled) {
                self.assign(target, value);
            }
            return;
        }
        let Operand::Place(whole) = self.lower_expr(&assign.right) else {
            return self.errors.on(&assign.right, "bind this value to a name first, then assign its parts");
        };
        for (at, target) in targets.iter().enumerate() {
            let index = syn::Index { index: at as u32, span: target.span() };
            let part = match &*assign.left {
                Expr::Array(_) => {
                    crate::ir::Projection::Index(Code { expr: syn::parse_quote!(#index), uses: Vec::new() })
                }
                _ => crate::ir::Projection::Field(syn::Member::Unnamed(index)),
            };
            let value = self.settle(Operand::Place(whole.clone().project(part)));
            self.assign(target, value);
        }
    }

    /// Keeps an assignment to a part that cannot carry a derivative, of something that does.
    fn push_passive_part(&mut self, place: &Place, expr: &Expr) {
        self.check_passive_part(expr);
        let root = self.vars.root(place);
        let (uses, mut defs) = (self.uses(expr), self.defs(expr));
        defs.retain(|&var| var != root);
        defs.push(root);
        let code = syn::parse_quote!(#expr;);
        self.push(expr.span(), StmtKind::Passive { code, uses, defs, declares: Vec::new() });
    }

    /// The part of an active variable that `left` denotes, if it can carry no derivative and nor can `right`.
    fn passive_part(&self, left: &Expr, right: &Expr) -> Option<Place> {
        let place = self.known_place(left)?;
        let passive = self.vars.ty(&place).is_passive() && !place.is_var() && self.can_be_integer(right);
        passive.then_some(place)
    }

    pub(super) fn assign(&mut self, left: &Expr, value: Operand) {
        if matches!(left, Expr::Infer(_)) {
            return;
        }
        let Some(place) = self.lower_place(left, false) else {
            return self.errors.on(left, "only local variables, their elements and their fields can be given a value with a derivative: to store a copy elsewhere, store `stop_gradient(…)` of the value");
        };
        if self.is_active(&value) && !self.flows_into_integer(&place, &value) {
            self.require_active_type_of(&place);
            self.vary_place(&place);
        }
        let init = place.is_var() && self.first_assignment(&place);
        if init && self.vars[place.root].ty == Ty::Unknown {
            self.vars[place.root].ty = self.operand_type(&value).deref().clone();
        }
        self.push(place.span, StmtKind::Assign { place, value, init });
    }

    fn require_active_type_of(&mut self, place: &Place) {
        if self.vars.ty(place).is_passive() {
            self.require_active_type(place.root, place.span);
        }
    }

    /// Whether this assignment gives a declared variable its first value.
    fn first_assignment(&mut self, place: &Place) -> bool {
        let var = place.root;
        // A `mut` variable may have a value from another path, or from an earlier trip of a loop.
        let earlier = self.unsure.contains(&var) || self.loops.iter().any(|looped| looped.unassigned.contains(&var));
        if earlier && self.vars[var].mutable {
            let message = "whether this is the first assignment depends on the run: give the variable a value where it is declared";
            self.errors.at(place.span, message);
        }
        self.unassigned.remove(&var) || earlier
    }

    fn lower_compound(&mut self, binary: &syn::ExprBinary) {
        if let Some(place) = self.passive_part(&binary.left, &binary.right) {
            return self.push_passive_part(&place, &Expr::Binary(binary.clone()));
        }
        if self.is_integer_assignment(&binary.left, &binary.right) {
            self.note_integer(&binary.left, &binary.right);
            return self.push_passive(&syn::parse_quote!(#binary;));
        }
        if self.is_integer_part(&binary.left, &binary.right) {
            return self.lower_integer_compound(binary);
        }
        let op = effects::compound(&binary.op).expect("the caller saw a compound assignment");
        let value = self.lower_expr(super::expr::strip_reference(&binary.right));
        let value = self.settle_before(&binary.left, value);
        let Some(place) = self.lower_place(&binary.left, false) else {
            return self.errors.on(&binary.left, "only local variables, their elements and their fields can be given a value with a derivative: to store a copy elsewhere, store `stop_gradient(…)` of the value");
        };
        if self.is_active(&value) {
            self.require_active_type_of(&place);
            self.vary_place(&place);
        }
        let span = binary.span();
        match op {
            "+" | "-" => {
                self.assume_scalar(&value);
                self.assume_scalar(&Operand::Place(place.clone()));
                self.push(span, StmtKind::Accumulate { place, negative: op == "-", value });
            }
            _ => match rules::binary(op) {
                Some(rule) => {
                    let result = self.apply(rule, vec![Operand::Place(place.clone()), value], span);
                    self.push(span, StmtKind::Assign { place, value: result, init: false });
                }
                None => self.errors.on(&binary.op, "this operator has no derivative: use it on integers or flags only"),
            },
        }
    }
}

/// Whether a tuple pattern takes a tuple apart part by part.
fn matches_up(parts: &syn::PatTuple, values: &syn::ExprTuple) -> bool {
    parts.elems.len() == values.elems.len() && !parts.elems.iter().any(|part| matches!(part, Pat::Rest(_)))
}

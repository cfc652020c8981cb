//! Methods that change a `Vec` or a slice as a whole: its length, or the order of its elements.

use super::Lower;
use crate::ir::{Code, Edit, EditKind, Op, Operand, PackKind, Place, Projection, StmtKind, Ty, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, parse_quote};

impl Lower {
    /// A call whose value is not wanted; `false` if it is none of these methods.
    pub(super) fn lower_edit_stmt(&mut self, call: &ExprMethodCall) -> bool {
        let args: Vec<&Expr> = call.args.iter().collect();
        let kind = match (call.method.to_string().as_str(), &args[..]) {
            ("push", [value]) => EditKind::Push(self.lower_expr(value)),
            ("insert", [at, value]) => {
                let at = self.lower_integer(at, true);
                EditKind::Insert(at, self.lower_expr(value))
            }
            ("truncate", [len]) => EditKind::Truncate(self.lower_integer(len, true)),
            ("clear", []) => EditKind::Clear,
            ("reverse", []) => EditKind::Reverse,
            ("rotate_left", [by]) => EditKind::RotateLeft(self.lower_integer(by, true)),
            ("rotate_right", [by]) => EditKind::RotateRight(self.lower_integer(by, true)),
            ("extend_from_slice" | "extend", [source]) => return self.lower_extend(call, source),
            ("extend_from_within", [range]) => return self.lower_extend_from_within(call, range),
            ("reserve" | "reserve_exact" | "shrink_to", [_]) | ("shrink_to_fit", []) => {
                return self.lower_reserve(call);
            }
            ("append", [other]) => return self.lower_append(call, other),
            ("resize", [len, value]) => return self.lower_resize(call, len, value),
            ("copy_within", [range, to]) => return self.lower_copy_within(call, range, to),
            ("swap_with_slice", [other]) => return self.lower_swap_with_slice(call, other),
            _ => return self.lower_taking_out(call).is_some(),
        };
        if let Some(place) = self.lower_receiver(call) {
            self.edit(place, kind, call);
        }
        true
    }

    /// A call that takes elements out and gives their value; `None` if it is none.
    pub(super) fn lower_taking_out(&mut self, call: &ExprMethodCall) -> Option<Operand> {
        let args: Vec<&Expr> = call.args.iter().collect();
        let (receiver, kind) = match (call.method.to_string().as_str(), &args[..]) {
            ("pop", []) => (call, EditKind::Pop),
            ("unwrap", []) => (popped(&call.receiver)?, EditKind::PopLast { message: None }),
            ("expect", [message]) => {
                let receiver = popped(&call.receiver)?;
                (receiver, EditKind::PopLast { message: Some(self.lower_integer(message, true)) })
            }
            ("unwrap_or", [other]) => return self.lower_pop_or(popped(&call.receiver)?, other),
            ("remove", [at]) => (call, EditKind::Remove(self.lower_integer(at, true))),
            ("swap_remove", [at]) => (call, EditKind::SwapRemove(self.lower_integer(at, true))),
            ("split_off", [at]) => (call, EditKind::SplitOff(self.lower_integer(at, true))),
            _ => return None,
        };
        let Some(place) = self.lower_receiver(receiver) else { return Some(self.unit()) };
        Some(self.take_out(place, kind, call))
    }

    fn take_out(&mut self, place: Place, kind: EditKind, call: &ExprMethodCall) -> Operand {
        let whole = self.vars.ty(&place).deref().clone();
        let ty = match &kind {
            EditKind::SplitOff(_) => whole,
            EditKind::Pop => Ty::Option(Box::new(whole.element())),
            _ => whole.element(),
        };
        let result = self.new_var("t", VarKind::Temp, ty, call.span());
        if self.is_active_place(&place) {
            self.vary(result);
        }
        self.push(call.span(), StmtKind::Edit(Edit { place, kind, result: Some(result) }));
        Operand::Place(Place::var(result, call.span()))
    }

    /// `xs.pop().unwrap_or(other)`
    fn lower_pop_or(&mut self, pop: &ExprMethodCall, other: &Expr) -> Option<Operand> {
        let receiver = &pop.receiver;
        let operand = self.lower_expr(other);
        let other = match self.settle(operand) {
            Operand::Place(place) => self.place_expr(&place),
            Operand::Passive(code) => code.expr,
        };
        Some(self.lower_expr(&parse_quote!(if #receiver.is_empty() { #other } else { #pop.unwrap() })))
    }

    fn edit(&mut self, place: Place, kind: EditKind, call: &ExprMethodCall) {
        let edit = Edit { place, kind, result: None };
        if let Some(value) = edit.value() {
            if self.is_active(value) {
                self.vary_place(&edit.place);
            }
            let elem = match &edit.kind {
                EditKind::Extend { .. } => self.operand_type(value).element(),
                _ => self.operand_type(value).deref().clone(),
            };
            self.learn_element(&edit.place, elem);
        }
        self.push(call.span(), StmtKind::Edit(edit));
    }

    /// `Vec::new()` says nothing about its elements; the first that is pushed does.
    fn learn_element(&mut self, place: &Place, elem: Ty) {
        if place.is_var()
            && let Ty::Vec(known) = &mut self.vars[place.root].ty
            && **known == Ty::Unknown
        {
            **known = elem;
        }
    }

    /// `xs.extend_from_slice(&ys)`, `xs.extend(&ys)`, `xs.extend(ys.iter())`, `xs.extend(ys)`
    fn lower_extend(&mut self, call: &ExprMethodCall, source: &Expr) -> bool {
        let value = self.lower_appended(source);
        if let Some(place) = self.lower_receiver(call) {
            self.append(place, value, call);
        }
        true
    }

    fn append(&mut self, place: Place, value: Operand, call: &ExprMethodCall) {
        let is_slice = call.method != "extend";
        self.edit(place, EditKind::Extend { value, is_slice }, call);
    }

    /// What is appended: a place with elements, or any passive code.
    fn lower_appended(&mut self, source: &Expr) -> Operand {
        if !self.mentions_active(source) {
            return Operand::Passive(self.evaluated_here(source));
        }
        let value = self.lower_expr(super::expr::strip_reference(all_elements(source)));
        if matches!(self.operand_type(&value).deref(), Ty::Option(_) | Ty::Float(_)) {
            self.errors.on(source, "what is appended must be a slice, a `Vec` or an array: push it, under an `if`");
        }
        value
    }

    /// Passive code that is evaluated in the statement that is being made, and nowhere else.
    fn evaluated_here(&mut self, expr: &Expr) -> Code {
        if self.defs(expr).is_empty() { self.passive_code(expr) } else { self.repeatable(expr) }
    }

    /// `xs.extend_from_within(range)` appends a copy.
    fn lower_extend_from_within(&mut self, call: &ExprMethodCall, range: &Expr) -> bool {
        if let Some((place, part)) = self.lower_receiver_with_part(call, range) {
            let copy = self.copy_of(part, call);
            self.append(place, copy, call);
        }
        true
    }

    /// `xs.copy_within(range, to)` is `let t = xs[range].to_vec(); xs[to..to + t.len()].copy_from_slice(&t);`
    fn lower_copy_within(&mut self, call: &ExprMethodCall, range: &Expr, to: &Expr) -> bool {
        let to = self.lower_integer(to, true);
        let Some((place, part)) = self.lower_receiver_with_part(call, range) else { return true };
        let copy = self.copy_of(part, call);
        let Operand::Place(copied) = &copy else { unreachable!("a copy is a place") };
        let name = &self.vars[copied.root].name;
        let len = self.lower_integer(&parse_quote!(#name.len()), true);
        let (start, len) = (&to.expr, &len.expr);
        let range: Expr = parse_quote!(#start..#start + #len);
        let code = Code { uses: self.uses(&range), expr: range };
        let to = Place { span: call.span(), ..place.project(Projection::Range(code)) };
        let method = syn::Ident::new("copy_from_slice", call.method.span());
        self.push(call.span(), StmtKind::Copy { to, from: copy, method });
        true
    }

    /// The receiver of a call, and a part of it.
    fn lower_receiver_with_part(&mut self, call: &ExprMethodCall, range: &Expr) -> Option<(Place, Place)> {
        let Expr::Range(range) = range else {
            self.errors.on(range, "write the range where it is used, as in `2..5`");
            return None;
        };
        let range = self.lower_range(range, true);
        let place = self.lower_receiver(call)?;
        let part = place.clone().project(Projection::Range(range));
        Some((place, part))
    }

    fn copy_of(&mut self, place: Place, call: &ExprMethodCall) -> Operand {
        let ty = Ty::Vec(Box::new(self.vars.ty(&place).element()));
        let method = syn::Ident::new("to_vec", call.method.span());
        self.temp(Op::Clone { place, method }, ty, call.span())
    }

    /// Where a `Vec` has its memory changes none of its values.
    fn lower_reserve(&mut self, call: &ExprMethodCall) -> bool {
        call.args.iter().for_each(|arg| self.check_passive(arg));
        let code = parse_quote!(#call;);
        let (uses, defs) = (self.uses(call), call.args.iter().flat_map(|arg| self.defs(arg)).collect());
        self.push(call.span(), StmtKind::Passive { code, uses, defs, declares: Vec::new() });
        true
    }

    /// `xs.append(&mut ys)` appends what is in `ys`, and clears that.
    fn lower_append(&mut self, call: &ExprMethodCall, other: &Expr) -> bool {
        let (Some(from), Some(place)) = (self.lower_exchanged(other), self.lower_receiver(call)) else { return true };
        self.append(place, Operand::Place(from.clone()), call);
        self.push(call.span(), StmtKind::Edit(Edit { place: from, kind: EditKind::Clear, result: None }));
        true
    }

    /// `xs.resize(len, value)` cuts off what is more, and appends what is missing.
    fn lower_resize(&mut self, call: &ExprMethodCall, len: &Expr, value: &Expr) -> bool {
        let len = self.lower_integer(len, true);
        let value = match self.mentions_active(value) {
            true => self.lower_expr(value),
            false => Operand::Passive(self.evaluated_here(value)),
        };
        let Some(place) = self.lower_receiver(call) else { return true };
        self.edit(place.clone(), EditKind::Truncate(len.clone()), call);
        match value {
            Operand::Passive(value) => self.edit(place, EditKind::Resize(len, value), call),
            elem => {
                let (receiver, wanted) = (self.place_expr(&place), &len.expr);
                let missing = parse_quote!(::core::primitive::usize::saturating_sub(#wanted, #receiver.len()));
                let missing = self.lower_integer(&missing, true);
                let ty = Ty::Vec(Box::new(self.operand_type(&elem).deref().clone()));
                let copies = self.temp(Op::Repeat { kind: PackKind::Vec, elem, len: missing }, ty, call.span());
                self.append(place, copies, call);
            }
        }
        true
    }
}

/// `xs.pop()` as a call.
fn popped(expr: &Expr) -> Option<&ExprMethodCall> {
    match expr {
        Expr::MethodCall(call) if call.method == "pop" && call.args.is_empty() => Some(call),
        Expr::Paren(paren) => popped(&paren.expr),
        _ => None,
    }
}

/// What an iterator over all elements of something runs over.
fn all_elements(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call)
            if call.args.is_empty()
                && ["iter", "copied", "cloned", "into_iter"].iter().any(|name| call.method == name) =>
        {
            all_elements(&call.receiver)
        }
        other => other,
    }
}

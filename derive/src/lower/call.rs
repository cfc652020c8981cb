//! Function calls: the rules of floats by path, and functions that have a derivative themselves.

use super::{Lower, refuse};
use crate::ir::{Arg, Call, CallResult, Op, Operand, Place, StmtKind, Ty, VarKind};
use crate::rules;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall};

impl Lower {
    pub(super) fn lower_call(&mut self, call: &ExprCall) -> Operand {
        let Expr::Path(func) = &*call.func else {
            self.errors.on(
                &call.func,
                "only functions named by a path can be differentiated: call a function with `#[backprop]`",
            );
            return self.unit();
        };
        if let Some(closure) = self.closure_of(&call.func) {
            return self.lower_closure_call(call, closure);
        }
        if self.note_plain_closure(&call.func) {
            return self.unit();
        }
        if super::effects::is_stop_gradient(&call.func) && call.args.len() == 1 {
            return self.lower_cut(call);
        }
        if let Some(method) = float_function(&func.path) {
            return self.lower_float_function(call, &method);
        }
        if let Some(operand) = self.lower_mem_call(call, &func.path) {
            return operand;
        }
        let is_type = |last: &syn::PathSegment| last.ident.to_string().starts_with(char::is_uppercase);
        let is_type = func.path.segments.last().is_some_and(is_type) || super::expr::is_box(&func.path);
        if is_type && !func.path.is_ident("Err") && func.qself.is_none() {
            return self.lower_tuple_struct(call, &func.path);
        }
        if let Some(message) = self.refusal(func) {
            // A closure that was refused where it was made is not refused again where it is called.
            if !self.var_of(&call.func).is_some_and(|var| self.refused.contains(&var)) {
                self.errors.on(func, message);
            }
            return self.unit();
        }
        self.lower_differentiable_call(call, &func.path)
    }

    /// `stop_gradient(value)` whose value takes statements to compute: they are lowered, and what they give is cut.
    fn lower_cut(&mut self, call: &ExprCall) -> Operand {
        match self.lower_expr(&call.args[0]) {
            Operand::Place(place) if self.is_active_place(&place) => {
                let (func, value) = (&call.func, self.place_expr(&place));
                self.passive_operand(&syn::parse_quote!(#func(#value)))
            }
            constant => constant,
        }
    }

    /// `f64::sin(x)` is `x.sin()`.
    fn lower_float_function(&mut self, call: &ExprCall, method: &syn::Ident) -> Operand {
        let args: Vec<&Expr> = call.args.iter().collect();
        let name = method.to_string();
        match (rules::method(&name, args.len()), &args[..]) {
            (Some(rule), [receiver, others @ ..]) => {
                let receiver = with_suffix(receiver, &call.func);
                let args: Vec<&Expr> = std::iter::once(&receiver).chain(others.iter().copied()).collect();
                self.lower_apply(rule, &args, call.span())
            }
            (None, [receiver]) if name == "sin_cos" => self.lower_sin_cos(receiver, call.span()),
            (None, [value]) if name == "from" => self.lower_expr(&float_cast(value, &call.func)),
            _ if crate::known::is_cutting_method(method) => self.passive_operand(&Expr::Call(call.clone())),
            _ => {
                self.errors.on(method, refuse::method(&name));
                self.unit()
            }
        }
    }

    /// Why this path cannot be a function with a derivative, if that can be seen.
    fn refusal(&self, func: &syn::ExprPath) -> Option<String> {
        let first = func.path.segments.first()?;
        if func.qself.is_some() {
            return Some("a function named by `<T as Trait>::f` is not supported yet: call a free function".into());
        }
        if func.path.get_ident().is_some_and(|ident| self.vars.find(ident).is_some()) {
            return Some(refuse::expression(&syn::parse_quote!(|| 0)).into());
        }
        if func.path.is_ident(&self.name) {
            return Some("a function that calls itself is not supported yet: write the recursion as a loop".into());
        }
        if func.path.is_ident("Err") {
            return Some(refuse::ERROR.into());
        }
        let owner = func.path.segments.iter().rev().nth(1);
        let of_std = first.ident == "std" || first.ident == "core" || first.ident == "alloc";
        if of_std || owner.is_some_and(|owner| owner.ident.to_string().starts_with(char::is_uppercase)) {
            return Some(format!(
                "`{}` has no derivative here: write it out, call a function with `#[backprop]` instead, or cut the derivative with `stop_gradient(…)`",
                func.path.to_token_stream().to_string().replace(' ', "")
            ));
        }
        if func.path.segments.iter().any(|segment| !segment.arguments.is_none()) {
            return Some("a generic function is not supported yet: call one without type parameters".into());
        }
        None
    }

    fn lower_differentiable_call(&mut self, call: &ExprCall, path: &syn::Path) -> Operand {
        let exprs: Vec<&Expr> = call.args.iter().collect();
        let mut args = Vec::new();
        for (at, expr) in exprs.iter().enumerate() {
            let changed_later = exprs[at + 1..].iter().any(|later| self.has_effects(later));
            args.push(self.lower_arg(expr, changed_later));
        }
        self.check_lent(&args);
        for arg in &args {
            if let Arg::Ref { place, mutable: true, .. } = arg {
                self.vary_place(&place.clone());
            }
        }
        let span = path.span();
        let result = self.new_var("t", VarKind::Temp, Ty::Unknown, span);
        self.vary(result);
        self.push(span, StmtKind::Call(Call { path: path.clone(), args, result: CallResult::Var(result) }));
        Operand::Place(Place::var(result, call.span()))
    }

    /// Two elements of one array cannot be lent again at once if one of them is lent mutably: that they are different
    /// could be seen where they were borrowed, but not from their indices.
    fn check_lent(&mut self, args: &[Arg]) {
        let lent: Vec<(&Place, bool)> = args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Ref { place, mutable, .. } => Some((place, *mutable)),
                _ => None,
            })
            .collect();
        for (at, (place, mutable)) in lent.iter().enumerate() {
            let place = self.vars.resolve(place);
            let clashes = lent[..at].iter().any(|(other, other_mutable)| {
                (*mutable || *other_mutable) && self.vars.resolve(other).may_overlap(&place)
            });
            if clashes {
                self.errors.at(place.span, "two parts of one array are lent to this call, one of them mutably: pass the array with two indices, or a copy of one part");
            }
        }
    }

    fn lower_arg(&mut self, expr: &Expr, changed_later: bool) -> Arg {
        match expr {
            Expr::Paren(paren) => self.lower_arg(&paren.expr, changed_later),
            Expr::Group(group) => self.lower_arg(&group.expr, changed_later),
            Expr::Reference(reference) => self.lower_reference_arg(reference),
            Expr::Call(cut) if super::effects::is_stop_gradient(&cut.func) && is_shared_place(cut) => {
                Arg::PassiveRef(self.passive_code(&cut.args[0]))
            }
            Expr::Lit(lit) if matches!(lit.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_)) => {
                Arg::PassiveRef(self.passive_code(expr))
            }
            _ => {
                if let Some(place) = self.known_place(expr)
                    && let Ty::Ref { mutable, .. } = self.vars.ty(&place)
                    && let Some(place) = self.lower_place(expr, true)
                {
                    return Arg::Ref { place, mutable, reborrow: true };
                }
                let operand = self.lower_expr(expr);
                if self.is_access(expr)
                    && let Operand::Place(place) = &operand
                    && let Ty::Ref { mutable, .. } = self.vars.ty(place)
                {
                    return Arg::Ref { place: place.clone(), mutable, reborrow: true };
                }
                Arg::Value(if changed_later { self.settle(operand) } else { operand })
            }
        }
    }

    fn lower_reference_arg(&mut self, reference: &syn::ExprReference) -> Arg {
        let mutable = reference.mutability.is_some();
        self.lending = mutable;
        let place = self.lower_place(&reference.expr, true);
        self.lending = false;
        if let Some(place) = place {
            return Arg::Ref { place, mutable, reborrow: false };
        }
        if !self.mentions_active(&reference.expr) && !mutable && is_constant_path(&reference.expr) {
            return Arg::PassiveRef(self.passive_code(&Expr::Reference(reference.clone())));
        }
        let operand = self.lower_expr(&reference.expr);
        let operand = match operand {
            // A literal that the callee may change needs a place of its own.
            Operand::Passive(_) if mutable => {
                let ty = self.operand_type(&operand);
                self.temp(Op::Use(operand), ty, reference.span())
            }
            other => other,
        };
        let Operand::Place(place) = self.settle(operand) else {
            return Arg::PassiveRef(self.passive_code(&Expr::Reference(reference.clone())));
        };
        if mutable {
            self.vars[place.root].mutable = true;
        }
        Arg::Ref { place, mutable, reborrow: false }
    }

    /// Notes that an active value is written to a place.
    pub(super) fn vary_place(&mut self, place: &Place) {
        let root = self.vars.root(place);
        if self.constants.contains(&root) {
            let name = &self.vars[root].name;
            let message = format!(
                "a value with a derivative is written to `{name}`, which is a constant parameter: \
                 drop its `#[constant]`, or write `stop_gradient(…)` of the value"
            );
            self.errors.at(place.span, message);
        } else if !self.vars[root].ty.is_passive() {
            self.vary(root);
        }
    }
}

/// Whether `stop_gradient(&x)` cuts a variable or a part of one, which can be lent again without its adjoint.
fn is_shared_place(cut: &ExprCall) -> bool {
    fn is_place(expr: &Expr) -> bool {
        match expr {
            Expr::Path(_) => true,
            Expr::Field(field) => is_place(&field.base),
            Expr::Index(index) => is_place(&index.expr) && crate::ir::code::repeatable(&index.index),
            Expr::Paren(paren) => is_place(&paren.expr),
            _ => false,
        }
    }
    let mut args = cut.args.iter();
    match (args.next(), args.next()) {
        (Some(Expr::Reference(reference)), None) => reference.mutability.is_none() && is_place(&reference.expr),
        _ => false,
    }
}

/// A path to a constant, or a part of one.
fn is_constant_path(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_constant_path(&field.base),
        _ => false,
    }
}

/// The method that a path such as `f64::sin` or `std::primitive::f64::sin` names.
fn float_function(path: &syn::Path) -> Option<syn::Ident> {
    let mut names = path.segments.iter().rev();
    let method = &names.next()?.ident;
    let owner = &names.next()?.ident;
    (owner == "f64" || owner == "f32").then(|| method.clone())
}

/// A literal receiver takes its type from the path: `f64::max(0.0, x)` is `0.0f64.max(x)`.
fn with_suffix(receiver: &Expr, func: &Expr) -> Expr {
    let is_f32 = matches!(func, Expr::Path(path) if path.path.segments.iter().any(|segment| segment.ident == "f32"));
    match receiver {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Float(float), .. }) if float.suffix().is_empty() => {
            let text = format!("{}{}", float.base10_digits(), if is_f32 { "f32" } else { "f64" });
            let literal = syn::LitFloat::new(&text, float.span());
            syn::parse_quote!(#literal)
        }
        other => other.clone(),
    }
}

/// `f64::from(x)` as `x as f64`.
fn float_cast(value: &Expr, func: &Expr) -> Expr {
    let is_f32 = matches!(func, Expr::Path(path) if path.path.segments.iter().any(|segment| segment.ident == "f32"));
    if is_f32 { syn::parse_quote!((#value) as f32) } else { syn::parse_quote!((#value) as f64) }
}

//! Method calls: the rules of floats, copies of slices, and what changes a slice as a whole.

use super::{Lower, refuse};
use crate::ir::{Op, Operand, PackKind, StmtKind, Ty};
use crate::rules;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall};

impl Lower {
    /// A method call whose value is wanted.
    pub(super) fn lower_method(&mut self, call: &ExprMethodCall) -> Operand {
        let name = call.method.to_string();
        let receiver = &*call.receiver;
        if let Some(place) = self.lower_access(&Expr::MethodCall(call.clone())) {
            return Operand::Place(place);
        }
        if name == "sin_cos" && call.args.is_empty() {
            return self.lower_sin_cos(receiver, call.span());
        }
        if matches!(name.as_str(), "clone" | "to_vec" | "to_owned") && call.args.is_empty() {
            return self.lower_clone(call);
        }
        if let Some(taken) = self.lower_taking_out(call) {
            return taken;
        }
        if matches!((name.as_str(), call.args.len()), ("unwrap", 0) | ("expect", 1)) {
            return self.lower_unwrap(call);
        }
        if let Some(operand) = self.lower_chain(call) {
            return operand;
        }
        if let Some(operand) = self.lower_option_method(call) {
            return operand;
        }
        if !self.is_known_aggregate(receiver)
            && let Some(rule) = rules::method(&name, call.args.len() + 1)
        {
            let operands: Vec<&Expr> = std::iter::once(receiver).chain(&call.args).collect();
            return self.lower_apply(rule, &operands, call.span());
        }
        self.refuse_method(call)
    }

    fn is_known_aggregate(&self, receiver: &Expr) -> bool {
        !matches!(self.infer(receiver).deref(), Ty::Float(_) | Ty::Unknown)
    }

    pub(super) fn refuse_method(&mut self, call: &ExprMethodCall) -> Operand {
        self.errors.on(&call.method, refuse::method(&call.method.to_string()));
        self.unit()
    }

    /// `x.sin_cos()` is the pair of `x.sin()` and `x.cos()`, to the bit.
    pub(super) fn lower_sin_cos(&mut self, receiver: &Expr, span: proc_macro2::Span) -> Operand {
        let operand = self.lower_expr(super::expr::strip_reference(receiver));
        let part = |name| rules::method(name, 1).expect("the table has sin and cos");
        let sin = self.apply(part("sin"), vec![operand.clone()], span);
        let cos = self.apply(part("cos"), vec![operand], span);
        self.pack(PackKind::Tuple, vec![sin, cos], span)
    }

    fn lower_clone(&mut self, call: &ExprMethodCall) -> Operand {
        let Operand::Place(place) = self.lower_expr(super::expr::strip_reference(&call.receiver)) else {
            return self.refuse_method(call);
        };
        let whole = self.vars.ty(&place).deref().clone();
        let ty = match (&whole, call.method == "clone") {
            (_, true) => whole,
            (Ty::Slice(elem) | Ty::Array(elem, _) | Ty::Vec(elem), false) => Ty::Vec(elem.clone()),
            _ => Ty::Unknown,
        };
        self.temp(Op::Clone { place, method: call.method.clone() }, ty, call.span())
    }

    /// `option.unwrap()` or `result.expect("…")`
    fn lower_unwrap(&mut self, call: &ExprMethodCall) -> Operand {
        let before = self.errors.count();
        let Operand::Place(place) = self.lower_expr(super::expr::strip_reference(&call.receiver)) else {
            // What was refused already is not refused again.
            return if self.errors.count() > before { self.unit() } else { self.refuse_method(call) };
        };
        let ty = self.vars.ty(&place).payload();
        let args = call.args.iter().map(|arg| self.passive_code(arg)).collect();
        self.temp(Op::Unwrap { place, method: call.method.clone(), args }, ty, call.span())
    }

    /// A method call as a statement; `false` if it is none that changes a slice.
    pub(super) fn lower_method_stmt(&mut self, call: &ExprMethodCall) -> bool {
        if self.lower_chain_stmt(call) {
            return true;
        }
        let span = call.span();
        let args: Vec<&Expr> = call.args.iter().collect();
        match (call.method.to_string().as_str(), &args[..]) {
            ("fill", [value]) => {
                let mut value = self.lower_expr(value);
                if self.is_active(&value) && *self.operand_type(&value).deref() == Ty::Unknown {
                    value = self.settle(value);
                }
                let Some(place) = self.lower_receiver(call) else { return true };
                if self.is_active(&value) {
                    let elem = self.vars.ty(&place).element();
                    if elem.is_scalar() || elem == Ty::Unknown {
                        self.assume_scalar(&value);
                    }
                    if !(elem.has_one_shape() || self.operand_type(&value).deref().has_one_shape()) {
                        let message = "`fill` is supported with floats, and arrays and tuples of them: assign the elements in a loop";
                        self.errors.on(&call.method, message);
                    }
                    self.vary_place(&place);
                }
                self.push(span, StmtKind::Fill { place, value });
            }
            ("copy_from_slice" | "clone_from_slice", [from]) => {
                let from = self.lower_expr(super::expr::strip_reference(from));
                let Some(to) = self.lower_receiver(call) else { return true };
                if self.is_active(&from) {
                    self.vary_place(&to);
                }
                self.push(span, StmtKind::Copy { to, from, method: call.method.clone() });
            }
            ("swap", [i, j]) => {
                let (i, j) = (self.lower_integer(i, true), self.lower_integer(j, true));
                let Some(place) = self.lower_receiver(call) else { return true };
                self.push(span, StmtKind::Swap { place, i, j });
            }
            _ => return self.lower_edit_stmt(call),
        }
        true
    }

    pub(super) fn lower_receiver(&mut self, call: &ExprMethodCall) -> Option<crate::ir::Place> {
        let place = self.lower_place(&call.receiver, true);
        if place.is_none() {
            self.refuse_method(call);
        }
        place
    }
}

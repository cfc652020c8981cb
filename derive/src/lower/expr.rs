//! Expressions: each becomes statements that compute it, and an operand that names its value.

use super::pat::is_variant;
use super::{Lower, effects, refuse};
use crate::ir::{Code, Float, Literal, LiteralKind, Op, Operand, PackKind, Projection, Ty, VarKind};
use crate::rules::{self, Rule};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, UnOp, parse_quote};

pub(super) enum VecMacro {
    List(Vec<Expr>),
    Repeat(Box<Expr>, Box<Expr>),
}

/// The arguments of `vec![…]`.
pub(super) fn parse_vec(mac: &syn::Macro) -> Option<VecMacro> {
    type List = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
    let tokens = &mac.tokens;
    if let Ok(repeat) = syn::parse2::<syn::ExprRepeat>(quote::quote!([#tokens])) {
        return Some(VecMacro::Repeat(repeat.expr, repeat.len));
    }
    let list = mac.parse_body_with(List::parse_terminated).ok()?;
    Some(VecMacro::List(list.into_iter().collect()))
}

impl Lower {
    /// Lowers an expression to an operand that holds its value.
    pub(super) fn lower_expr(&mut self, expr: &Expr) -> Operand {
        if !self.mentions_active(expr) && !self.holds_statements(expr) && !super::jumps::jumps(expr) {
            return self.passive_operand(expr);
        }
        if self.is_integer_code(expr) {
            return self.bind_integer(expr);
        }
        let span = expr.span();
        match expr {
            Expr::Paren(paren) => self.lower_expr(&paren.expr),
            Expr::Group(group) => self.lower_expr(&group.expr),
            Expr::Path(_) | Expr::Index(_) | Expr::Field(_) => self.lower_read(expr),
            Expr::Unary(unary) => match unary.op {
                UnOp::Neg(_) => self.lower_apply(rules::neg(), &[&unary.expr], span),
                UnOp::Deref(_) => self.lower_dereferenced(expr, &unary.expr),
                _ => self.refuse(expr),
            },
            Expr::Binary(binary) => self.lower_binary(binary),
            Expr::MethodCall(call) => self.lower_method(call),
            Expr::Call(call) => self.lower_call(call),
            Expr::Cast(cast) => self.lower_cast(cast),
            Expr::Tuple(tuple) => self.lower_pack(PackKind::Tuple, &tuple.elems.iter().collect::<Vec<_>>(), span),
            Expr::Array(array) => self.lower_pack(PackKind::Array, &array.elems.iter().collect::<Vec<_>>(), span),
            Expr::Struct(literal) if literal.qself.is_none() => self.lower_struct(literal),
            Expr::Repeat(repeat) => self.lower_repeat(PackKind::Array, &repeat.expr, &repeat.len, span),
            Expr::Macro(mac) => self.lower_macro(&mac.mac, span),
            Expr::Block(block) if block.label.is_none() => {
                self.lower_stmts(&block.block.stmts, true).unwrap_or_else(|| self.unit())
            }
            Expr::If(_) | Expr::Match(_) | Expr::Loop(_) => self.lower_flow_value(expr),
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
                self.lower_tail(expr);
                self.unit()
            }
            _ => self.refuse(expr),
        }
    }

    /// Blocks with statements in them are always taken apart if they assign to active variables, also where their value
    /// is cut.
    fn holds_statements(&self, expr: &Expr) -> bool {
        effects::may_hold_statements(expr) && self.changes_active(&self.defs(expr))
    }

    pub(super) fn changes_active(&self, defs: &[crate::ir::VarId]) -> bool {
        defs.iter().any(|&var| self.is_varied(var))
    }

    /// Refuses an expression that carries a derivative; its value is then taken as constant, so that the rest can be
    /// checked in the same run.
    pub(super) fn refuse(&mut self, expr: &Expr) -> Operand {
        let message = refuse::expression(expr);
        match expr {
            Expr::Block(syn::ExprBlock { label: Some(label), .. }) => self.errors.on(label, refuse::LABEL),
            Expr::Macro(mac) => self.errors.on(&mac.mac.path, message),
            Expr::Try(exit) => self.errors.on(&exit.question_token, message),
            Expr::Unary(unary) => self.errors.on(&unary.op, message),
            _ => self.errors.on(expr, message),
        }
        Operand::Passive(Code { expr: parse_quote!(0.0), uses: Vec::new() })
    }

    fn lower_read(&mut self, expr: &Expr) -> Operand {
        if self.closure_of(expr).is_some() {
            self.errors.on(expr, refuse::expression(&parse_quote!(|| 0)));
            return self.unit();
        }
        match self.lower_place(expr, false) {
            Some(place) => Operand::Place(place),
            None => self.lower_part_of_value(expr),
        }
    }

    /// `*inner`, where `inner` may be what control flow gives.
    fn lower_dereferenced(&mut self, expr: &Expr, inner: &Expr) -> Operand {
        if let Some(place) = self.lower_place(expr, false) {
            return Operand::Place(place);
        }
        let before = self.errors.count();
        match self.lower_expr(inner) {
            // What was refused already is not refused again.
            _ if self.errors.count() > before => self.unit(),
            Operand::Place(place) if self.dereferenced.contains(&place.root) => Operand::Place(place),
            Operand::Place(place) if self.vars.ty(&place).is_ref() => Operand::Place(place.project(Projection::Deref)),
            // The content of a `Box` that a call gives.
            Operand::Place(place) if self.vars.ty(&place) == Ty::Unknown => {
                Operand::Place(place.project(Projection::Deref))
            }
            _ => self.refuse(expr),
        }
    }

    /// An element or a field of something that is no place, such as `f(x).0` or `[a, b][i]`.
    fn lower_part_of_value(&mut self, expr: &Expr) -> Operand {
        let base = match expr {
            Expr::Index(index) => &index.expr,
            Expr::Field(field) => &field.base,
            _ => return self.refuse(expr),
        };
        let Operand::Place(base) = self.lower_expr(base) else { return self.refuse(expr) };
        let name = &self.vars[base.root].name;
        let part: Expr = match expr {
            Expr::Index(index) => {
                let index = &index.index;
                parse_quote!(#name[#index])
            }
            Expr::Field(field) => {
                let member = &field.member;
                parse_quote!(#name.#member)
            }
            _ => unreachable!("matched above"),
        };
        if base.is_var() { self.lower_read(&part) } else { self.refuse(expr) }
    }

    fn lower_binary(&mut self, binary: &syn::ExprBinary) -> Operand {
        if effects::compound(&binary.op).is_some() {
            self.errors.on(&binary.op, refuse::expression(&Expr::Assign(parse_quote!(x = y))));
            return self.unit();
        }
        let op = match binary.op {
            BinOp::Add(_) => "+",
            BinOp::Sub(_) => "-",
            BinOp::Mul(_) => "*",
            BinOp::Div(_) => "/",
            BinOp::Rem(_) => "%",
            _ => {
                self.errors.on(&binary.op, "this operator has no derivative: use it on integers or flags only");
                return self.unit();
            }
        };
        let rule = rules::binary(op).expect("the table has all operators");
        self.lower_apply(rule, &[&binary.left, &binary.right], binary.span())
    }

    pub(super) fn unit(&self) -> Operand {
        Operand::Passive(Code { expr: parse_quote!(()), uses: Vec::new() })
    }

    /// Lowers the operands and applies a rule to them.
    pub(super) fn lower_apply(&mut self, rule: &'static Rule, operands: &[&Expr], span: Span) -> Operand {
        let operands = self.lower_operands(operands);
        self.apply(rule, operands, span)
    }

    pub(super) fn apply(&mut self, rule: &'static Rule, operands: Vec<Operand>, span: Span) -> Operand {
        operands.iter().for_each(|operand| self.assume_scalar(operand));
        let ty = self.result_type(&operands);
        self.temp(Op::Apply { rule, operands }, ty, span)
    }

    /// Arithmetic is done with floats alone, so a variable of unknown type that it is done with is one.
    pub(super) fn assume_scalar(&mut self, operand: &Operand) {
        if let Operand::Place(place) = operand
            && place.is_var()
            && self.vars[place.root].ty == Ty::Unknown
            && self.vars[place.root].alias.is_none()
        {
            self.vars[place.root].ty = Ty::SCALAR;
            self.vars[place.root].assumed = true;
        }
    }

    /// Lowers several operands in order. One whose place a later operand might change is read into a temporary first.
    pub(super) fn lower_operands(&mut self, exprs: &[&Expr]) -> Vec<Operand> {
        let mut operands = Vec::new();
        for (at, expr) in exprs.iter().enumerate() {
            let operand = self.lower_expr(strip_reference(expr));
            let changed_later = exprs[at + 1..].iter().any(|later| self.has_effects(later));
            operands.push(if changed_later { self.settle(operand) } else { operand });
        }
        operands
    }

    /// Reads an operand now.
    pub(super) fn settle(&mut self, operand: Operand) -> Operand {
        match &operand {
            Operand::Place(place) if self.vars[place.root].kind == VarKind::Temp => operand,
            Operand::Place(place) => {
                let (ty, span) = (self.vars.ty(place).deref().clone(), place.span);
                self.temp(Op::Use(operand), ty, span)
            }
            Operand::Passive(code) if matches!(code.expr, Expr::Lit(_)) => operand,
            Operand::Passive(code) => {
                let (ty, span) = (self.infer(&code.expr), code.span());
                self.temp(Op::Use(operand), ty, span)
            }
        }
    }

    /// The type of arithmetic on these operands: that of the first float whose width is known.
    fn result_type(&self, operands: &[Operand]) -> Ty {
        let known = operands.iter().find_map(|operand| match self.operand_type(operand).deref() {
            Ty::Float(width) if *width != Float::Some => Some(*width),
            _ => None,
        });
        Ty::Float(known.unwrap_or(Float::Some))
    }

    pub(super) fn operand_type(&self, operand: &Operand) -> Ty {
        match operand {
            Operand::Place(place) => self.vars.ty(place),
            Operand::Passive(code) => self.infer_certain(&code.expr),
        }
    }

    fn lower_cast(&mut self, cast: &syn::ExprCast) -> Operand {
        let operand = self.lower_expr(&cast.expr);
        let span = cast.span();
        if !self.is_active(&operand) {
            let inner = match operand {
                Operand::Place(place) => self.place_expr(&place),
                Operand::Passive(code) => code.expr,
            };
            let ty = &cast.ty;
            return self.passive_operand(&parse_quote!((#inner as #ty)));
        }
        let Ty::Float(to) = Ty::from_syn(&cast.ty) else {
            self.errors.at(span, super::passive::INTEGER_CAST);
            return Operand::Passive(Code { expr: parse_quote!(0), uses: Vec::new() });
        };
        let Operand::Place(place) = operand else { unreachable!("an active operand is a place") };
        let from = match self.vars.ty(&place).deref() {
            Ty::Float(from @ (Float::F32 | Float::F64)) => Some(*from),
            // A float or an integer: what it is decides the compiler.
            _ => None,
        };
        self.temp(Op::Cast { operand: place, from, to }, Ty::Float(to), span)
    }

    fn lower_pack(&mut self, kind: PackKind, elems: &[&Expr], span: Span) -> Operand {
        let elems = self.lower_elements(elems);
        self.pack(kind, elems, span)
    }

    pub(super) fn pack(&mut self, kind: PackKind, elems: Vec<Operand>, span: Span) -> Operand {
        let types: Vec<Ty> = elems.iter().map(|elem| self.operand_type(elem)).collect();
        let first = types.iter().find(|ty| **ty != Ty::Unknown).cloned().unwrap_or(Ty::Unknown);
        let elems = if kind != PackKind::Tuple && first == Ty::Passive { self.as_integers(elems) } else { elems };
        let ty = match kind {
            PackKind::Tuple => Ty::Tuple(types),
            PackKind::Vec => Ty::Vec(Box::new(first)),
            PackKind::Array => {
                let len: Expr = syn::parse_str(&elems.len().to_string()).expect("a number is an expression");
                Ty::Array(Box::new(first), Box::new(len))
            }
        };
        self.temp(Op::Pack { kind, elems }, ty, span)
    }

    /// Beside an integer, elements of unknown type are integers as well.
    fn as_integers(&mut self, elems: Vec<Operand>) -> Vec<Operand> {
        let passive = |elem| match elem {
            Operand::Place(place) if *self.vars.ty(&place).deref() == Ty::Unknown => {
                let expr = self.place_expr(&place);
                Operand::Passive(self.passive_code(&expr))
            }
            other => other,
        };
        elems.into_iter().map(passive).collect()
    }

    /// `Name { field: value, ..rest }`
    fn lower_struct(&mut self, literal: &syn::ExprStruct) -> Operand {
        let exprs: Vec<&Expr> = literal.fields.iter().map(|field| &field.expr).chain(literal.rest.as_deref()).collect();
        let mut values = self.lower_elements(&exprs);
        let rest = literal.rest.as_ref().and_then(|_| values.pop());
        let fields = literal.fields.iter().map(|field| field.member.clone()).zip(values).collect();
        let made = Literal { path: literal.path.clone(), fields, rest, kind: kind_of(&literal.path) };
        self.temp(Op::Struct(made), Ty::Unknown, literal.span())
    }

    /// `Name(value)` is `Name { 0: value }`.
    pub(super) fn lower_tuple_struct(&mut self, call: &syn::ExprCall, path: &syn::Path) -> Operand {
        let exprs: Vec<&Expr> = call.args.iter().collect();
        let values = self.lower_elements(&exprs);
        let (values, dereferenced) = self.behind_references(values);
        let ty = match (path.get_ident().map(ToString::to_string).as_deref(), &values[..]) {
            (Some("Some"), [value]) => Ty::Option(Box::new(self.operand_type(value))),
            (Some("Ok"), [value]) => Ty::Result(Box::new(self.operand_type(value))),
            _ => Ty::Unknown,
        };
        let members =
            (0..values.len()).map(|at| syn::Member::Unnamed(syn::Index { index: at as u32, span: call.span() }));
        let fields = members.zip(values).collect();
        let made = Literal { path: path.clone(), fields, rest: None, kind: kind_of(path) };
        let made = self.temp(Op::Struct(made), ty, call.span());
        if let (true, Operand::Place(place)) = (dereferenced, &made) {
            self.dereferenced.insert(place.root);
        }
        made
    }

    /// What is kept of references to floats is the floats; whether there were any.
    fn behind_references(&self, values: Vec<Operand>) -> (Vec<Operand>, bool) {
        let mut any = false;
        let values = values.into_iter().map(|value| match value {
            Operand::Place(place) if self.vars.ty(&place).is_ref() && self.vars.ty(&place).deref().is_scalar() => {
                any = true;
                Operand::Place(place.project(Projection::Deref))
            }
            other => other,
        });
        (values.collect(), any)
    }

    /// Elements are values: a reference among them would be stored.
    fn lower_elements(&mut self, exprs: &[&Expr]) -> Vec<Operand> {
        for expr in exprs {
            if matches!(expr, Expr::Reference(_)) && self.mentions_active(expr) {
                self.errors.on(expr, refuse::expression(expr));
            }
        }
        self.lower_operands(exprs)
    }

    fn lower_repeat(&mut self, kind: PackKind, elem: &Expr, len: &Expr, span: Span) -> Operand {
        let elem = self.lower_expr(elem);
        let ty = Box::new(self.operand_type(&elem).deref().clone());
        let ty = match kind {
            PackKind::Vec => Ty::Vec(ty),
            _ => Ty::Array(ty, Box::new(len.clone())),
        };
        let len = match kind {
            PackKind::Vec => self.lower_integer(len, false),
            _ => self.passive_code(len),
        };
        self.temp(Op::Repeat { kind, elem, len }, ty, span)
    }

    fn lower_macro(&mut self, mac: &syn::Macro, span: Span) -> Operand {
        if mac.path.segments.last().is_some_and(|last| last.ident == "vec") {
            match parse_vec(mac) {
                Some(VecMacro::Repeat(elem, len)) => return self.lower_repeat(PackKind::Vec, &elem, &len, span),
                Some(VecMacro::List(elems)) => {
                    return self.lower_pack(PackKind::Vec, &elems.iter().collect::<Vec<_>>(), span);
                }
                None => {}
            }
        }
        self.errors.on(&mac.path, refuse::UNKNOWN_MACRO);
        self.unit()
    }
}

fn kind_of(path: &syn::Path) -> LiteralKind {
    match is_variant(path) {
        true => LiteralKind::Variant,
        false if is_box(path) => LiteralKind::Box,
        false => LiteralKind::Struct,
    }
}

/// Whether a path is `Box::new`.
pub(super) fn is_box(path: &syn::Path) -> bool {
    let mut segments = path.segments.iter().rev();
    segments.next().is_some_and(|last| last.ident == "new") && segments.next().is_some_and(|owner| owner.ident == "Box")
}

/// Arithmetic on references is arithmetic on what they refer to.
pub(super) fn strip_reference(expr: &Expr) -> &Expr {
    match expr {
        Expr::Reference(reference) if reference.mutability.is_none() => strip_reference(&reference.expr),
        Expr::Paren(paren) => strip_reference(&paren.expr),
        other => other,
    }
}

//! The type of an expression, where tokens tell it.
//!
//! An integer is known by what stands next to it: Rust does not mix numbers, so `b.id + 1` is one, whatever `b` is. Only
//! types of the user's own could break that; where such a guess cuts a derivative, the compiler checks it.

use super::Lower;
use crate::ir::{Float, Ty};
use crate::rules;
use syn::visit::{self, Visit};
use syn::{Expr, Lit};

/// Methods that integers share with floats, and that return integers.
const SHARED_METHODS: [&str; 7] = ["abs", "min", "max", "clamp", "signum", "rem_euclid", "div_euclid"];

impl Lower {
    pub(super) fn infer(&self, expr: &Expr) -> Ty {
        match expr {
            Expr::Paren(paren) => self.infer(&paren.expr),
            Expr::Group(group) => self.infer(&group.expr),
            Expr::Lit(lit) => infer_lit(&lit.lit),
            Expr::Path(path) => self.infer_path(path),
            Expr::Unary(unary) => match unary.op {
                syn::UnOp::Deref(_) => match self.infer(&unary.expr) {
                    Ty::Ref { to, .. } => *to,
                    _ => Ty::Unknown,
                },
                // Of a `bool` or an integer; floats have none.
                syn::UnOp::Not(_) => Ty::Passive,
                _ => self.infer(&unary.expr).deref().clone(),
            },
            Expr::Cast(cast) => Ty::from_syn(&cast.ty),
            Expr::Binary(binary) if super::effects::is_comparison(&binary.op) => Ty::Passive,
            Expr::Binary(binary) => self.infer_binary(binary),
            Expr::MethodCall(call) => self.infer_access(expr).unwrap_or_else(|| self.infer_method(call)),
            Expr::Index(index) => match &*index.index {
                Expr::Range(_) => Ty::Slice(Box::new(self.infer(&index.expr).element())),
                _ => self.infer(&index.expr).element(),
            },
            Expr::Field(_) => self.known_place(expr).map_or(Ty::Unknown, |place| self.vars.ty(&place)),
            Expr::Reference(reference) => {
                Ty::Ref { mutable: reference.mutability.is_some(), to: Box::new(self.infer(&reference.expr)) }
            }
            Expr::Tuple(tuple) if tuple.elems.is_empty() => Ty::Unit,
            Expr::Tuple(tuple) => Ty::Tuple(tuple.elems.iter().map(|elem| self.infer(elem)).collect()),
            Expr::Array(array) => {
                let len: Expr = syn::parse_str(&array.elems.len().to_string()).expect("a number is an expression");
                let elem = array.elems.first().map_or(Ty::Unknown, |elem| self.infer(elem));
                Ty::Array(Box::new(elem), Box::new(len))
            }
            Expr::Repeat(repeat) => Ty::Array(Box::new(self.infer(&repeat.expr)), repeat.len.clone()),
            Expr::Macro(mac) => self.infer_macro(&mac.mac),
            Expr::Block(block) if block.label.is_none() => self.infer_block(&block.block),
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref().map_or(Ty::Unknown, |(_, otherwise)| self.infer(otherwise));
                join(self.infer_block(&branch.then_branch), otherwise)
            }
            Expr::Match(choice) => {
                choice.arms.iter().map(|arm| self.infer(&arm.body)).reduce(join).unwrap_or(Ty::Unknown)
            }
            Expr::Call(call) if super::effects::is_stop_gradient(&call.func) && call.args.len() == 1 => {
                self.infer(&call.args[0])
            }
            Expr::Call(call) if makes_vec(&call.func) => Ty::Vec(Box::new(Ty::Unknown)),
            Expr::Call(call) if call.args.len() == 1 => match &*call.func {
                Expr::Path(path) if path.path.is_ident("Some") => Ty::Option(Box::new(self.infer(&call.args[0]))),
                Expr::Path(path) if path.path.is_ident("Ok") => Ty::Result(Box::new(self.infer(&call.args[0]))),
                _ => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    /// The type of passive code, unless that is a guess from what stands next to something unknown.
    pub(super) fn infer_certain(&self, expr: &Expr) -> Ty {
        if self.is_guess(expr) { Ty::Unknown } else { self.infer(expr) }
    }

    pub(super) fn is_unknown(&self, expr: &Expr) -> bool {
        *self.infer(expr).deref() == Ty::Unknown || self.is_guess(expr)
    }

    fn is_unknown_block(&self, block: &syn::Block) -> bool {
        match block.stmts.last() {
            Some(syn::Stmt::Expr(value, None)) => self.is_unknown(value),
            _ => true,
        }
    }

    fn is_guess(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(paren) => self.is_guess(&paren.expr),
            Expr::Group(group) => self.is_guess(&group.expr),
            Expr::Unary(unary) => self.is_unknown(&unary.expr),
            Expr::Binary(binary) if super::effects::is_comparison(&binary.op) => false,
            Expr::Binary(binary) => self.is_unknown(&binary.left) || self.is_unknown(&binary.right),
            Expr::MethodCall(call) => {
                let known = crate::known::is_cutting_method(&call.method) && call.method != "len";
                !known && self.is_unknown(&call.receiver)
            }
            // All values of control flow have the type of any of them.
            Expr::Block(block) => self.is_unknown_block(&block.block),
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref().is_none_or(|(_, otherwise)| self.is_unknown(otherwise));
                self.is_unknown_block(&branch.then_branch) && otherwise
            }
            Expr::Match(choice) => choice.arms.iter().all(|arm| self.is_unknown(&arm.body)),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|elem| self.is_guess(elem)),
            Expr::Array(array) => array.elems.iter().all(|elem| self.is_guess(elem)),
            Expr::Repeat(repeat) => self.is_guess(&repeat.expr),
            _ => false,
        }
    }

    fn infer_path(&self, path: &syn::ExprPath) -> Ty {
        if let Some(var) = path.path.get_ident().and_then(|ident| self.vars.find(ident)) {
            return self.vars[var].ty.clone();
        }
        if let Some(name) = path.path.get_ident() {
            return self.infer_later(name);
        }
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [.., "f64", "consts", _] | ["f64", _] => Ty::Float(Float::F64),
            [.., "f32", "consts", _] | ["f32", _] => Ty::Float(Float::F32),
            ["usize" | "u32" | "u64" | "i32" | "i64" | "isize", _] => Ty::Passive,
            _ => Ty::Unknown,
        }
    }

    fn infer_binary(&self, binary: &syn::ExprBinary) -> Ty {
        use syn::BinOp::{BitAnd, BitOr, BitXor, Shl, Shr};
        let (left, right) = (self.infer(&binary.left), self.infer(&binary.right));
        match (left.deref(), right.deref()) {
            _ if super::effects::compound(&binary.op).is_some() => Ty::Unit,
            (Ty::Float(Float::Some), Ty::Float(width)) | (Ty::Float(width), Ty::Float(_)) => Ty::Float(*width),
            (Ty::Passive, Ty::Passive | Ty::Unknown) | (Ty::Unknown, Ty::Passive) => Ty::Passive,
            // Floats have no operators on bits.
            (Ty::Unknown, Ty::Unknown) if matches!(binary.op, BitAnd(_) | BitOr(_) | BitXor(_) | Shl(_) | Shr(_)) => {
                Ty::Passive
            }
            _ => Ty::Unknown,
        }
    }

    /// The value of a block. One without a last expression may leave, so that it says nothing.
    fn infer_block(&self, block: &syn::Block) -> Ty {
        match block.stmts.last() {
            Some(syn::Stmt::Expr(value, None)) => self.infer(value),
            _ => Ty::Unknown,
        }
    }

    fn infer_method(&self, call: &syn::ExprMethodCall) -> Ty {
        if crate::known::is_cutting_method(&call.method) {
            return Ty::Passive;
        }
        let receiver = self.infer(&call.receiver);
        let is_integer = |arg: &Expr| *self.infer(arg).deref() == Ty::Passive;
        let name = call.method.to_string();
        match receiver.deref() {
            scalar @ Ty::Float(_) if rules::method(&name, call.args.len() + 1).is_some() => scalar.clone(),
            Ty::Passive if SHARED_METHODS.contains(&name.as_str()) => Ty::Passive,
            Ty::Unknown if SHARED_METHODS.contains(&name.as_str()) && call.args.iter().any(is_integer) => Ty::Passive,
            // An `Option` of one, or a pair with a flag, is as passive.
            Ty::Passive | Ty::Unknown if crate::known::is_integer_method(&call.method) => Ty::Passive,
            Ty::Slice(elem) | Ty::Array(elem, _) | Ty::Vec(elem) if name == "to_vec" => Ty::Vec(elem.clone()),
            owned if name == "clone" => owned.clone(),
            _ => Ty::Unknown,
        }
    }

    fn infer_macro(&self, mac: &syn::Macro) -> Ty {
        if !mac.path.is_ident("vec") {
            return Ty::Unknown;
        }
        let elem = match super::expr::parse_vec(mac) {
            Some(super::expr::VecMacro::Repeat(elem, _)) => self.infer(&elem),
            Some(super::expr::VecMacro::List(elems)) => elems.first().map_or(Ty::Unknown, |elem| self.infer(elem)),
            None => Ty::Unknown,
        };
        Ty::Vec(Box::new(elem))
    }
}

/// The type of control flow with values of these types.
fn join(one: Ty, other: Ty) -> Ty {
    match (one, other) {
        (Ty::Unknown | Ty::SCALAR, known @ Ty::Float(_)) => known,
        (Ty::Unknown, known) | (known, _) => known,
    }
}

fn infer_lit(lit: &Lit) -> Ty {
    let (suffix, plain) = match lit {
        Lit::Float(float) => (float.suffix(), Ty::SCALAR),
        Lit::Int(int) => (int.suffix(), Ty::Passive),
        _ => ("", Ty::Passive),
    };
    match suffix {
        "f32" => Ty::Float(Float::F32),
        "f64" => Ty::Float(Float::F64),
        _ => plain,
    }
}

/// Whether a loop's variable stands in an index of the body in such a way that it must be a `usize`.
pub fn is_index(var: &syn::Ident, body: &syn::Block) -> bool {
    struct Finder<'a>(&'a syn::Ident, bool);
    impl Visit<'_> for Finder<'_> {
        fn visit_expr_index(&mut self, index: &syn::ExprIndex) {
            self.1 |= sums(self.0, &index.index);
            visit::visit_expr_index(self, index);
        }
    }
    let mut finder = Finder(var, false);
    finder.visit_block(body);
    finder.1
}

/// Whether `var` is a term or a factor of `expr`, or of an end of a range.
fn sums(var: &syn::Ident, expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.is_ident(var),
        Expr::Paren(paren) => sums(var, &paren.expr),
        Expr::Binary(binary) => match binary.op {
            syn::BinOp::Add(_) | syn::BinOp::Sub(_) | syn::BinOp::Mul(_) | syn::BinOp::Div(_) | syn::BinOp::Rem(_) => {
                sums(var, &binary.left) || sums(var, &binary.right)
            }
            _ => false,
        },
        Expr::Range(range) => [&range.start, &range.end].into_iter().flatten().any(|end| sums(var, end)),
        _ => false,
    }
}

/// A literal with the suffix `usize`; other expressions as they are, cast.
pub fn with_usize(expr: &Expr) -> Expr {
    match expr {
        Expr::Lit(syn::ExprLit { lit: Lit::Int(int), .. }) => {
            let literal = syn::LitInt::new(&format!("{}usize", int.base10_digits()), int.span());
            syn::parse_quote!(#literal)
        }
        Expr::Paren(paren) => with_usize(&paren.expr),
        Expr::Binary(binary) => {
            let mut typed = binary.clone();
            *typed.left = with_usize(&binary.left);
            Expr::Binary(typed)
        }
        other => other.clone(),
    }
}

/// `Vec::new` and `Vec::with_capacity`.
fn makes_vec(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    matches!(names.iter().map(String::as_str).collect::<Vec<_>>()[..], [.., "Vec", "new" | "with_capacity"])
}

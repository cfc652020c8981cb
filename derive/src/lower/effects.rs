//! What a piece of the user's syntax mentions and does: questions that lowering asks before it decides.

use super::Lower;
pub(super) use crate::ir::code::is_stop_gradient;
use crate::ir::{Place, Ty, VarId};
use crate::known;
use crate::rules::{self, Rule};
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr};

pub(super) fn is_comparison(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::And(_)
            | BinOp::Or(_)
    )
}

/// `+=` and its like, with the plain operator.
pub(super) fn compound(op: &BinOp) -> Option<&'static str> {
    Some(match op {
        BinOp::AddAssign(_) => "+",
        BinOp::SubAssign(_) => "-",
        BinOp::MulAssign(_) => "*",
        BinOp::DivAssign(_) => "/",
        BinOp::RemAssign(_) => "%",
        BinOp::BitXorAssign(_) => "^",
        BinOp::BitAndAssign(_) => "&",
        BinOp::BitOrAssign(_) => "|",
        BinOp::ShlAssign(_) => "<<",
        BinOp::ShrAssign(_) => ">>",
        _ => return None,
    })
}

/// Whether there are blocks in `expr`, or calls of `stop_gradient`, whose argument may do anything.
pub(super) fn may_hold_statements(expr: &Expr) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_block(&mut self, _: &syn::Block) {
            self.0 = true;
        }
        fn visit_expr_call(&mut self, call: &syn::ExprCall) {
            self.0 |= is_stop_gradient(&call.func);
            visit::visit_expr_call(self, call);
        }
    }
    let mut finder = Finder(false);
    finder.visit_expr(expr);
    finder.0
}

impl Lower {
    /// Whether the function writes a value with a derivative into text that it keeps.
    pub(super) fn writes_text(&self) -> bool {
        self.hints.texts.iter().any(|tokens| self.uses(tokens).iter().any(|&var| self.is_varied(var)))
    }

    /// The variable that a plain identifier names.
    pub(super) fn var_of(&self, expr: &Expr) -> Option<VarId> {
        match expr {
            Expr::Path(path) if path.qself.is_none() => self.vars.find(path.path.get_ident()?),
            Expr::Paren(paren) => self.var_of(&paren.expr),
            Expr::Group(group) => self.var_of(&group.expr),
            _ => None,
        }
    }

    /// Whether the value of `expr` may carry a derivative.
    pub(super) fn mentions_active(&self, expr: &Expr) -> bool {
        let mut finder = ActiveFinder { cx: self, found: false, steps: false };
        finder.visit_expr(expr);
        finder.found
    }

    /// Whether `expr` is a step function of active values, or constant: every active value in it is under a method like
    /// `floor`.
    pub(super) fn is_flat(&self, expr: &Expr) -> bool {
        let mut finder = ActiveFinder { cx: self, found: false, steps: true };
        finder.visit_expr(expr);
        !finder.found
    }

    pub(super) fn stmt_mentions_active(&self, stmt: &syn::Stmt) -> bool {
        let mut finder = ActiveFinder { cx: self, found: false, steps: false };
        finder.visit_stmt(stmt);
        finder.found
    }

    /// The known variables that `tokens` mention, in order of appearance.
    pub(super) fn uses(&self, tokens: &dyn quote::ToTokens) -> Vec<VarId> {
        let mut uses = Vec::new();
        self.collect_uses(tokens.to_token_stream(), &mut uses);
        uses
    }

    fn collect_uses(&self, tokens: TokenStream, uses: &mut Vec<VarId>) {
        let mut note = |var: Option<VarId>| {
            if let Some(var) = var.filter(|var| !uses.contains(var)) {
                uses.push(var);
            }
        };
        let mut groups = Vec::new();
        let mut after_dot = false;
        for token in tokens {
            let member = std::mem::replace(&mut after_dot, matches!(&token, TokenTree::Punct(p) if p.as_char() == '.'));
            match token {
                TokenTree::Ident(ident) if !member => note(self.vars.find(&ident)),
                TokenTree::Group(group) => groups.push(group.stream()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if text.starts_with('"') || text.starts_with("r\"") {
                        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                        let idents = words.filter_map(|word| syn::parse_str::<syn::Ident>(word).ok());
                        idents.for_each(|ident| note(self.vars.find(&ident)));
                    }
                }
                _ => {}
            }
        }
        groups.into_iter().for_each(|group| self.collect_uses(group, uses));
    }

    /// The variables that `expr` may change.
    pub(super) fn defs(&self, expr: &Expr) -> Vec<VarId> {
        let mut finder = DefFinder { cx: self, defs: Vec::new() };
        finder.visit_expr(expr);
        finder.defs
    }

    pub(super) fn stmt_defs(&self, stmt: &syn::Stmt) -> Vec<VarId> {
        let mut finder = DefFinder { cx: self, defs: Vec::new() };
        finder.visit_stmt(stmt);
        finder.defs
    }

    /// Whether evaluating `expr` may change a variable or run statements.
    pub(super) fn has_effects(&self, expr: &Expr) -> bool {
        struct Finder(bool);
        impl Visit<'_> for Finder {
            fn visit_block(&mut self, _: &syn::Block) {
                self.0 = true;
            }
            fn visit_expr_call(&mut self, call: &syn::ExprCall) {
                self.0 |= call.args.iter().any(|arg| !matches!(arg, Expr::Lit(_) | Expr::Path(_)));
                visit::visit_expr_call(self, call);
            }
        }
        let mut finder = Finder(false);
        finder.visit_expr(expr);
        finder.0 || !self.defs(expr).is_empty()
    }

    /// The variable at the root of an assignable expression.
    pub(super) fn root_of(&self, expr: &Expr) -> Option<VarId> {
        let var = match expr {
            Expr::Path(_) => self.var_of(expr)?,
            Expr::Index(index) => self.root_of(&index.expr)?,
            Expr::Field(field) => self.root_of(&field.base)?,
            Expr::Unary(unary) => self.root_of(&unary.expr)?,
            Expr::Paren(paren) => self.root_of(&paren.expr)?,
            Expr::Group(group) => self.root_of(&group.expr)?,
            Expr::Reference(reference) => self.root_of(&reference.expr)?,
            Expr::MethodCall(call) => self.root_of(&call.receiver)?,
            _ => return None,
        };
        Some(self.vars.root(&Place::var(var, expr.span())))
    }
}

struct ActiveFinder<'a> {
    cx: &'a Lower,
    found: bool,
    /// Steps such as `x.floor()` do not count.
    steps: bool,
}

impl ActiveFinder<'_> {
    /// Whether no derivative passes through a method. Its name says so, but for `len` of something that may be of the
    /// user's own making, and a float.
    fn cuts(&self, call: &syn::ExprMethodCall) -> bool {
        if call.method == "len" {
            return *self.cx.infer(&call.receiver).deref() != Ty::Unknown;
        }
        let is_step = || rules::method(&call.method.to_string(), call.args.len() + 1).is_some_and(Rule::is_flat);
        known::is_cutting_method(&call.method) || (self.steps && is_step())
    }
}

impl ActiveFinder<'_> {
    /// A condition has no derivative, but what its patterns bind may have one.
    fn visit_lets(&mut self, cond: &Expr) {
        super::branch::find_lets(cond).into_iter().for_each(|found| self.visit_expr(&found.expr));
    }
}

impl Visit<'_> for ActiveFinder<'_> {
    fn visit_expr_path(&mut self, path: &syn::ExprPath) {
        let var = path.path.get_ident().and_then(|ident| self.cx.vars.find(ident));
        self.found |= var.is_some_and(|var| self.cx.is_varied(var));
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if !is_comparison(&binary.op) {
            visit::visit_expr_binary(self, binary);
        }
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if !self.cuts(call) {
            visit::visit_expr_method_call(self, call);
        }
    }

    /// An integer carries no derivative. That none is lost in a cast is checked where it is kept as passive code.
    fn visit_expr_cast(&mut self, cast: &syn::ExprCast) {
        if Ty::from_syn(&cast.ty) != Ty::Passive {
            visit::visit_expr_cast(self, cast);
        }
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        if !is_stop_gradient(&call.func) && !is_of_integers(&call.func) {
            visit::visit_expr_call(self, call);
        }
    }

    fn visit_expr_index(&mut self, index: &syn::ExprIndex) {
        self.visit_expr(&index.expr);
    }

    fn visit_expr_field(&mut self, field: &syn::ExprField) {
        match self.cx.known_place(&Expr::Field(field.clone())) {
            Some(place) => self.found |= self.cx.is_active_place(&place),
            None => visit::visit_expr_field(self, field),
        }
    }

    fn visit_expr_if(&mut self, branch: &syn::ExprIf) {
        self.visit_lets(&branch.cond);
        self.visit_block(&branch.then_branch);
        if let Some((_, otherwise)) = &branch.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, looped: &syn::ExprWhile) {
        self.visit_lets(&looped.cond);
        self.visit_block(&looped.body);
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        if !known::is_looking_macro(&mac.path) {
            self.found |= self.cx.uses(&mac.tokens).iter().any(|&var| self.cx.is_varied(var));
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

struct DefFinder<'a> {
    cx: &'a Lower,
    defs: Vec<VarId>,
}

impl DefFinder<'_> {
    fn note(&mut self, expr: &Expr) {
        match expr {
            Expr::Tuple(tuple) => tuple.elems.iter().for_each(|elem| self.note(elem)),
            Expr::Array(array) => array.elems.iter().for_each(|elem| self.note(elem)),
            other => {
                if let Some(root) = self.cx.root_of(other).filter(|root| !self.defs.contains(root)) {
                    self.defs.push(root);
                }
            }
        }
    }
}

impl Visit<'_> for DefFinder<'_> {
    fn visit_expr_assign(&mut self, assign: &syn::ExprAssign) {
        self.note(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if compound(&binary.op).is_some() {
            self.note(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &syn::ExprReference) {
        // `&mut [a, b]` is a reference to a copy.
        if reference.mutability.is_some() && !matches!(&*reference.expr, Expr::Tuple(_) | Expr::Array(_)) {
            self.note(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        // A method may borrow its receiver mutably; only those known not to are let off.
        // `take(n)` is an adaptor, `take()` changes an `Option`.
        let is_adaptor = call.method == "take" && call.args.len() == 1;
        let changes = !is_adaptor && !known::is_cutting_method(&call.method) && !known::is_reading_method(&call.method);
        let root = self.cx.root_of(&call.receiver);
        if changes && root.is_some_and(|root| self.cx.may_change(root)) {
            self.note(&call.receiver);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        // A variable that holds a mutable reference is passed on by its plain name.
        for arg in &call.args {
            if let Some(var) = self.cx.var_of(arg)
                && matches!(self.cx.vars[var].ty, Ty::Ref { mutable: true, .. })
            {
                self.note(arg);
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &syn::Macro) {
        let text: String = mac.tokens.clone().into_iter().map(|token| token.to_string()).collect();
        // `write!(out, …)` and `&mut x` among a macro's arguments may change what they name.
        if text.contains("&mut") || mac.path.is_ident("write") || mac.path.is_ident("writeln") {
            for var in self.cx.uses(&mac.tokens) {
                if self.cx.may_change(var) && !self.defs.contains(&var) {
                    self.defs.push(var);
                }
            }
        }
        // Arguments of the macros we know are expressions: what they assign is found there.
        type Args = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
        if let Ok(args) = mac.parse_body_with(Args::parse_terminated) {
            args.iter().for_each(|arg| self.visit_expr(arg));
        }
    }

    fn visit_item(&mut self, _: &syn::Item) {}
}

impl Lower {
    /// Whether anything may change the value of `var`: it is `mut`, or a mutable reference.
    pub(super) fn may_change(&self, var: VarId) -> bool {
        let var = &self.vars[var];
        var.mutable || matches!(var.ty, Ty::Ref { mutable: true, .. })
    }
}

/// Whether a function is one of an integer type, such as `usize::checked_sub`, which takes and gives no derivatives.
fn is_of_integers(func: &Expr) -> bool {
    const INTEGERS: [&str; 12] =
        ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];
    let Expr::Path(path) = func else { return false };
    let owner = path.path.segments.iter().rev().nth(1);
    owner.is_some_and(|owner| INTEGERS.iter().any(|name| owner.ident == name))
}

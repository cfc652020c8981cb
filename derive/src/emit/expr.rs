//! Expressions: places, operands and formulas, with parentheses where they are needed and nowhere else.

use super::Emit;
use crate::ir::reverse::{Atom, Expression};
use crate::ir::{Code, Operand, Payload, Place, Projection, Ty, VarId};
use crate::names::bare;
use crate::paths;
use crate::rules::{Formula, Notation, Rule};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, Member, Pat, UnOp, parse_quote};

/// How tightly an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Binding {
    Loose,
    Sum,
    Product,
    Unary,
    Tight,
}

#[derive(Clone)]
pub struct Fragment {
    pub tokens: TokenStream,
    pub binding: Binding,
}

impl Fragment {
    pub fn tight(tokens: TokenStream) -> Fragment {
        Fragment { tokens, binding: Binding::Tight }
    }

    /// The tokens, in parentheses if they bind less tightly than `least`.
    pub fn at_least(&self, least: Binding) -> TokenStream {
        let tokens = &self.tokens;
        if self.binding < least { quote!((#tokens)) } else { tokens.clone() }
    }

    pub fn neg(&self) -> Fragment {
        let inner = self.at_least(Binding::Unary);
        Fragment { tokens: quote!(-#inner), binding: Binding::Unary }
    }

    pub fn binary(op: &str, left: &Fragment, right: &Fragment) -> Fragment {
        let (binding, tighter) = match op {
            "+" | "-" => (Binding::Sum, Binding::Product),
            "*" | "/" | "%" => (Binding::Product, Binding::Unary),
            _ => (Binding::Loose, Binding::Sum),
        };
        let (left, right) = (left.at_least(binding), right.at_least(tighter));
        let left = if binding == Binding::Loose { quote!(#left) } else { left };
        let op: TokenStream = op.parse().expect("an operator is a token");
        Fragment { tokens: quote!(#left #op #right), binding }
    }

    pub fn method(&self, name: &Ident, args: &[Fragment]) -> Fragment {
        let receiver = self.at_least(Binding::Tight);
        let args = args.iter().map(|arg| &arg.tokens);
        Fragment::tight(quote!(#receiver.#name(#(#args),*)))
    }

    /// An expression of the user's.
    pub fn user(expr: &Expr) -> Fragment {
        Fragment { tokens: quote!(#expr), binding: binding_of(expr) }
    }
}

fn binding_of(expr: &Expr) -> Binding {
    match expr {
        Expr::Lit(_)
        | Expr::Path(_)
        | Expr::Paren(_)
        | Expr::Index(_)
        | Expr::Field(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Tuple(_)
        | Expr::Array(_)
        | Expr::Repeat(_)
        | Expr::Macro(_) => Binding::Tight,
        Expr::Group(group) => binding_of(&group.expr),
        Expr::Unary(_) => Binding::Unary,
        Expr::Binary(binary) => match binary.op {
            BinOp::Add(_) | BinOp::Sub(_) => Binding::Sum,
            BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => Binding::Product,
            _ => Binding::Loose,
        },
        _ => Binding::Loose,
    }
}

/// Applies a rule's operation.
pub fn apply(rule: &Rule, operands: &[Fragment]) -> Fragment {
    match rule.notation {
        Notation::Neg => operands[0].neg(),
        Notation::Binary(op) => Fragment::binary(op, &operands[0], &operands[1]),
        Notation::Method => operands[0].method(&Ident::new(rule.name, Span::mixed_site()), &operands[1..]),
    }
}

/// Whether a pattern binds a name to a part of a value.
fn moves(pat: &Pat) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_pat_ident(&mut self, ident: &syn::PatIdent) {
            self.0 |= ident.by_ref.is_none() && !ident.ident.to_string().starts_with(char::is_uppercase);
        }
    }
    let mut finder = Finder(false);
    finder.visit_pat(pat);
    finder.0
}

/// What a place is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
    Adjoint,
}

impl Emit<'_> {
    pub(super) fn name(&self, var: VarId) -> &Ident {
        &self.vars()[var].name
    }

    /// A place on a base that is written as `base`.
    fn project(&self, base: Fragment, place: &Place, access: Access) -> Fragment {
        place.projections.iter().fold(base, |base, projection| match projection {
            Projection::Index(code) | Projection::Range(code) => {
                let (base, index) = (base.at_least(Binding::Tight), self.code(code).tokens);
                Fragment::tight(quote!(#base[#index]))
            }
            Projection::Field(member) => {
                let base = base.at_least(Binding::Tight);
                Fragment::tight(quote!(#base.#member))
            }
            Projection::Deref => {
                let base = base.at_least(Binding::Unary);
                Fragment { tokens: quote!(*#base), binding: Binding::Unary }
            }
            Projection::Payload(payload) => payload_of(&base, payload, access),
        })
    }

    /// A place of the primal.
    pub(super) fn place(&self, place: &Place) -> Fragment {
        let name = self.name(place.root);
        self.project(Fragment::tight(quote!(#name)), place, Access::Read)
    }

    /// A place of the primal that is written to or lent mutably.
    pub(super) fn place_mut(&self, place: &Place) -> Fragment {
        let name = self.name(place.root);
        self.project(Fragment::tight(quote!(#name)), place, Access::Write)
    }

    /// The adjoint of a place.
    pub(super) fn bar(&self, place: &Place) -> Fragment {
        let name = &self.unit.reverse.bars[&place.root];
        if self.unit.storage.begins_as_none(self.unit.function, place.root) {
            let base = Fragment { tokens: quote!(*#name), binding: Binding::Unary };
            return self.project(base, place, Access::Adjoint);
        }
        self.project(Fragment::tight(quote!(#name)), place, Access::Adjoint)
    }

    /// Passive code as it is written; in the reverse sweep aliases are replaced by what they stand for.
    pub(super) fn code(&self, code: &Code) -> Fragment {
        let replaced = self.in_reverse() && code.uses.iter().any(|&var| self.vars()[var].alias.is_some());
        let is_let = matches!(code.expr, Expr::Let(_) | Expr::Binary(_));
        let kept = !self.in_reverse() && (is_let || code.uses.iter().any(|&var| self.must_stay(var)));
        if !replaced && !kept {
            return Fragment::user(&code.expr);
        }
        let mut expr = code.expr.clone();
        if replaced {
            AliasReplacer { cx: self }.visit_expr_mut(&mut expr);
        } else {
            MoveKeeper { cx: self }.visit_expr_mut(&mut expr);
        }
        Fragment::user(&expr)
    }

    /// A passive statement, as it is written, but for what it would move away from the reverse sweep.
    pub(super) fn passive_stmt(&self, stmt: &syn::Stmt) -> TokenStream {
        let mut stmt = stmt.clone();
        MoveKeeper { cx: self }.visit_stmt_mut(&mut stmt);
        quote!(#stmt)
    }

    /// What a pattern is held against: a copy, if the pattern might move something away that the reverse sweep needs.
    pub(super) fn matched<'p>(&self, code: &Code, mut pats: impl Iterator<Item = &'p Pat>) -> TokenStream {
        let tokens = self.code(code).tokens;
        if pats.any(moves) && self.must_be_copied(&code.expr) {
            return quote!(::core::clone::Clone::clone(&#tokens));
        }
        tokens
    }

    /// Whether `expr` is a variable, or a field of one, that is owned, not `Copy` for all that is known, and needed.
    fn must_be_copied(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Paren(paren) => self.must_be_copied(&paren.expr),
            Expr::Field(field) => self.must_be_copied(&field.base),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|elem| self.must_be_copied(elem)),
            Expr::Path(path) => {
                let Some(var) = path.path.get_ident().and_then(|ident| self.vars().find(ident)) else { return false };
                let ty = &self.vars()[var].ty;
                let is_owned = !ty.is_ref() && self.vars()[var].alias.is_none();
                is_owned && !ty.is_copy() && *ty != Ty::Passive && self.unit.recorded.is_kept(var)
            }
            _ => false,
        }
    }

    /// Whether the reverse sweep needs a `Vec` that passive code might move.
    fn must_stay(&self, var: VarId) -> bool {
        matches!(self.vars()[var].ty, Ty::Vec(_)) && self.unit.recorded.is_needed(var)
    }

    pub(super) fn formula(&self, formula: &Expression) -> Fragment {
        match formula {
            Formula::Leaf(atom) => self.atom(atom),
            Formula::Number(text) => Fragment::tight(text.parse().expect("a number is a token")),
            Formula::Neg(inner) => self.formula(inner).neg(),
            Formula::Binary(op, left, right) => Fragment::binary(op, &self.formula(left), &self.formula(right)),
            Formula::Method(receiver, name, args) => {
                let args: Vec<Fragment> = args.iter().map(|arg| self.formula(arg)).collect();
                self.formula(receiver).method(&Ident::new(name, Span::mixed_site()), &args)
            }
            Formula::Helper(name, args) => {
                let (function, args) = (paths::rule(name), args.iter().map(|arg| self.formula(arg).tokens));
                Fragment::tight(quote!(#function(#(#args),*)))
            }
            Formula::Cast(inner, ty) => {
                let (inner, ty) = (self.formula(inner).at_least(Binding::Tight), Ident::new(ty, Span::mixed_site()));
                Fragment { tokens: quote!(#inner as #ty), binding: Binding::Loose }
            }
            Formula::If(cond, then, otherwise) => {
                let [cond, then, otherwise] = [cond, then, otherwise].map(|part| self.formula(part).tokens);
                Fragment { tokens: quote!(if #cond { #then } else { #otherwise }), binding: Binding::Loose }
            }
        }
    }

    fn atom(&self, atom: &Atom) -> Fragment {
        match atom {
            Atom::Primal(Operand::Place(place)) => self.place(place),
            Atom::Primal(Operand::Passive(code)) => self.code(code),
            Atom::Adjoint(place) => self.bar(place),
            Atom::Local(name) => Fragment::tight(quote!(#name)),
            Atom::Seed => Fragment::tight(self.seed()),
            Atom::Sum { place, drain } => {
                let slice = self.whole_slice(self.bar(place), place);
                let function = paths::private(if *drain { "drain_sum" } else { "sum" });
                let mutability = drain.then(|| quote!(mut));
                Fragment::tight(quote!(#function(&#mutability #slice)))
            }
        }
    }

    /// All elements of a place's adjoint, as a slice.
    pub(super) fn whole_slice(&self, bar: Fragment, place: &Place) -> TokenStream {
        let tokens = bar.at_least(Binding::Tight);
        match place.projections.last() {
            Some(Projection::Range(_)) => tokens,
            _ => quote!(#tokens[..]),
        }
    }
}

/// What the variant `base` holds, where it is known to be of that variant.
fn payload_of(base: &Fragment, payload: &Payload, access: Access) -> Fragment {
    let borrowed = base.at_least(Binding::Unary);
    let tokens = match access {
        Access::Adjoint if payload.is_of_std() => {
            let some = paths::private("some_payload");
            quote!(*#some(&mut #borrowed))
        }
        // Each gradient of an enum has a method for each field of a variant.
        Access::Adjoint => {
            let (base, member) = (base.at_least(Binding::Tight), payload.member.to_token_stream().to_string());
            let name = format!("__payload_{}_{}", bare(payload.variant()), member.trim_start_matches("r#"));
            let accessor = Ident::new(&name, payload.variant().span());
            quote!(*#base.#accessor())
        }
        Access::Read | Access::Write => {
            let (path, mutability) = (&payload.path, (access == Access::Write).then(|| quote!(mut)));
            let field = Ident::new("payload", Span::mixed_site());
            let pattern = match &payload.member {
                Member::Named(member) => quote!(#path { #member: #field, .. }),
                Member::Unnamed(index) => {
                    let skipped = (0..index.index).map(|_| quote!(_));
                    quote!(#path(#(#skipped,)* #field, ..))
                }
            };
            let other = quote!(_ => ::core::unreachable!());
            quote!(*match &#mutability #borrowed { #pattern => #field, #other })
        }
    };
    Fragment { tokens, binding: Binding::Unary }
}

/// Gives calls a copy of a `Vec` that the reverse sweep needs: `consume(idx)` becomes `consume(Clone::clone(&idx))`.
struct MoveKeeper<'a, 'b> {
    cx: &'a Emit<'b>,
}

impl VisitMut for MoveKeeper<'_, '_> {
    fn visit_expr_let_mut(&mut self, condition: &mut syn::ExprLet) {
        visit_mut::visit_expr_let_mut(self, condition);
        if moves(&condition.pat) && self.cx.must_be_copied(&condition.expr) {
            let matched = &condition.expr;
            *condition.expr = parse_quote!(::core::clone::Clone::clone(&#matched));
        }
    }

    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        for arg in &mut call.args {
            let Expr::Path(path) = &*arg else { continue };
            let var = path.path.get_ident().and_then(|ident| self.cx.vars().find(ident));
            if var.is_some_and(|var| self.cx.must_stay(var)) {
                *arg = parse_quote!(::core::clone::Clone::clone(&#path));
            }
        }
    }
}

/// Puts places where aliases stand: `row.len()` becomes `w[a..b].len()`, `*v` becomes `xs[k]`.
struct AliasReplacer<'a, 'b> {
    cx: &'a Emit<'b>,
}

impl AliasReplacer<'_, '_> {
    /// What an alias stands for, and whether it is a reference to that.
    fn target(&self, expr: &Expr) -> Option<(Expr, bool)> {
        let Expr::Path(path) = expr else { return None };
        let var = self.cx.vars().find(path.path.get_ident()?)?;
        let vars = self.cx.vars();
        vars[var].alias.as_ref()?;
        let resolved = vars.resolve(&Place::var(var, Span::mixed_site()));
        let tokens = self.cx.place(&resolved).at_least(Binding::Tight);
        Some((parse_quote!(#tokens), vars[var].ty.is_ref()))
    }
}

impl VisitMut for AliasReplacer<'_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
                if let Some((target, true)) = self.target(&unary.expr) {
                    *expr = target;
                    return;
                }
            }
            Expr::MethodCall(call) => {
                if let Some((target, _)) = self.target(&call.receiver) {
                    *call.receiver = target;
                    return;
                }
            }
            Expr::Index(index) => {
                if let Some((target, _)) = self.target(&index.expr) {
                    *index.expr = target;
                    self.visit_expr_mut(&mut index.index);
                    return;
                }
            }
            Expr::Path(_) => {
                if let Some((target, is_ref)) = self.target(expr) {
                    *expr = if is_ref { parse_quote!((&#target)) } else { target };
                }
                return;
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

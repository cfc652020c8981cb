//! What is only another way of writing something else, written that way before anything looks at it.
//!
//! * `value?` is a `match` that returns what is no value;
//! * a block with a label is a loop that ends after its first trip;
//! * the end of an iterator chain says what it makes, where the type stands beside it;
//! * an arm whose alternatives bind names is an arm for each of them.

use crate::diag::Errors;
use crate::ir::Ty;
use crate::names::Names;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use std::borrow::Cow;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Expr, Pat, Stmt, parse_quote, parse_quote_spanned};

/// Rewrites the body of `function`.
pub fn desugar(function: &mut syn::ItemFn, output: &Ty, names: &mut Names, errors: &mut Errors) {
    if let (Some(Stmt::Expr(tail, None)), syn::ReturnType::Type(_, ty)) =
        (function.block.stmts.last_mut(), &function.sig.output)
    {
        say_target(tail, ty);
    }
    let mut desugar = Desugar { output, names, errors, closures: 0 };
    desugar.visit_block_mut(&mut function.block);
}

struct Desugar<'a> {
    output: &'a Ty,
    names: &'a mut Names,
    errors: &'a mut Errors,
    /// How many closures are around what is looked at.
    closures: usize,
}

impl VisitMut for Desugar<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Block(block) if block.label.is_some() => {
                self.visit_block_mut(&mut block.block);
                end_with_jump(block);
                let (label, stmts) = (&block.label, &block.block.stmts);
                *expr = parse_quote_spanned!(block.block.span()=> #label loop { #(#stmts)* });
            }
            // In a closure it leaves the closure.
            Expr::Try(_) if self.closures == 0 => {
                visit_mut::visit_expr_mut(self, expr);
                let Expr::Try(tried) = expr else { return };
                // Without the `?`, if that was refused, so that it is not refused again.
                *expr = self.taken(tried).unwrap_or_else(|| (*tried.expr).clone());
            }
            // What stands in these is not of this function.
            Expr::Async(_) => {}
            Expr::Closure(closure) => {
                self.closures += 1;
                self.visit_expr_mut(&mut closure.body);
                self.closures -= 1;
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if let (Pat::Type(typed), Some(init)) = (&local.pat, &mut local.init) {
            say_target(&mut init.expr, &typed.ty);
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_expr_match_mut(&mut self, choice: &mut syn::ExprMatch) {
        visit_mut::visit_expr_match_mut(self, choice);
        choice.arms = choice.arms.iter().flat_map(split).collect();
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        // `vec![f(x)?; 3]`: only what can be told to be expressions.
        type Arguments = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
        let is_vec = mac.path.segments.last().is_some_and(|last| last.ident == "vec");
        let tokens = mac.tokens.clone();
        if let Ok(mut repeat) = syn::parse2::<syn::ExprRepeat>(quote::quote!([#tokens]))
            && is_vec
        {
            self.visit_expr_mut(&mut repeat.expr);
            self.visit_expr_mut(&mut repeat.len);
            let (value, count) = (&repeat.expr, &repeat.len);
            mac.tokens = quote::quote!(#value; #count);
        } else if is_vec && let Ok(mut arguments) = mac.parse_body_with(Arguments::parse_terminated) {
            arguments.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
            mac.tokens = quote::quote!(#arguments);
        }
    }
}

impl Desugar<'_> {
    /// `match value { Some(value) => value, None => return None }`
    fn taken(&mut self, tried: &syn::ExprTry) -> Option<Expr> {
        let (value, inner, span) = (self.names.fresh("value"), &tried.expr, tried.question_token.span());
        match self.output {
            Ty::Option(_) => {
                let arms = quote_spanned!(span=> Some(#value) => #value, None => return None);
                Some(match_on(inner, &arms, span))
            }
            Ty::Result(_) => {
                let error = self.names.fresh("error");
                let arms = quote_spanned!(span=>
                    Ok(#value) => #value,
                    Err(#error) => return Err(::core::convert::From::from(#error)),
                );
                Some(match_on(inner, &arms, span))
            }
            _ => {
                self.errors.on(&tried.question_token, "`?` is supported in functions whose result is written `Option<…>` or `Result<…>`: write it so, or use `match`");
                None
            }
        }
    }
}

/// `match value { arms }`
pub fn match_on(value: &Expr, arms: &TokenStream, span: Span) -> Expr {
    let value = before_brace(value);
    parse_quote_spanned!(span=> match #value { #arms })
}

/// An expression that a brace or an `else` follows.
pub fn before_brace(expr: &Expr) -> Cow<'_, Expr> {
    if has_brace(expr) { Cow::Owned(parse_quote!((#expr))) } else { Cow::Borrowed(expr) }
}

/// Whether an expression must be in parentheses before a brace, because one of its own could be taken for that one, as
/// that of a struct literal.
pub fn has_brace(expr: &Expr) -> bool {
    let is_brace = |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    expr.to_token_stream().into_iter().any(is_brace)
}

/// A pattern by itself: alternatives stand in parentheses there.
pub fn alone(pat: &Pat) -> Cow<'_, Pat> {
    match pat {
        Pat::Or(_) => Cow::Owned(parse_quote!((#pat))),
        _ => Cow::Borrowed(pat),
    }
}

/// `collect()` that is to give a `Vec<f64>` says so, and so do `sum()` and `product()`.
fn say_target(expr: &mut Expr, ty: &syn::Type) {
    let Expr::MethodCall(call) = expr else { return };
    let ends_chain = ["collect", "sum", "product"].iter().any(|name| call.method == name);
    if ends_chain && call.args.is_empty() && call.turbofish.is_none() {
        call.turbofish = Some(parse_quote!(::<#ty>));
    }
}

/// Ends a block with a label by a jump out of it. A jump without a label cannot stand in one, so none changes its meaning.
fn end_with_jump(block: &mut syn::ExprBlock) {
    let label = block.label.as_ref().expect("the caller saw one").name.clone();
    let stmts = &mut block.block.stmts;
    let value = match stmts.pop() {
        Some(Stmt::Expr(value, None)) => Some(value),
        other => {
            stmts.extend(other);
            None
        }
    };
    match value {
        Some(exit @ (Expr::Break(_) | Expr::Continue(_) | Expr::Return(_))) => stmts.push(Stmt::Expr(exit, None)),
        Some(value) if is_value(&value) => stmts.push(parse_quote_spanned!(value.span()=> break #label #value;)),
        value => {
            stmts.extend(value.map(|value| Stmt::Expr(value, Some(Default::default()))));
            stmts.push(parse_quote!(break #label;));
        }
    }
}

/// Whether the last expression of a block may be more than `()`.
fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::ForLoop(_) | Expr::While(_) | Expr::Assign(_) => false,
        Expr::If(branch) => branch.else_branch.is_some(),
        Expr::Binary(binary) => !crate::ir::code::is_compound(&binary.op),
        _ => true,
    }
}

/// An arm for each alternative of a pattern, where they bind names.
fn split(arm: &Arm) -> Vec<Arm> {
    let alternatives = alternatives(&arm.pat);
    alternatives.into_iter().map(|pat| Arm { pat, ..arm.clone() }).collect()
}

/// A pattern as one or several without alternatives that bind names.
fn alternatives(pat: &Pat) -> Vec<Pat> {
    match pat {
        Pat::Or(or) if or.cases.iter().any(binds) => or.cases.iter().flat_map(alternatives).collect(),
        // The parentheses stay: `&(mut x)` is not `&mut x`.
        Pat::Paren(paren) => alternatives(&paren.pat)
            .into_iter()
            .map(|pat| Pat::Paren(syn::PatParen { pat: Box::new(pat), ..paren.clone() }))
            .collect(),
        Pat::Guard(guarded) => {
            let inner = alternatives(&guarded.pat);
            inner.into_iter().map(|pat| Pat::Guard(syn::PatGuard { pat: Box::new(pat), ..guarded.clone() })).collect()
        }
        Pat::TupleStruct(pattern) => {
            choose(&pattern.elems, |elems| Pat::TupleStruct(syn::PatTupleStruct { elems, ..pattern.clone() }))
        }
        Pat::Tuple(pattern) => choose(&pattern.elems, |elems| Pat::Tuple(syn::PatTuple { elems, ..pattern.clone() })),
        Pat::Reference(reference) => alternatives(&reference.pat)
            .into_iter()
            .map(|pat| Pat::Reference(syn::PatReference { pat: Box::new(pat), ..reference.clone() }))
            .collect(),
        other => vec![other.clone()],
    }
}

type Pats = syn::punctuated::Punctuated<Pat, syn::Token![,]>;

/// Every combination of the alternatives of several patterns.
fn choose(pats: &Pats, make: impl Fn(Pats) -> Pat) -> Vec<Pat> {
    let mut combinations: Vec<Pats> = vec![Pats::new()];
    for pat in pats {
        let choices = alternatives(pat);
        let extended = combinations
            .iter()
            .flat_map(|head| choices.iter().map(move |choice| head.iter().chain([choice]).cloned().collect::<Pats>()));
        combinations = extended.collect();
    }
    combinations.into_iter().map(make).collect()
}

fn binds(pat: &Pat) -> bool {
    struct Finder(bool);
    impl syn::visit::Visit<'_> for Finder {
        fn visit_pat_ident(&mut self, ident: &syn::PatIdent) {
            self.0 |= !ident.ident.to_string().starts_with(char::is_uppercase);
        }
    }
    let mut finder = Finder(false);
    syn::visit::Visit::visit_pat(&mut finder, pat);
    finder.0
}

//! Makes every local name unique.
//!
//! Enters: the user's function. Leaves: the same function, where a binding that shadows or repeats an earlier name is
//! called `name_1`, `name_2` …, together with all its uses, also within macros and their format strings. Afterwards a
//! name means one variable, wherever it stands.
//!
//! A variable that has the name of a function or constant mentioned where the variable is out of scope is renamed too.

mod pattern;
#[cfg(test)]
mod tests;
mod tokens;

use crate::names::Names;
use proc_macro2::{Ident, Span};
use std::collections::{HashMap, HashSet};
use syn::visit_mut::{self, VisitMut};

/// Renames within `function`. Its parameters keep their names.
pub fn resolve(function: &mut syn::ItemFn, names: &mut Names) {
    // A round for what is mentioned without being a variable; its renaming is thrown away.
    let unbound = Resolver::new(&mut names.clone(), HashSet::new()).resolve(&mut function.clone());
    Resolver::new(names, unbound).resolve(function);
}

/// Gives every binding in a closure a name that occurs nowhere else, so that its body can stand in another place too.
pub fn rename_bindings(closure: &mut syn::ExprClosure, names: &mut Names) {
    let mut resolver = Resolver { always: true, ..Resolver::new(names, HashSet::new()) };
    for input in &mut closure.inputs {
        resolver.bind_pattern(input, false);
    }
    resolver.visit_expr_mut(&mut closure.body);
}

struct Resolver<'a> {
    names: &'a mut Names,
    /// Whether every binding gets a new name.
    always: bool,
    /// Innermost last: the user's name (see [`key`]) → the unique name.
    scopes: Vec<HashMap<String, Ident>>,
    /// Unique names handed out so far, and others that are not to be.
    bound: HashSet<String>,
    /// Names mentioned where no variable has them.
    unbound: HashSet<String>,
}

impl<'a> Resolver<'a> {
    fn new(names: &'a mut Names, bound: HashSet<String>) -> Self {
        Resolver { names, always: false, scopes: vec![HashMap::new()], bound, unbound: HashSet::new() }
    }
}

impl Resolver<'_> {
    /// Returns the names that are mentioned where no variable has them.
    fn resolve(mut self, function: &mut syn::ItemFn) -> HashSet<String> {
        for input in &mut function.sig.inputs {
            if let syn::FnArg::Typed(param) = input {
                self.bind_pattern(&mut param.pat, false);
            }
        }
        self.visit_block_mut(&mut function.block);
        self.unbound
    }

    fn bind(&mut self, ident: &mut Ident) {
        let (key, original) = (key(ident), ident.to_string());
        if !self.bound.insert(original.clone()) || self.always {
            let mut unique = self.names.numbered(&original);
            unique.set_span(ident.span());
            self.bound.insert(unique.to_string());
            *ident = unique;
        }
        self.scope().insert(key, ident.clone());
    }

    fn scope(&mut self) -> &mut HashMap<String, Ident> {
        self.scopes.last_mut().expect("the function's own scope is never left")
    }

    fn lookup(&self, key: &str) -> Option<&Ident> {
        self.scopes.iter().rev().find_map(|scope| scope.get(key))
    }

    /// Gives a use the unique name of what it names.
    fn rename(&self, ident: &mut Ident) -> bool {
        let Some(unique) = self.lookup(&key(ident)).cloned() else { return false };
        let renamed = *ident != unique;
        let span = ident.span();
        *ident = unique;
        ident.set_span(span);
        renamed
    }

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        visit(self);
        self.scopes.pop();
    }
}

/// What tells names apart: the text, and whose macro it comes from.
///
/// Two variables of one name may stand in a function that a `macro_rules!` macro made: the macro's own and one that was
/// passed in. The compiler tells them apart by the hygiene of their spans, which only the debug text of a span shows
/// (`#5 bytes(…)`). Where it does not, names are told apart by their text alone.
fn key(ident: &Ident) -> String {
    format!("{ident}{}", hygiene(ident.span()))
}

pub fn hygiene(span: Span) -> String {
    let text = format!("{span:?}");
    match text.split_once(' ') {
        Some((context, _)) if context.starts_with('#') => context.to_owned(),
        _ => String::new(),
    }
}

impl VisitMut for Resolver<'_> {
    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        self.scoped(|cx| visit_mut::visit_block_mut(cx, block));
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {
        // Items see no local variables.
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if let Some(init) = &mut local.init {
            self.visit_expr_mut(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.visit_expr_mut(diverge);
            }
        }
        let refutable = local.init.as_ref().is_some_and(|init| init.diverge.is_some());
        self.bind_pattern(&mut local.pat, refutable);
    }

    fn visit_expr_let_mut(&mut self, condition: &mut syn::ExprLet) {
        self.visit_expr_mut(&mut condition.expr);
        self.bind_pattern(&mut condition.pat, true);
    }

    fn visit_expr_if_mut(&mut self, branch: &mut syn::ExprIf) {
        self.scoped(|cx| {
            cx.visit_expr_mut(&mut branch.cond);
            cx.visit_block_mut(&mut branch.then_branch);
        });
        if let Some((_, otherwise)) = &mut branch.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }

    fn visit_expr_while_mut(&mut self, looped: &mut syn::ExprWhile) {
        self.scoped(|cx| {
            cx.visit_expr_mut(&mut looped.cond);
            cx.visit_block_mut(&mut looped.body);
        });
    }

    fn visit_expr_for_loop_mut(&mut self, looped: &mut syn::ExprForLoop) {
        self.visit_expr_mut(&mut looped.expr);
        self.scoped(|cx| {
            cx.bind_pattern(&mut looped.pat, false);
            cx.visit_block_mut(&mut looped.body);
        });
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        self.scoped(|cx| {
            cx.bind_pattern(&mut arm.pat, true);
            cx.visit_expr_mut(&mut arm.body);
        });
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        self.scoped(|cx| {
            for input in &mut closure.inputs {
                cx.bind_pattern(input, false);
            }
            cx.visit_expr_mut(&mut closure.body);
        });
    }

    fn visit_expr_path_mut(&mut self, path: &mut syn::ExprPath) {
        if path.qself.is_none() && path.path.segments.len() == 1 && path.path.leading_colon.is_none() {
            let ident = &mut path.path.segments[0].ident;
            if self.lookup(&key(ident)).is_none() {
                self.unbound.insert(ident.to_string());
            }
            self.rename(ident);
        }
    }

    fn visit_expr_struct_mut(&mut self, literal: &mut syn::ExprStruct) {
        for field in &mut literal.fields {
            let original = field.expr.clone();
            self.visit_expr_mut(&mut field.expr);
            if field.colon_token.is_none() && field.expr != original {
                field.colon_token = Some(Default::default());
            }
        }
        if let Some(rest) = &mut literal.rest {
            self.visit_expr_mut(rest);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if !self.resolve_arguments(mac) {
            let tokens = std::mem::take(&mut mac.tokens);
            mac.tokens = tokens::rename(tokens, crate::known::is_formatting_macro(&mac.path), &|name| {
                self.lookup(name).cloned()
            });
        }
    }
}

impl Resolver<'_> {
    /// Resolves the arguments of a macro that takes expressions, which may have blocks and so variables of their own.
    /// `false` if these are none.
    fn resolve_arguments(&mut self, mac: &mut syn::Macro) -> bool {
        let formatting = crate::known::is_formatting_macro(&mac.path);
        if !formatting && mac.path.segments.last().is_none_or(|last| last.ident != "vec") {
            return false;
        }
        let tokens = mac.tokens.clone();
        if let Ok(mut repeat) = syn::parse2::<syn::ExprRepeat>(quote::quote!([#tokens])) {
            self.visit_expr_mut(&mut repeat.expr);
            self.visit_expr_mut(&mut repeat.len);
            let (elem, len) = (&repeat.expr, &repeat.len);
            mac.tokens = quote::quote!(#elem; #len);
            return true;
        }
        type Arguments = syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>;
        let Ok(mut arguments) = mac.parse_body_with(Arguments::parse_terminated) else { return false };
        for argument in &mut arguments {
            match argument {
                // A named argument of a format string is no variable.
                syn::Expr::Assign(named) if formatting => self.visit_expr_mut(&mut named.right),
                syn::Expr::Lit(lit) if formatting => self.resolve_format(lit),
                other => self.visit_expr_mut(other),
            }
        }
        mac.tokens = quote::quote!(#arguments);
        true
    }

    fn resolve_format(&self, literal: &mut syn::ExprLit) {
        if let syn::Lit::Str(string) = &literal.lit {
            let renamed = tokens::rename_in_format(string.token(), &|name| self.lookup(name).cloned());
            literal.lit = syn::Lit::new(renamed);
        }
    }
}

//! Bindings within patterns.

use super::Resolver;
use std::collections::HashMap;
use syn::visit_mut::{self, VisitMut};
use syn::{Pat, PatIdent};

impl Resolver<'_> {
    /// Binds the pattern's variables in the current scope. A name that occurs in several alternatives of an or-pattern
    /// is one variable.
    ///
    /// In a refutable pattern a bare name that begins with a capital is a constant or a variant.
    pub(super) fn bind_pattern(&mut self, pat: &mut Pat, refutable: bool) {
        let mut binder = Binder { cx: self, here: HashMap::new(), refutable };
        binder.visit_pat_mut(pat);
    }
}

struct Binder<'r, 'a> {
    cx: &'r mut Resolver<'a>,
    here: HashMap<String, proc_macro2::Ident>,
    refutable: bool,
}

/// Whether an identifier pattern binds a variable even where a constant or a variant could stand.
fn binds(pat: &PatIdent) -> bool {
    let constant = pat.ident.to_string().starts_with(char::is_uppercase);
    pat.by_ref.is_some() || pat.mutability.is_some() || pat.subpat.is_some() || !constant
}

impl VisitMut for Binder<'_, '_> {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        if !self.refutable || binds(pat) {
            let original = super::key(&pat.ident);
            match self.here.get(&original) {
                Some(unique) => {
                    let mut ident = unique.clone();
                    ident.set_span(pat.ident.span());
                    pat.ident = ident;
                }
                None => {
                    self.cx.bind(&mut pat.ident);
                    self.here.insert(original, pat.ident.clone());
                }
            }
        }
        if let Some((_, subpat)) = &mut pat.subpat {
            self.visit_pat_mut(subpat);
        }
    }

    fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
        let original = field.pat.clone();
        visit_mut::visit_pat_mut(self, &mut field.pat);
        if field.colon_token.is_none() && field.pat != original {
            field.colon_token = Some(Default::default());
        }
    }

    fn visit_pat_guard_mut(&mut self, pat: &mut syn::PatGuard) {
        self.visit_pat_mut(&mut pat.pat);
        self.cx.visit_expr_mut(&mut pat.guard);
    }

    fn visit_expr_mut(&mut self, expr: &mut syn::Expr) {
        self.cx.visit_expr_mut(expr);
    }
}

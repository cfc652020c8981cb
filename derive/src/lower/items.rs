//! Items inside a body, which lowering moves to its head.

use super::Lower;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::HashMap;
use syn::Stmt;

impl Lower {
    /// How often a name occurs in the whole body.
    pub(super) fn mentions(&self, name: &syn::Ident) -> usize {
        self.mentioned.get(&name.to_string()).copied().unwrap_or(0)
    }

    /// Moves an item to the head of the function, if its name means nothing outside the block that it stands in.
    pub(super) fn hoist(&mut self, item: &syn::Item, block: &[Stmt]) {
        let inside = quote::quote!(#(#block)*);
        let names = item_names(item);
        // An item of the body's own block means the same in all of the body.
        if self.depth == 1 {
            return self.items.push(item.clone());
        }
        let moved = names
            .as_ref()
            .is_some_and(|names| names.iter().all(|name| count(name, inside.clone()) == self.mentions(name)));
        if moved {
            self.items.push(item.clone());
        } else {
            self.errors.on(item, "this item could mean something else where the derivative is computed: move it to the head of the function, or out of it");
        }
    }
}

/// The names that an item brings into scope, or `None` if that cannot be told (`use m::*`, a macro).
fn item_names(item: &syn::Item) -> Option<Vec<syn::Ident>> {
    fn of_use(tree: &syn::UseTree, names: &mut Vec<syn::Ident>) -> Option<()> {
        match tree {
            syn::UseTree::Path(path) => of_use(&path.tree, names)?,
            syn::UseTree::Name(name) => names.push(name.ident.clone()),
            syn::UseTree::Rename(rename) => names.push(rename.rename.clone()),
            syn::UseTree::Group(group) => group.items.iter().try_for_each(|tree| of_use(tree, names))?,
            _ => return None,
        }
        Some(())
    }
    Some(match item {
        syn::Item::Const(item) => vec![item.ident.clone()],
        syn::Item::Static(item) => vec![item.ident.clone()],
        syn::Item::Fn(item) => vec![item.sig.ident.clone()],
        syn::Item::Struct(item) => vec![item.ident.clone()],
        syn::Item::Enum(item) => vec![item.ident.clone()],
        syn::Item::Type(item) => vec![item.ident.clone()],
        syn::Item::Use(item) => {
            let mut names = Vec::new();
            of_use(&item.tree, &mut names)?;
            names
        }
        _ => return None,
    })
}

/// How often each name occurs among tokens.
pub(super) fn count_all(tokens: TokenStream, counts: &mut HashMap<String, usize>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => *counts.entry(ident.to_string()).or_default() += 1,
            TokenTree::Group(group) => count_all(group.stream(), counts),
            _ => {}
        }
    }
}

/// How often a name occurs among tokens.
fn count(name: &syn::Ident, tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) => usize::from(ident == *name),
            TokenTree::Group(group) => count(name, group.stream()),
            _ => 0,
        })
        .sum()
}

//! Records: what a block hands to the reverse sweep, as an expression and as a pattern.

use super::Emit;
use super::frames::{Wrap, wrap};
use crate::adjoint::storage::Item;
use crate::ir::{BlockId, VarId};
use proc_macro2::TokenStream;
use quote::quote;

impl Emit<'_> {
    /// The record as the forward sweep makes it.
    pub(super) fn record(&self, block: BlockId) -> TokenStream {
        let items = self.unit.storage.record(block).iter().map(|item| match item {
            Item::Rest(rest, _) => wrap(Wrap::Rest, self.record(*rest)),
            Item::Var(var) => self.recorded_var(block, *var),
            other => self.item_name(other),
        });
        tuple(items.collect())
    }

    /// A variable in a record: a copy, if the variable goes on after the block.
    pub(super) fn recorded_var(&self, block: BlockId, var: VarId) -> TokenStream {
        let name = self.name(var);
        if self.unit.storage.is_copied(block, var) && !self.vars()[var].ty.is_copy() {
            return quote!(::core::clone::Clone::clone(&#name));
        }
        quote!(#name)
    }

    /// The record as the reverse sweep takes it apart.
    pub(super) fn record_pattern(&self, block: BlockId) -> TokenStream {
        let items = self.unit.storage.record(block).iter().map(|item| {
            let name = self.item_name(item);
            let mutable = matches!(item, Item::Var(var) if self.vars()[*var].mutable);
            if mutable { quote!(mut #name) } else { name }
        });
        tuple(items.collect())
    }

    pub(super) fn item_name(&self, item: &Item) -> TokenStream {
        match item {
            Item::Var(var) => {
                let name = self.name(*var);
                quote!(#name)
            }
            Item::Zero(name) | Item::Saved(name) | Item::Pullback(name) | Item::Branch(name) | Item::Rest(_, name) => {
                quote!(#name)
            }
        }
    }
}

pub(super) fn tuple(items: Vec<TokenStream>) -> TokenStream {
    match &items[..] {
        [single] => single.clone(),
        _ => quote!((#(#items),*)),
    }
}

//! Records: what a block hands to the reverse sweep, as an expression and as a pattern.

use super::Emit;
use super::frames::{Wrap, wrap};
use crate::adjoint::storage::Item;
use crate::ir::BlockId;
use proc_macro2::TokenStream;
use quote::quote;

impl Emit<'_> {
    /// The record as the forward sweep makes it.
    pub(super) fn record(&self, block: BlockId) -> TokenStream {
        let items = self.unit.storage.record(block).iter().map(|item| match item {
            Item::Rest(rest, _) => wrap(Wrap::Rest, self.record(*rest)),
            other => self.item_name(other),
        });
        tuple(items.collect())
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

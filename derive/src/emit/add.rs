//! Additions to adjoints, number by number: as operators, or by helpers where the type of a part is not known.

use super::Emit;
use crate::ir::reverse::{Atom, Expression};
use crate::ir::{Place, Projection, Ty};
use crate::paths;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

impl Emit<'_> {
    pub(super) fn add(&self, to: &Place, negative: bool, value: &Expression) -> TokenStream {
        let (flipped, value) = value.split_sign();
        let tokens = self.formula(&value).tokens;
        let span = to.span;
        if self.vars().ty(to) == Ty::Unknown {
            // It may be a part that counts as constant, whose adjoint is `()`.
            let tokens = if negative != flipped { quote!(-(#tokens)) } else { tokens };
            return self.add_share(to, &value, tokens);
        }
        let target = self.bar(to).tokens;
        let add = if negative != flipped {
            quote_spanned!(span=> #target -= #tokens;)
        } else {
            quote_spanned!(span=> #target += #tokens;)
        };
        self.switched(to.root, add)
    }

    /// An addition to a part whose type is not known. `tokens` is `value` as it is written.
    pub(super) fn add_share(&self, to: &Place, value: &Expression, tokens: TokenStream) -> TokenStream {
        let (target, span) = (self.share_target(to), to.span);
        let mut reads_target = false;
        value.leaves(&mut |atom| {
            reads_target |= matches!(atom, Atom::Adjoint(place) | Atom::Sum { place, .. } if place.root == to.root);
        });
        // What is lent mutably cannot be read at the same time, but before.
        let add = if reads_target {
            let give = paths::private("give_share");
            quote_spanned!(span=> #give(#tokens, #target);)
        } else {
            let add = paths::private("add_share");
            quote_spanned!(span=> #add(#target, #tokens);)
        };
        self.switched(to.root, add)
    }

    /// A mutable reference to the adjoint of a place whose type is not known. It may be `()`, and have elements all the
    /// same, where a field counts as constant.
    pub(super) fn share_target(&self, to: &Place) -> TokenStream {
        let is_field = |projection: &Projection| matches!(projection, Projection::Field(_));
        let is_of_unknown = |at: usize| {
            let base = Place { projections: to.projections[..at].to_vec(), ..to.clone() };
            to.projections[..at].last().is_some_and(is_field) && self.vars().ty(&base) == Ty::Unknown
        };
        let elements = (0..to.projections.len()).find(|&at| {
            is_of_unknown(at)
                && to.projections[at..].iter().all(|part| matches!(part, Projection::Index(_) | Projection::Range(_)))
        });
        let Some(at) = elements else {
            let target = self.bar(to).tokens;
            return quote!(&mut #target);
        };
        let base = self.bar(&Place { projections: to.projections[..at].to_vec(), ..to.clone() }).tokens;
        to.codes().skip(codes_before(to, at)).fold(quote!(&mut #base), |base, index| {
            let (element, index) = (paths::private("element"), self.code(index).tokens);
            quote!(#element(#base, #index))
        })
    }
}

/// How many of a place's index expressions are before its projection `at`.
fn codes_before(place: &Place, at: usize) -> usize {
    Place { projections: place.projections[..at].to_vec(), ..place.clone() }.codes().count()
}

//! `forward`: the split form, which callers use.
//!
//! It returns the value and a closure, the pullback. What the closure captures is the tape. Parameters passed by
//! reference are lent to it again, each with its adjoint, so that it borrows nothing; the adjoints of those passed by
//! value it returns.

use super::zero::zero;
use super::{Emit, Mode, Unit, item, types, with_iterator};
use crate::ir::{Ty, VarId};
use crate::names::Names;
use crate::paths;
use crate::signature::{Param, Passing, Signature};
use proc_macro2::TokenStream;
use quote::quote;

pub fn forward(unit: &Unit, names: &Names) -> TokenStream {
    let mut cx = Emit::new(unit, Mode::Split, names);
    let signature = unit.signature;
    let sig = forward_signature(signature);
    let forward = cx.forward();
    let (name, value) = (&signature.value, cx.value());
    let lent = cx.lent_params();
    let seed_ty = types::gradient(&item::output_type(signature));
    let seed = cx.seed.clone();
    let bars = cx.switched_bars();
    let reverse = cx.reverse();
    let returned = cx.returned_adjoints();
    let body = with_iterator(quote! {
        #forward
        let #name = #value;
        (#name, move |#seed: #seed_ty #(, #lent)*| {
            #bars
            #reverse
            (#(#returned,)*)
        })
    });
    quote!(#sig { #body })
}

/// The signature of the split form.
pub fn forward_signature(signature: &Signature) -> TokenStream {
    let switches: Vec<_> = signature.params.iter().map(|param| &param.switch).collect();
    let params = item::declared_params(signature);
    let output = item::output(signature);
    let seed = types::gradient(&item::output_type(signature));
    let lent = signature.params.iter().filter(|param| param.passing != Passing::Value).map(lent_type);
    let returned = signature.params.iter().filter(|param| param.passing == Passing::Value).map(returned_type);
    quote! {
        #[doc(hidden)]
        pub fn forward<#(const #switches: bool),*>(#(#params),*) -> (
            #output,
            impl ::core::ops::FnOnce(#seed #(, #lent)*) -> (#(#returned,)*) + ::core::clone::Clone + use<#(#switches),*>,
        )
    }
}

/// A reference with its adjoint.
fn lent_type(param: &Param) -> TokenStream {
    let ty = &param.syn_ty;
    let adjoint = slot_type(param);
    quote!((#ty, ::core::option::Option<&mut #adjoint>))
}

/// What may be lent as the adjoint of a parameter. An active value cannot be passed to a constant one.
fn slot_type(param: &Param) -> TokenStream {
    if param.constant { paths::private("ConstantParameter") } else { types::adjoint(param.inner()) }
}

fn returned_type(param: &Param) -> TokenStream {
    match (param.differentiable, param.constant) {
        (true, _) => types::gradient(param.inner()),
        (false, true) => paths::private("ConstantParameter"),
        (false, false) => quote!(()),
    }
}

impl Emit<'_> {
    fn lent_params(&self) -> Vec<TokenStream> {
        let lent = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            if param.passing == Passing::Value {
                return None;
            }
            let (name, ty) = (&param.name, lent_type(param));
            Some(match self.unit.reverse.bars.get(&var) {
                Some(bar) => quote!((#name, #bar): #ty),
                None => quote!((#name, _): #ty),
            })
        });
        lent.collect()
    }

    /// The adjoints lent by the caller, or stand-ins where it does not want them.
    fn switched_bars(&self) -> TokenStream {
        let bars = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            let bar = self.unit.reverse.bars.get(&var).filter(|_| param.passing != Passing::Value)?;
            if param.passing == Passing::Ref && matches!(param.ty.deref(), Ty::Slice(_)) {
                return Some(quote!(let #bar = #bar.unwrap_or_default();));
            }
            let (none, some) = (quote!(::core::option::Option::None), quote!(::core::option::Option::Some));
            let (stand_in, name) = (self.stand_in(var), &param.name);
            let (inner, trait_) = (param.inner(), paths::differentiable());
            let zero = zero(&param.ty, &quote!(#name));
            Some(quote! {
                let mut #stand_in;
                let #bar = match #bar {
                    #some(#bar) => #bar,
                    #none => {
                        #stand_in = #zero;
                        <#inner as #trait_>::adjoint(&mut #stand_in)
                    }
                };
            })
        });
        bars.collect()
    }

    fn stand_in(&self, var: VarId) -> proc_macro2::Ident {
        self.names.clone().fresh(&format!("{}_unwanted", crate::names::bare(self.name(var))))
    }

    /// The adjoints of the parameters by value.
    fn returned_adjoints(&self) -> Vec<TokenStream> {
        let returned = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            if param.passing != Passing::Value {
                return None;
            }
            if !param.differentiable {
                return Some(if param.constant { paths::private("ConstantParameter") } else { quote!(()) });
            }
            Some(match self.begun_bar(var) {
                Some(bar) => quote!(#bar),
                None => {
                    let name = &param.name;
                    zero(&param.ty, &quote!(#name))
                }
            })
        });
        returned.collect()
    }
}

/// The split form of a function that could not be differentiated.
pub fn stub(signature: &Signature) -> TokenStream {
    let sig = forward_signature(signature);
    let seed = types::gradient(&item::output_type(signature));
    let lent = signature.params.iter().filter(|param| param.passing != Passing::Value).map(|param| {
        let ty = lent_type(param);
        quote!(_: #ty)
    });
    quote! {
        #sig {
            (::core::unimplemented!(), |_: #seed #(, #lent)*| ::core::unimplemented!())
        }
    }
}

//! `value_and_grad` of a function that may leave a `&mut` parameter with another length: how long its gradient has to be
//! when the reverse sweep begins is known after the forward sweep only. So the two run apart.

use super::{docs, item, wrappers};
use crate::ir::Ty;
use crate::names::Names;
use crate::signature::{Param, Passing, Signature};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub fn value_and_grad(signature: &Signature, names: &Names) -> TokenStream {
    let (params, args) = (wrappers::plain_params(signature), wrappers::arguments(signature));
    let (output, gradient) = (item::output(signature), wrappers::gradient_type(signature));
    let switches = signature.params.iter().map(|param| param.differentiable);
    let pullback = names.clone().fresh("pullback");
    let by_reference = || signature.params.iter().filter(|param| param.passing != Passing::Value);
    let (keep, put_back): (Vec<_>, Vec<_>) =
        by_reference().filter(|param| param.is_mutable_ref()).map(|param| exit_state(param, names)).unzip();
    let zeros = by_reference().filter(|param| param.differentiable).map(wrappers::fresh_gradient);
    let lent = by_reference().map(|param| {
        let name = &param.name;
        let value = if param.is_mutable_ref() { quote!(&mut *#name) } else { quote!(#name) };
        wrappers::lend(param, &value)
    });
    let by_value = signature.params.iter().filter(|param| param.passing == Passing::Value);
    let returned = by_value.map(wrappers::returned);
    let gradients: Vec<_> = signature.differentiable().map(|param| param.grad.to_token_stream()).collect();
    let gradients = wrappers::tuple(&gradients);
    let (doc, result) = (docs::value_and_grad(signature), &signature.value);
    quote! {
        #[doc = #doc]
        pub fn value_and_grad(#(#params),*) -> (#output, #gradient) {
            let (#result, #pullback) = Self::forward::<#(#switches),*>(#(#args),*);
            #(#keep)*
            #(#zeros)*
            let (#(#returned,)*) = #pullback(1.0 #(, #lent)*);
            #(#put_back)*
            (#result, #gradients)
        }
    }
}

/// A copy of what the call left behind a `&mut`, and the statement that puts it back after the reverse sweep.
fn exit_state(param: &Param, names: &Names) -> (TokenStream, TokenStream) {
    let name = &param.name;
    let exit = names.clone().fresh(&format!("{}_exit", crate::names::bare(name)));
    let put_back = match param.ty.deref() {
        Ty::Slice(_) => quote!(#name.clone_from_slice(&#exit);),
        _ => quote!(*#name = #exit;),
    };
    (quote!(let #exit = ::std::borrow::ToOwned::to_owned(&*#name);), put_back)
}

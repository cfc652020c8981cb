//! `value_and_grad_into`: both sweeps in one function.

use super::{Emit, Mode, Unit, docs, item, types, with_iterator};
use crate::adjoint::reads::has_fixed_shape;
use crate::ir::reverse::{PullArg, Rev};
use crate::ir::{Ty, VarId};
use crate::names::Names;
use crate::paths;
use crate::signature::{Param, Passing};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub fn value_and_grad_into(unit: &Unit, names: &Names) -> TokenStream {
    let mut cx = Emit::new(unit, Mode::Fused, names);
    let signature = unit.signature;
    let params = item::declared_params(signature);
    let buffers = signature.differentiable().map(|param| {
        let (name, ty) = (&param.grad, types::adjoint(param.inner()));
        quote!(#name: &mut #ty)
    });
    let output = item::output(signature);
    let checks = signature.differentiable().filter_map(|param| check(signature, param));
    let forward = cx.forward();
    let (name, value) = (&signature.value, cx.value());
    let exits = cx.exit_states();
    let (keep, put_back): (Vec<_>, Vec<_>) = exits.into_iter().unzip();
    let bars = cx.lent_bars();
    let reverse = cx.reverse();
    let adds = cx.add_to_buffers();
    let doc = docs::value_and_grad_into(signature);
    let body = with_iterator(quote! {
        #(#checks)*
        #forward
        let #name = #value;
        #(#keep)*
        #bars
        #reverse
        #adds
        #(#put_back)*
        #name
    });
    quote! {
        #[doc = #doc]
        pub fn value_and_grad_into(#(#params,)* #(#buffers),*) -> #output {
            #body
        }
    }
}

/// Refuses a buffer of another shape before anything is written.
fn check(signature: &crate::signature::Signature, param: &Param) -> Option<TokenStream> {
    if has_fixed_shape(param.ty.deref()) {
        return None;
    }
    let check = paths::private("check_buffer");
    let (name, buffer) = (&param.name, &param.grad);
    let function = format!("{}::value_and_grad_into", signature.item);
    let text = name.to_string();
    let value = if param.passing == Passing::Value { quote!(&#name) } else { quote!(&*#name) };
    let ty = param.inner();
    Some(quote!(#check::<#ty>(#function, #text, #value, #buffer);))
}

impl Emit<'_> {
    /// The function's value.
    pub(super) fn value(&mut self) -> TokenStream {
        match &self.unit.function.result {
            Some(result) => self.moved(result).tokens,
            None => quote!(()),
        }
    }

    /// Where the reverse sweep changes what a `&mut` parameter refers to: a copy of what the primal left there, and the
    /// statement that puts it back.
    fn exit_states(&mut self) -> Vec<(TokenStream, TokenStream)> {
        let params: Vec<VarId> = self.unit.function.params.clone();
        let mut states = Vec::new();
        for var in params {
            let (_, param) = self.param(var).expect("it is a parameter");
            if param.passing != Passing::RefMut || !self.is_disturbed(var) {
                continue;
            }
            let name = self.name(var).clone();
            let exit = self.names.fresh(&format!("{}_exit", crate::names::bare(&name)));
            states.push(match param.ty.deref() {
                Ty::Slice(_) => (quote!(let #exit = #name.to_vec();), quote!(#name.clone_from_slice(&#exit);)),
                _ => (quote!(let #exit = ::core::clone::Clone::clone(&*#name);), quote!(*#name = #exit;)),
            });
        }
        states
    }

    fn is_disturbed(&self, var: VarId) -> bool {
        let mut disturbed = self.unit.recorded.is_restored(self.unit.function, var);
        self.unit.reverse.body.iter().for_each(|rev| {
            rev.walk(&mut |rev| {
                if let Rev::Pull(pull) = rev {
                    disturbed |= pull.args.iter().any(|arg| match arg {
                        PullArg::Ref { place, mutable: true, .. } => place.root == var,
                        _ => false,
                    });
                }
            });
        });
        disturbed
    }

    /// The adjoints of what is passed by reference are the buffers themselves.
    fn lent_bars(&self) -> TokenStream {
        let lent = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            let bar = self.unit.reverse.bars.get(&var).filter(|_| param.passing != Passing::Value)?;
            let grad = &param.grad;
            Some(quote!(let #bar = #grad;))
        });
        lent.collect()
    }

    /// Those of what is passed by value are added at the end.
    fn add_to_buffers(&self) -> TokenStream {
        let adds = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            let bar = self.begun_bar(var).filter(|_| param.passing == Passing::Value)?;
            let grad = &param.grad;
            Some(match param.ty {
                Ty::Float(_) => quote!(*#grad += #bar;),
                _ => {
                    let accumulate = paths::private("accumulate");
                    quote!(#accumulate(#grad, &#bar);)
                }
            })
        });
        adds.collect()
    }

    /// The adjoint of a variable of the body, if anything was ever added to it.
    pub(super) fn begun_bar(&self, var: VarId) -> Option<&Ident> {
        let begun =
            self.unit.reverse.body.iter().any(|rev| matches!(rev, Rev::Begin { var: begun, .. } if *begun == var));
        self.unit.reverse.bars.get(&var).filter(|_| begun)
    }
}

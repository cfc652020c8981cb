//! Both sweeps in one function.

use super::zero::zero;
use super::{Emit, Mode, Unit, by_pullback, docs, item, types, with_iterator, wrappers};
use crate::adjoint::reads::has_fixed_shape;
use crate::ir::reverse::{PullArg, Rev};
use crate::ir::{Ty, VarId};
use crate::names::Names;
use crate::paths;
use crate::signature::{Param, Passing, Signature};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Which function holds both sweeps. It is the one that needs no additions of zero around it: what is passed by value
/// has its adjoint returned, what is passed by reference has it added to a buffer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    /// Everything is passed by value: `value_and_grad` itself.
    ValueAndGrad,
    /// Everything is passed by reference, or there is no number to return: `value_and_grad_into`.
    Into,
    /// Both: a hidden function.
    Hidden,
}

fn home(signature: &Signature) -> Home {
    let by_value = signature.differentiable().any(|param| param.passing == Passing::Value);
    let by_reference = signature.differentiable().any(|param| param.passing != Passing::Value);
    match (by_value && signature.is_scalar, by_reference) {
        (false, _) => Home::Into,
        (true, false) => Home::ValueAndGrad,
        (true, true) => Home::Hidden,
    }
}

/// `value_and_grad_into` and, for a scalar result, `value_and_grad`.
pub fn functions(unit: &Unit, names: &Names) -> TokenStream {
    let signature = unit.signature;
    match home(signature) {
        Home::Into => {
            let body = sweeps(unit, names, Home::Into);
            let value_and_grad = signature.is_scalar.then(|| match is_reshaped(signature) {
                true => by_pullback::value_and_grad(signature, names),
                false => wrappers::value_and_grad(signature),
            });
            quote!(#body #value_and_grad)
        }
        Home::ValueAndGrad => {
            let body = sweeps(unit, names, Home::ValueAndGrad);
            let into = wrappers::value_and_grad_into(signature, &quote!(value_and_grad));
            quote!(#into #body)
        }
        Home::Hidden => {
            let body = sweeps(unit, names, Home::Hidden);
            let into = wrappers::value_and_grad_into(signature, &quote!(both_sweeps));
            let value_and_grad = match is_reshaped(signature) {
                true => by_pullback::value_and_grad(signature, names),
                false => wrappers::value_and_grad_of_mixed(signature),
            };
            quote!(#into #value_and_grad #body)
        }
    }
}

/// Whether the function may leave some `&mut` parameter with another length, which only its forward sweep tells.
fn is_reshaped(signature: &Signature) -> bool {
    signature.differentiable().any(|param| param.reshaped)
}

/// The function with both sweeps.
fn sweeps(unit: &Unit, names: &Names, home: Home) -> TokenStream {
    let mut cx = Emit::new(unit, Mode::Fused, names);
    let signature = unit.signature;
    let params = item::declared_params(signature);
    let with_buffer = |param: &&Param| home == Home::Into || param.passing != Passing::Value;
    let buffers = signature.differentiable().filter(with_buffer).map(buffer_param);
    let checks = (home == Home::Into).then(|| checks(signature));
    let late_checks = late_checks(signature);
    let forward = cx.forward();
    let (name, value) = (&signature.value, cx.value());
    let exits = cx.exit_states();
    let (keep, put_back): (Vec<_>, Vec<_>) = exits.into_iter().unzip();
    let bars = cx.lent_bars();
    let reverse = cx.reverse();
    let adds = (home == Home::Into).then(|| cx.add_to_buffers());
    let returned = (home != Home::Into).then(|| wrappers::tuple(&cx.returned_bars()));
    let value = signature.returns_value().then(|| quote!(let #name = #value;));
    let end = match (&returned, signature.returns_value()) {
        (Some(returned), _) => quote!((#name, #returned)),
        (None, true) => quote!(#name),
        (None, false) => TokenStream::new(),
    };
    let body = with_iterator(quote! {
        #checks
        #forward
        #value
        #late_checks
        #(#keep)*
        #bars
        #reverse
        #adds
        #(#put_back)*
        #end
    });
    let output = item::output(signature);
    match home {
        Home::Into => {
            let doc = docs::value_and_grad_into(signature);
            let output = signature.returns_value().then(|| quote!(-> #output));
            quote!(#[doc = #doc] pub fn value_and_grad_into(#(#params,)* #(#buffers),*) #output { #body })
        }
        Home::ValueAndGrad => {
            let (doc, gradient) = (docs::value_and_grad(signature), wrappers::gradient_type(signature));
            quote!(#[doc = #doc] pub fn value_and_grad(#(#params),*) -> (#output, #gradient) { #body })
        }
        Home::Hidden => {
            let by_value = signature.differentiable().filter(|param| param.passing == Passing::Value);
            let types: Vec<_> = by_value.map(|param| types::gradient(&param.syn_ty)).collect();
            let types = wrappers::tuple(&types);
            quote! {
                #[doc(hidden)]
                fn both_sweeps(#(#params,)* #(#buffers),*) -> (#output, #types) { #body }
            }
        }
    }
}

/// A gradient buffer as a parameter.
pub fn buffer_param(param: &Param) -> TokenStream {
    let (name, ty) = (&param.grad, types::adjoint(param.inner()));
    quote!(#name: &mut #ty)
}

/// Refuses buffers of another shape before anything is written.
pub fn checks(signature: &Signature) -> TokenStream {
    signature.differentiable().filter(|param| !param.reshaped).filter_map(|param| check(signature, param)).collect()
}

/// The same where the shape is that of what the call leaves.
fn late_checks(signature: &Signature) -> TokenStream {
    signature.differentiable().filter(|param| param.reshaped).filter_map(|param| check(signature, param)).collect()
}

fn check(signature: &Signature, param: &Param) -> Option<TokenStream> {
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

    /// The adjoints of what is passed by value, in order.
    fn returned_bars(&self) -> Vec<TokenStream> {
        let returned = self.unit.function.params.iter().filter_map(|&var| {
            let (_, param) = self.param(var)?;
            if param.passing != Passing::Value || !param.differentiable {
                return None;
            }
            let name = &param.name;
            Some(self.begun_bar(var).map_or_else(|| zero(&param.ty, &quote!(#name)), |bar| quote!(#bar)))
        });
        returned.collect()
    }

    /// The adjoint of a variable of the body, if anything was ever added to it.
    pub(super) fn begun_bar(&self, var: VarId) -> Option<&Ident> {
        let begun =
            self.unit.reverse.body.iter().any(|rev| matches!(rev, Rev::Begin { var: begun, .. } if *begun == var));
        self.unit.reverse.bars.get(&var).filter(|_| begun)
    }
}

//! The functions that users call and that only wrap one of the two bodies: `grad`, `value_and_grad`, `vjp`.

use super::zero::zero;
use super::{docs, fused, item, types};
use crate::ir::Ty;
use crate::names::Names;
use crate::paths;
use crate::signature::{Param, Passing, Signature};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;
use syn::visit_mut::VisitMut;

/// The type of the gradient: bare for one parameter, a tuple for several.
pub fn gradient_type(signature: &Signature) -> TokenStream {
    let types: Vec<_> = signature.differentiable().map(|param| types::gradient(&param.syn_ty)).collect();
    tuple(&types)
}

pub fn tuple(items: &[TokenStream]) -> TokenStream {
    match items {
        [single] => single.clone(),
        _ => quote!((#(#items),*)),
    }
}

pub fn arguments(signature: &Signature) -> Vec<&Ident> {
    signature.params.iter().map(|param| &param.name).collect()
}

pub fn grad(signature: &Signature) -> TokenStream {
    let (params, args) = (plain_params(signature), arguments(signature));
    let gradient = gradient_type(signature);
    let doc = docs::grad(signature);
    quote! {
        #[doc = #doc]
        pub fn grad(#(#params),*) -> #gradient {
            Self::value_and_grad(#(#args),*).1
        }
    }
}

/// The parameters without `mut`, which only bodies need.
pub fn plain_params(signature: &Signature) -> Vec<TokenStream> {
    let plain = signature.params.iter().map(|param| {
        let (name, ty) = (&param.name, &param.syn_ty);
        quote!(#name: #ty)
    });
    plain.collect()
}

pub fn value_and_grad(signature: &Signature) -> TokenStream {
    let (params, args) = (plain_params(signature), arguments(signature));
    let (output, gradient) = (item::output(signature), gradient_type(signature));
    let names = signature.differentiable().map(|param| &param.grad);
    let zeros = signature.differentiable().map(fresh_gradient);
    let buffers = signature.differentiable().map(buffer);
    let gradients = tuple(&names.map(|name| quote!(#name)).collect::<Vec<_>>());
    let doc = docs::value_and_grad(signature);
    let result = &signature.value;
    quote! {
        #[doc = #doc]
        pub fn value_and_grad(#(#params),*) -> (#output, #gradient) {
            #(#zeros)*
            let #result = Self::value_and_grad_into(#(#args,)* #(#buffers),*);
            (#result, #gradients)
        }
    }
}

/// `value_and_grad_into` where `body` returns the adjoints of what is passed by value.
pub fn value_and_grad_into(signature: &Signature, body: &TokenStream) -> TokenStream {
    let (params, args) = (plain_params(signature), arguments(signature));
    let buffers = signature.differentiable().map(fused::buffer_param);
    let (output, checks) = (item::output(signature), fused::checks(signature));
    let lent = signature.differentiable().filter(|param| param.passing != Passing::Value).map(|param| &param.grad);
    let by_value: Vec<&Param> = signature.differentiable().filter(|param| param.passing == Passing::Value).collect();
    let bars: Vec<TokenStream> = by_value.iter().map(|param| param.bar.to_token_stream()).collect();
    let bars = tuple(&bars);
    let adds = by_value.iter().map(|param| {
        let (grad, bar) = (&param.grad, &param.bar);
        match param.ty {
            Ty::Float(_) => quote!(*#grad += #bar;),
            _ => {
                let accumulate = paths::private("accumulate");
                quote!(#accumulate(#grad, &#bar);)
            }
        }
    });
    let doc = docs::value_and_grad_into(signature);
    let result = &signature.value;
    quote! {
        #[doc = #doc]
        pub fn value_and_grad_into(#(#params,)* #(#buffers),*) -> #output {
            #checks
            let (#result, #bars) = Self::#body(#(#args,)* #(#lent),*);
            #(#adds)*
            #result
        }
    }
}

/// `value_and_grad` where some parameters are passed by value and some by reference.
pub fn value_and_grad_of_mixed(signature: &Signature) -> TokenStream {
    let (params, args) = (plain_params(signature), arguments(signature));
    let (output, gradient) = (item::output(signature), gradient_type(signature));
    let lent: Vec<&Param> = signature.differentiable().filter(|param| param.passing != Passing::Value).collect();
    let zeros = lent.iter().map(|param| fresh_gradient(param));
    let buffers = lent.iter().map(|param| buffer(param));
    let by_value = signature.differentiable().filter(|param| param.passing == Passing::Value);
    let bars = tuple(&by_value.map(|param| param.grad.to_token_stream()).collect::<Vec<_>>());
    let gradients = tuple(&signature.differentiable().map(|param| param.grad.to_token_stream()).collect::<Vec<_>>());
    let doc = docs::value_and_grad(signature);
    let result = &signature.value;
    quote! {
        #[doc = #doc]
        pub fn value_and_grad(#(#params),*) -> (#output, #gradient) {
            #(#zeros)*
            let (#result, #bars) = Self::both_sweeps(#(#args,)* #(#buffers),*);
            (#result, #gradients)
        }
    }
}

/// `let mut x_grad = 0.0;`
pub fn fresh_gradient(param: &Param) -> TokenStream {
    let (name, value) = (&param.grad, &param.name);
    let zero = zero(&param.ty, &quote!(#value));
    quote!(let mut #name = #zero;)
}

/// An owned gradient as the buffer that is added to.
fn buffer(param: &Param) -> TokenStream {
    let name = &param.grad;
    match param.ty.deref() {
        Ty::Float(_) | Ty::Array(..) | Ty::Vec(_) | Ty::Slice(_) | Ty::Tuple(_) => quote!(&mut #name),
        _ => {
            let (inner, trait_) = (param.inner(), paths::differentiable());
            quote!(<#inner as #trait_>::adjoint(&mut #name))
        }
    }
}

/// The lifetime of what the pullback of `vjp` refers to.
fn lifetime() -> syn::Lifetime {
    syn::Lifetime::new("'primal", proc_macro2::Span::mixed_site())
}

struct Borrow;

impl VisitMut for Borrow {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = Some(lifetime());
        self.visit_type_mut(&mut reference.elem);
    }
}

/// A parameter's type in `vjp`: what is shared is borrowed for as long as the pullback lives.
fn vjp_type(param: &Param) -> Type {
    let mut ty = param.syn_ty.clone();
    if param.passing == Passing::Ref {
        Borrow.visit_type_mut(&mut ty);
    }
    ty
}

pub fn vjp(signature: &Signature, names: &Names) -> TokenStream {
    let mut names = names.clone();
    let cx = Vjp { signature, pullback: names.fresh("pullback"), seed: names.fresh("value_bar"), names };
    cx.function()
}

struct Vjp<'a> {
    signature: &'a Signature,
    names: Names,
    pullback: Ident,
    seed: Ident,
}

impl Vjp<'_> {
    fn function(&self) -> TokenStream {
        let signature = self.signature;
        let params = signature.params.iter().map(|param| {
            let (name, ty) = (&param.name, vjp_type(param));
            quote!(#name: #ty)
        });
        let (output, gradient) = (item::output(signature), gradient_type(signature));
        let borrows = signature.params.iter().any(|param| param.passing == Passing::Ref);
        let lifetime = borrows.then(lifetime);
        let generics = lifetime.as_ref().map(|lifetime| quote!(<#lifetime>));
        let seed_types: Vec<TokenStream> = self.seeds().iter().map(|(_, ty)| ty.clone()).collect();
        let body = self.body();
        let doc = docs::vjp(signature);
        quote! {
            #[doc = #doc]
            pub fn vjp #generics (#(#params),*) -> (#output, impl ::core::ops::Fn(#(#seed_types),*) -> #gradient + use<#lifetime>) {
                #body
            }
        }
    }

    /// What the pullback takes: the adjoint of the result, and of what the call left in `&mut` parameters.
    fn seeds(&self) -> Vec<(Ident, TokenStream)> {
        let result = self
            .signature
            .returns_value()
            .then(|| (self.seed.clone(), types::gradient(&item::output_type(self.signature))));
        let outputs = self.outputs().map(|param| (param.grad.clone(), types::gradient(&param.syn_ty)));
        result.into_iter().chain(outputs).collect()
    }

    fn outputs(&self) -> impl Iterator<Item = &Param> {
        self.signature.differentiable().filter(|param| param.is_mutable_ref())
    }

    fn body(&self) -> TokenStream {
        let signature = self.signature;
        let args = arguments(signature);
        let switches = signature.params.iter().map(|param| param.differentiable);
        let pullback = self.pullback.clone();
        let keep = self.keep_outputs();
        let seeds = self.seeds().into_iter().map(|(name, ty)| {
            let mutability = (name != self.seed).then(|| quote!(mut));
            quote!(#mutability #name: #ty)
        });
        let seeds: Vec<TokenStream> = seeds.collect();
        let shape = self.result_shape();
        let checks = self.checks();
        let buffers = signature.differentiable().filter(|param| param.passing == Passing::Ref).map(fresh_gradient);
        let seed = if signature.returns_value() { self.seed.clone().into_token_stream() } else { quote!(()) };
        let copies = self.copy_outputs();
        let unasked = self.unasked();
        let lent =
            signature.params.iter().filter(|param| param.passing != Passing::Value).map(|param| self.lend(param));
        let lent: Vec<TokenStream> = lent.collect();
        let returned: Vec<TokenStream> =
            signature.params.iter().filter(|param| param.passing == Passing::Value).map(returned).collect();
        let gradients: Vec<TokenStream> = signature
            .differentiable()
            .map(|param| {
                let name = &param.grad;
                quote!(#name)
            })
            .collect();
        let gradient = tuple(&gradients);
        let result = &signature.value;
        quote! {
            let (#result, #pullback) = Self::forward::<#(#switches),*>(#(#args),*);
            #keep
            #shape
            (#result, move |#(#seeds),*| {
                #checks
                #(#buffers)*
                #unasked
                #copies
                let (#(#returned,)*) = ::core::clone::Clone::clone(&#pullback)(#seed #(, #lent)*);
                #gradient
            })
        }
    }

    fn exit_name(&self, param: &Param) -> Ident {
        self.names.clone().fresh(&format!("{}_exit", crate::names::bare(&param.name)))
    }

    /// What the call left in `&mut` parameters belongs to the tape: the caller may change it before the pullback runs.
    fn keep_outputs(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for param in self.signature.params.iter().filter(|param| param.is_mutable_ref()) {
            let (name, exit) = (&param.name, self.exit_name(param));
            tokens.extend(quote!(let #exit = ::std::borrow::ToOwned::to_owned(&*#name);));
        }
        tokens
    }

    fn copy_outputs(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for param in self.signature.params.iter().filter(|param| param.is_mutable_ref()) {
            let (name, exit) = (&param.name, self.exit_name(param));
            tokens.extend(quote!(let mut #name = ::core::clone::Clone::clone(&#exit);));
        }
        tokens
    }

    fn lend(&self, param: &Param) -> TokenStream {
        let name = &param.name;
        let value = if param.is_mutable_ref() { quote!(&mut #name) } else { quote!(#name) };
        lend(param, &value)
    }

    /// Seeds with another shape than what they are the adjoint of are refused.
    fn checks(&self) -> TokenStream {
        let check = paths::private("check_buffer");
        let function = format!("{}::vjp", self.signature.item);
        let mut tokens = TokenStream::new();
        if self.checks_result() {
            let (seed, shape) = (&self.seed, self.shape_name());
            tokens.extend(quote!(#check(#function, "the result", &#shape, &#seed);));
        }
        let outputs: Vec<&Param> = self.outputs().collect();
        for param in outputs {
            if crate::adjoint::reads::has_fixed_shape(param.ty.deref()) {
                continue;
            }
            let (exit, grad, text) = (
                self.names.clone().fresh(&format!("{}_exit", crate::names::bare(&param.name))),
                &param.grad,
                param.name.to_string(),
            );
            tokens.extend(quote!(#check(#function, #text, &#exit, &#grad);));
        }
        tokens
    }

    fn checks_result(&self) -> bool {
        let output = self.signature.output_ty();
        self.signature.returns_value() && !crate::adjoint::reads::has_fixed_shape(&output) && output.is_made_of_floats()
    }

    /// Nothing flows back from a result that nothing depends on, even if a derivative is infinite.
    fn unasked(&self) -> TokenStream {
        let is_number = self.signature.is_scalar && self.signature.output_ty().is_scalar();
        if !is_number || self.outputs().next().is_some() {
            return TokenStream::new();
        }
        let zeros = self.signature.differentiable().map(|param| match param.passing {
            Passing::Value if crate::adjoint::reads::has_fixed_shape(&param.ty) => zero(&param.ty, &TokenStream::new()),
            Passing::Value => TokenStream::new(),
            _ => param.grad.to_token_stream(),
        });
        let zeros: Vec<TokenStream> = zeros.collect();
        if zeros.iter().any(TokenStream::is_empty) {
            return TokenStream::new();
        }
        let (seed, zeros) = (&self.seed, tuple(&zeros));
        quote! {
            if #seed == 0.0 {
                return #zeros;
            }
        }
    }

    fn shape_name(&self) -> Ident {
        self.names.clone().fresh("value_shape")
    }

    fn result_shape(&self) -> TokenStream {
        if !self.checks_result() {
            return TokenStream::new();
        }
        let (zero, value, shape) = (paths::private("zero_gradient"), &self.signature.value, self.shape_name());
        quote!(let #shape = #zero(&#value);)
    }
}

/// A reference with its gradient as a buffer, for a pullback.
pub fn lend(param: &Param, value: &TokenStream) -> TokenStream {
    if !param.differentiable {
        return quote!((#value, ::core::option::Option::None));
    }
    let buffer = buffer(param);
    quote!((#value, ::core::option::Option::Some(#buffer)))
}

pub fn returned(param: &Param) -> TokenStream {
    let name = &param.grad;
    if param.differentiable { quote!(#name) } else { quote!(_) }
}

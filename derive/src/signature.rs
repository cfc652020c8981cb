//! The signature of an annotated function: its parameters as the derivative sees them.
//!
//! Enters: the function and the attribute's options. Leaves: a [`Signature`], and the function without the `#[constant]`
//! attributes, which are ours. Everything about a signature that cannot be differentiated is refused here.

use crate::args::Args;
use crate::diag::Errors;
use crate::ir::Ty;
use crate::names::{Names, bare};
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Attribute, FnArg, GenericParam, ItemFn, Pat, ReturnType, Type, Visibility};

pub struct Signature {
    pub name: Ident,
    /// The name of the generated item.
    pub item: Ident,
    pub vis: Visibility,
    /// `#[cfg]` attributes, which the generated items need as well.
    pub cfgs: Vec<Attribute>,
    pub params: Vec<Param>,
    /// The type of the result, without lifetimes; `None` for `()`.
    pub output: Option<Type>,
    /// A name for the function's value.
    pub value: Ident,
    /// Whether the result is one number. A type of another name may be one; whether it is shows in the body.
    pub is_scalar: bool,
}

pub struct Param {
    pub name: Ident,
    /// As it is written, without lifetimes.
    pub syn_ty: Type,
    pub ty: Ty,
    pub mutable: bool,
    /// The pattern that takes it apart at the head of the body.
    pub pattern: Option<Pat>,
    pub differentiable: bool,
    /// Declared constant by the user.
    pub constant: bool,
    /// By an attribute of its own.
    pub marked: bool,
    pub passing: Passing,
    /// What it refers to may be left with another length than it came with, as the body shows.
    pub reshaped: bool,
    /// The name of its gradient or gradient buffer.
    pub grad: Ident,
    /// A name for its adjoint, outside the bodies.
    pub bar: Ident,
    /// The constant of the split form that tells whether its adjoint is wanted.
    pub switch: Ident,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    Value,
    Ref,
    RefMut,
}

impl Param {
    pub fn is_mutable_ref(&self) -> bool {
        self.passing == Passing::RefMut
    }

    /// The type behind the reference, or the type itself.
    pub fn inner(&self) -> &Type {
        match &self.syn_ty {
            Type::Reference(reference) => &reference.elem,
            other => other,
        }
    }
}

impl Signature {
    pub fn returns_value(&self) -> bool {
        self.output.is_some()
    }

    pub fn output_ty(&self) -> Ty {
        self.output.as_ref().map_or(Ty::Unit, Ty::from_syn)
    }

    pub fn differentiable(&self) -> impl Iterator<Item = &Param> {
        self.params.iter().filter(|param| param.differentiable)
    }

    pub fn read(function: &mut ItemFn, args: &Args, names: &mut Names, errors: &mut Errors) -> Signature {
        check_kind(function, errors);
        let mut params = Vec::new();
        for input in &mut function.sig.inputs {
            if let FnArg::Typed(param) = input {
                params.push(read_param(param, args, names, errors));
            }
        }
        check_constants(args, &params, errors);
        let output = read_output(&function.sig.output, errors);
        let output_ty = output.as_ref().map_or(Ty::Unit, Ty::from_syn);
        let signature = Signature {
            is_scalar: matches!(output_ty, Ty::Float(_) | Ty::Unknown),
            name: function.sig.ident.clone(),
            item: args.name.clone().unwrap_or_else(|| function.sig.ident.clone()),
            vis: function.vis.clone(),
            cfgs: function.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect(),
            params,
            output,
            value: names.fresh("value"),
        };
        check_derivative(function, &signature, errors);
        signature
    }
}

fn check_kind(function: &ItemFn, errors: &mut Errors) {
    let sig = &function.sig;
    if let Some(token) = &sig.asyncness {
        errors.on(
            token,
            "an `async` function cannot be differentiated: put the arithmetic into a plain function and call it here",
        );
    }
    if let syn::Safety::Unsafe(token) = &sig.safety {
        errors.on(
            token,
            "an `unsafe` function cannot be differentiated: put the arithmetic into a safe function and call it here",
        );
    }
    if let Some(abi) = &sig.abi {
        errors.on(
            abi,
            "an `extern` function cannot be differentiated: put the arithmetic into a plain function and call it here",
        );
    }
    if let Some(variadic) = &sig.variadic {
        errors.on(variadic, "a variadic function cannot be differentiated: take a slice");
    }
    if let Some(receiver) = sig.receiver() {
        errors.on(receiver, "methods are not supported yet: write a free function that takes the fields it needs");
    }
    for param in &sig.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            errors.on(param, "generic functions are not supported yet: write the function for `f64` or `f32`");
        }
    }
}

fn read_param(param: &mut syn::PatType, args: &Args, names: &mut Names, errors: &mut Errors) -> Param {
    let mut constant = false;
    param.attrs.retain(|attr| {
        let ours = attr.path().is_ident("constant");
        if ours && !matches!(attr.meta, syn::Meta::Path(_)) {
            errors.on(attr, "`#[constant]` takes no arguments");
        }
        constant |= ours;
        !ours
    });
    let (name, mutable) = read_name(param, names);
    let pattern = (!matches!(&*param.pat, Pat::Ident(ident) if ident.ident == name)).then(|| (*param.pat).clone());
    let pattern = pattern.filter(|pat| !matches!(pat, Pat::Wild(_)));
    let marked = constant;
    constant |= args.constants.contains(&name);
    let mut syn_ty = (*param.ty).clone();
    EraseLifetimes.visit_type_mut(&mut syn_ty);
    let ty = Ty::from_syn(&syn_ty);
    let passing = match &syn_ty {
        Type::Reference(reference) if reference.mutability.is_some() => Passing::RefMut,
        Type::Reference(_) => Passing::Ref,
        _ => Passing::Value,
    };
    let grad = names.fresh(&format!("{}_grad", bare(&name)));
    let bar = names.clone().fresh(&format!("{}_bar", bare(&name)));
    let switch = names.fresh(&format!("{}_ACTIVE", bare(&name).to_uppercase()));
    let param = Param {
        grad,
        bar,
        switch,
        differentiable: !constant && !ty.is_passive(),
        name,
        pattern,
        syn_ty,
        ty,
        mutable,
        constant,
        marked,
        passing,
        reshaped: false,
    };
    check_param_type(&param, errors);
    param
}

/// A parameter that a pattern takes apart gets a name.
fn read_name(param: &syn::PatType, names: &mut Names) -> (Ident, bool) {
    match &*param.pat {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
            (ident.ident.clone(), ident.mutability.is_some())
        }
        Pat::Wild(_) => (names.fresh("unused"), false),
        _ => (names.fresh("parameter"), false),
    }
}

fn check_param_type(param: &Param, errors: &mut Errors) {
    let inner = param.inner();
    if let Some(token) = find_impl(inner) {
        errors.at(token, "`impl Trait` parameters are not supported yet: name a type");
    } else if let Some(span) = find_reference(inner)
        && param.differentiable
    {
        errors.at(
            span,
            "a reference inside a parameter's type is not supported: pass each reference as a parameter of its own",
        );
    }
}

fn find_impl(ty: &Type) -> Option<Span> {
    match ty {
        Type::ImplTrait(found) => Some(found.span()),
        _ => None,
    }
}

fn find_reference(ty: &Type) -> Option<Span> {
    struct Finder(Option<Span>);
    impl Visit<'_> for Finder {
        fn visit_type_reference(&mut self, reference: &syn::TypeReference) {
            self.0.get_or_insert(reference.and_token.span());
        }
    }
    let mut finder = Finder(None);
    finder.visit_type(ty);
    finder.0
}

struct EraseLifetimes;

impl VisitMut for EraseLifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        reference.lifetime = None;
        self.visit_type_mut(&mut reference.elem);
    }
}

fn read_output(output: &ReturnType, errors: &mut Errors) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    match &**ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => None,
        Type::Never(never) => {
            errors.on(never, "a function that never returns has no derivative");
            None
        }
        ty => {
            if let Some(span) = find_reference(ty).or_else(|| find_impl(ty)) {
                errors.at(span, "a function that returns a reference or an `impl Trait` has no gradient: return the value itself, for example as a `Vec`");
            }
            Some(ty.clone())
        }
    }
}

fn check_constants(args: &Args, params: &[Param], errors: &mut Errors) {
    for name in &args.constants {
        if !params.iter().any(|param| param.name == *name) {
            let known: Vec<String> = params.iter().map(|param| format!("`{}`", param.name)).collect();
            errors.at(
                name.span(),
                format!("`{name}` is no parameter of this function: its parameters are {}", known.join(", ")),
            );
        }
    }
    for (at, name) in args.constants.iter().enumerate() {
        let param = params.iter().find(|param| param.name == *name);
        if args.constants[..at].contains(name) || param.is_some_and(|param| param.marked) {
            errors.at(name.span(), format!("`{name}` is declared constant twice: once is enough"));
        }
    }
    for param in params {
        if param.constant && params.iter().filter(|other| other.name == param.name).count() > 1 {
            errors.at(param.name.span(), "this name is given to two parameters");
        }
    }
}

/// A gradient is of something, by something.
fn check_derivative(function: &ItemFn, signature: &Signature, errors: &mut Errors) {
    if function.sig.receiver().is_some() {
        return;
    }
    if signature.differentiable().next().is_none() {
        errors.at(
            function.sig.ident.span(),
            "this function has no differentiable parameter: it needs one of `f64` or `f32`, an array, slice, `Vec` or tuple of them, that is not `#[constant]`",
        );
    }
    let has_output = signature.returns_value() || signature.differentiable().any(Param::is_mutable_ref);
    if !has_output {
        errors.at(
            function.sig.ident.span(),
            "this function has no differentiable result: return a float, an array, a `Vec` or a tuple of them, or write to a `&mut` parameter",
        );
    } else if signature.returns_value() && signature.output_ty().is_passive() {
        errors.on(
            &function.sig.output,
            "this result has no derivative: return a float, an array, a `Vec` or a tuple of them",
        );
    }
}

impl Signature {
    /// Takes parameters apart by `let` where the user wrote a pattern.
    pub fn name_parameters(&self, function: &mut ItemFn) {
        let mut taken = Vec::new();
        let typed = function.sig.inputs.iter_mut().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        for (input, param) in typed.zip(&self.params) {
            if let Some(pattern) = &param.pattern {
                let name = &param.name;
                taken.push(syn::parse_quote!(let #pattern = #name;));
                *input.pat = syn::parse_quote!(#name);
            }
        }
        function.block.stmts.splice(0..0, taken);
    }

    /// Whether an item for this function makes sense at all, for the case that the function itself was refused.
    pub fn can_stand_alone(&self, function: &ItemFn) -> bool {
        let sig = &function.sig;
        sig.receiver().is_none()
            && sig.variadic.is_none()
            && sig.asyncness.is_none()
            && !sig.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)))
            && self.differentiable().next().is_some()
            && self.params.iter().all(|param| find_impl(param.inner()).is_none())
            && self.output.as_ref().is_none_or(|ty| find_reference(ty).is_none() && find_impl(ty).is_none())
    }
}

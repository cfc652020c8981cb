//! Which parameters the gradient type has, and what is asked of them.

use super::shape::{Field, Shape};
use crate::ir::Ty;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{GenericParam, Generics, Type, parse_quote};

/// The parameters of the type itself, where it is to be differentiable.
pub fn of_value(shape: &Shape) -> Generics {
    if shape.is_own_gradient() { of_own_gradient(shape) } else { bounded(shape, &quote!(::backprop::Differentiable)) }
}

/// The parameters of the type itself, where it is to have components.
pub fn of_components(shape: &Shape) -> Generics {
    if shape.is_own_gradient() {
        of_own_gradient(shape)
    } else {
        bounded(shape, &quote!(::backprop::components::Components))
    }
}

/// The parameters of the gradient type: those that it uses. Rust refuses others.
pub fn of_gradient(shape: &Shape) -> Generics {
    if shape.is_own_gradient() {
        return of_own_gradient(shape);
    }
    let mut generics = bounded(shape, &quote!(::backprop::Differentiable));
    keep_used(shape, &mut generics);
    generics
}

/// The parameters of a type that is its own gradient. Its fields must be so too, which is asked by bounds on their types:
/// what does not hold is then an error there. A call in a body would be an error for each call.
fn of_own_gradient(shape: &Shape) -> Generics {
    let mut generics = of_own_gradient_mark(shape);
    let params: BTreeSet<String> = shape.generics.type_params().map(|param| param.ident.to_string()).collect();
    let mut asked: Vec<&Type> = Vec::new();
    for Field { ty, .. } in shape.varying() {
        let is_generic = !names(&ty.to_token_stream()).is_disjoint(&params);
        if !is_generic && !Ty::from_syn(ty).is_made_of_floats() && !asked.contains(&ty) {
            asked.push(ty);
        }
    }
    for ty in asked {
        let predicate = quote_spanned!(ty.span()=> #ty: ::backprop::__private::OwnGradient);
        generics.make_where_clause().predicates.push(parse_quote!(#predicate));
    }
    generics
}

/// The same, where that is said of it. It must have `Clone`, as all gradients of generated code have. Nothing is asked of
/// its fields here: types that hold each other would have to be their own gradients before they are.
pub fn of_own_gradient_mark(shape: &Shape) -> Generics {
    let mut generics = bounded(shape, &quote!(::backprop::__private::OwnGradient));
    let (_, arguments, _) = shape.generics.split_for_impl();
    let name = shape.name;
    let cloned = quote_spanned!(name.span()=> #name #arguments: ::core::clone::Clone);
    generics.make_where_clause().predicates.push(parse_quote!(#cloned));
    generics
}

/// Takes out the parameters that varying fields do not use, and what is said of them.
fn keep_used(shape: &Shape, generics: &mut Generics) {
    let used = used(shape);
    let all: BTreeSet<String> = generics.params.iter().map(name).collect();
    let fits =
        |tokens: &dyn ToTokens| names(&tokens.to_token_stream()).intersection(&all).all(|name| used.contains(name));
    let params = std::mem::take(&mut generics.params);
    generics.params = params.into_iter().filter(|param| used.contains(&name(param))).collect();
    for param in &mut generics.params {
        match param {
            GenericParam::Type(param) => {
                param.bounds = std::mem::take(&mut param.bounds).into_iter().filter(|bound| fits(bound)).collect();
            }
            GenericParam::Lifetime(param) => {
                param.bounds = std::mem::take(&mut param.bounds).into_iter().filter(|bound| fits(bound)).collect();
            }
            GenericParam::Const(_) => {}
        }
    }
    if let Some(clause) = &mut generics.where_clause {
        let predicates = std::mem::take(&mut clause.predicates);
        clause.predicates = predicates.into_iter().filter(|predicate| fits(predicate)).collect();
    }
}

/// The types whose gradients make up those of all fields: the parameters among them, and their associated types.
pub fn parts(shape: &Shape) -> Vec<Type> {
    let params = shape.generics.type_params().map(|param| param.ident.to_string()).collect();
    let mut parts = Parts { params, found: Vec::new() };
    shape.varying().for_each(|field| parts.visit_type(&field.ty));
    parts.found
}

/// The parameters, of which everything that varies satisfies `bound`.
fn bounded(shape: &Shape, bound: &TokenStream) -> Generics {
    let mut generics = shape.generics.clone();
    for param in generics.type_params_mut() {
        param.default = None;
    }
    let parts = parts(shape);
    for param in generics.type_params_mut() {
        let name = &param.ident;
        if parts.contains(&parse_quote!(#name)) {
            param.bounds.push(parse_quote!(#bound));
        }
    }
    let associated = parts.iter().filter(|part| !is_param(&generics, part));
    let predicates: Vec<syn::WherePredicate> = associated.map(|part| parse_quote!(#part: #bound)).collect();
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}

fn is_param(generics: &Generics, ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if generics.type_params().any(|param| path.path.is_ident(&param.ident)))
}

/// What occurs in the types of varying fields.
fn used(shape: &Shape) -> BTreeSet<String> {
    shape.varying().flat_map(|field| names(&field.ty.to_token_stream())).collect()
}

fn name(param: &GenericParam) -> String {
    match param {
        GenericParam::Lifetime(param) => param.lifetime.to_string(),
        GenericParam::Type(param) => param.ident.to_string(),
        GenericParam::Const(param) => param.ident.to_string(),
    }
}

/// Every name in some tokens that may be that of a parameter: lifetimes, and identifiers that begin a path.
fn names(tokens: &TokenStream) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut before = (' ', ' ');
    for token in tokens.clone() {
        let mark = match &token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match token {
            TokenTree::Ident(name) if before.1 == '\'' => {
                names.insert(format!("'{name}"));
            }
            TokenTree::Ident(name) if before != (':', ':') => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => names.extend(self::names(&group.stream())),
            _ => {}
        }
        before = (before.1, mark);
    }
    names
}

/// Finds `T`, `T::Name` and `<T as Trait>::Name`.
struct Parts {
    params: BTreeSet<String>,
    found: Vec<Type>,
}

impl<'ast> Visit<'ast> for Parts {
    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        let is_part = match &path.qself {
            Some(of) => !names(&of.ty.to_token_stream()).is_disjoint(&self.params),
            None => path.path.segments.first().is_some_and(|first| self.params.contains(&first.ident.to_string())),
        };
        let part = Type::Path(path.clone());
        if !is_part {
            syn::visit::visit_type_path(self, path);
        } else if !self.found.contains(&part) {
            self.found.push(part);
        }
    }
}

//! `#[derive(Differentiable)]` on a struct: a gradient type of the same shape, and what makes it one.
//!
//! Enters: the struct. Leaves: `NameGradient` with a field for each field (its gradient, or `()` where a field cannot
//! vary), and the implementations of the runtime's traits. `#[constant]` on a field says that it counts as constant.

use crate::diag::Errors;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Index, Member, Type, Visibility};

pub fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let record = read(&input, &mut errors);
    match record.filter(|_| errors.is_empty()) {
        Some(record) => record.emit(),
        None => errors.into_compile_errors(),
    }
}

/// A struct as its gradient sees it.
struct Record<'a> {
    input: &'a DeriveInput,
    gradient: Ident,
    named: bool,
    fields: Vec<Field<'a>>,
}

struct Field<'a> {
    member: Member,
    vis: &'a Visibility,
    ty: &'a Type,
    constant: bool,
}

fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Record<'a>> {
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(data) => {
            errors.on(&data.enum_token, "`Differentiable` cannot be derived for an enum yet: use a struct with a flag");
            return None;
        }
        Data::Union(data) => {
            errors.on(&data.union_token, "a union has no gradient: use a struct");
            return None;
        }
    };
    let named = matches!(fields, Fields::Named(_));
    let fields = fields.iter().enumerate().map(|(at, field)| read_field(at, field, errors)).collect();
    Some(Record { input, gradient: format_ident!("{}Gradient", input.ident), named, fields })
}

fn read_field<'a>(at: usize, field: &'a syn::Field, errors: &mut Errors) -> Field<'a> {
    let mut constant = false;
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("constant")) {
        if !matches!(attr.meta, syn::Meta::Path(_)) {
            errors.on(attr, "`#[constant]` takes no arguments");
        }
        constant = true;
    }
    if let Type::Reference(reference) = &field.ty
        && !constant
    {
        errors.on(
            reference,
            "a field that is a reference has no gradient of its own: mark it `#[constant]`, or own the data",
        );
    }
    let member = match &field.ident {
        Some(name) => Member::Named(name.clone()),
        None => Member::Unnamed(Index { index: at as u32, span: field.ty.span() }),
    };
    Field { member, vis: &field.vis, ty: &field.ty, constant }
}

impl Field<'_> {
    /// The type of the field's gradient.
    fn gradient(&self) -> TokenStream {
        if self.constant { quote!(()) } else { crate::paths::gradient(self.ty) }
    }

    /// The step of a path into the field.
    fn segment(&self) -> TokenStream {
        let segment = quote!(::backprop::components::Segment);
        match &self.member {
            Member::Named(name) => {
                let name = name.to_string();
                quote!(#segment::Field(#name))
            }
            Member::Unnamed(index) => {
                let at = index.index as usize;
                quote!(#segment::Position(#at))
            }
        }
    }
}

impl Record<'_> {
    fn emit(&self) -> TokenStream {
        let declaration = self.declaration();
        let differentiable = self.differentiable();
        let gradient = self.gradient_impl();
        let (of_value, of_gradient) =
            (self.components(&self.input.ident, false), self.components(&self.gradient, true));
        let add_assign = self.add_assign();
        let generic = self.generic_impls();
        quote!(#generic #declaration #differentiable #gradient #of_value #of_gradient #add_assign)
    }

    fn varying(&self) -> impl Iterator<Item = &Field<'_>> {
        self.fields.iter().filter(|field| !field.constant)
    }

    /// The generics, with every type parameter differentiable.
    fn generics(&self, bound: &TokenStream) -> syn::Generics {
        let mut generics = self.input.generics.clone();
        for param in generics.type_params_mut() {
            param.bounds.push(syn::parse_quote!(#bound));
            param.default = None;
        }
        generics
    }

    fn declaration(&self) -> TokenStream {
        let (vis, name, gradient) = (&self.input.vis, &self.input.ident, &self.gradient);
        let generics = self.generics(&quote!(::backprop::Differentiable));
        let where_clause = &generics.where_clause;
        let doc =
            format!("The gradient by a [`{name}`]: for each field the derivative by it, `()` where it cannot vary.");
        let fields = self.fields.iter().map(|field| {
            let (vis, ty) = (field.vis, field.gradient());
            match &field.member {
                Member::Named(name) => {
                    let doc = format!("The derivative by `{name}`.");
                    quote!(#[doc = #doc] #vis #name: #ty)
                }
                Member::Unnamed(_) => quote!(#vis #ty),
            }
        });
        let body =
            if self.named { quote!(#where_clause { #(#fields,)* }) } else { quote!((#(#fields,)*) #where_clause;) };
        let derives = self.derives();
        let derives = (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]));
        quote! {
            #[doc = #doc]
            #derives
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            #vis struct #gradient #generics #body
        }
    }

    /// `Default` where it is known that every part has one.
    fn derives(&self) -> Vec<TokenStream> {
        if self.is_generic() {
            return Vec::new();
        }
        let mut derives =
            vec![quote!(::core::clone::Clone), quote!(::core::fmt::Debug), quote!(::core::cmp::PartialEq)];
        if self.varying().all(|field| has_default(field.ty)) {
            derives.push(quote!(::core::default::Default));
        }
        derives
    }

    fn is_generic(&self) -> bool {
        self.input.generics.type_params().next().is_some()
    }

    /// What `derive` cannot do for a generic struct, because the bounds are on the gradients of its fields.
    fn generic_impls(&self) -> TokenStream {
        if !self.is_generic() {
            return TokenStream::new();
        }
        let gradient = &self.gradient;
        let members: Vec<&Member> = self.fields.iter().map(|field| &field.member).collect();
        let name = gradient.to_string();
        let with = |bound: TokenStream, body: TokenStream| {
            let generics = self.generics(&quote!(::backprop::Differentiable));
            let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
            let given = where_clause.map(|clause| &clause.predicates);
            let given = given.map(|predicates| quote!(#predicates,));
            let types = self.fields.iter().map(Field::gradient);
            quote! {
                #[automatically_derived]
                #[allow(clippy::all, clippy::pedantic)]
                impl #impl_generics #bound for #gradient #ty_generics where #given #(#types: #bound,)* { #body }
            }
        };
        let clone = with(
            quote!(::core::clone::Clone),
            quote!(fn clone(&self) -> Self { #gradient { #(#members: ::core::clone::Clone::clone(&self.#members),)* } }),
        );
        let equal = with(
            quote!(::core::cmp::PartialEq),
            quote!(fn eq(&self, other: &Self) -> bool { true #(&& self.#members == other.#members)* }),
        );
        let shown = self.fields.iter().map(|field| {
            let (member, name) = (&field.member, field.member.to_token_stream().to_string());
            quote!(.field(#name, &self.#member))
        });
        let debug = with(
            quote!(::core::fmt::Debug),
            quote! {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct(#name)#(#shown)*.finish()
                }
            },
        );
        quote!(#clone #equal #debug)
    }

    fn differentiable(&self) -> TokenStream {
        let (name, gradient) = (&self.input.ident, &self.gradient);
        let generics = self.generics(&quote!(::backprop::Differentiable));
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        let zeros = self.fields.iter().map(|field| {
            let (member, ty) = (&field.member, field.ty);
            match field.constant {
                true => quote!(#member: ()),
                false => {
                    quote_spanned!(ty.span()=> #member: <#ty as ::backprop::Differentiable>::zero_gradient(&self.#member))
                }
            }
        });
        let mismatches = self.varying().map(|field| {
            let (member, ty, segment) = (&field.member, field.ty, field.segment());
            quote! {
                if let ::core::option::Option::Some(mismatch) = <#ty as ::backprop::Differentiable>::shape_mismatch(
                    &self.#member,
                    ::core::borrow::Borrow::borrow(&adjoint.#member),
                ) {
                    return ::core::option::Option::Some(mismatch.under(#segment));
                }
            }
        });
        quote! {
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl #impl_generics ::backprop::Differentiable for #name #ty_generics #where_clause {
                type Gradient = #gradient #ty_generics;
                type Adjoint = #gradient #ty_generics;

                #[inline]
                fn zero_gradient(&self) -> Self::Gradient {
                    #gradient { #(#zeros,)* }
                }

                fn shape_mismatch(&self, adjoint: &Self::Adjoint) -> ::core::option::Option<::backprop::ShapeMismatch> {
                    #(#mismatches)*
                    ::core::option::Option::None
                }
            }
        }
    }

    fn gradient_impl(&self) -> TokenStream {
        let gradient = &self.gradient;
        let generics = self.generics(&quote!(::backprop::Differentiable));
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        let members: Vec<&Member> = self.varying().map(|field| &field.member).collect();
        quote! {
            #[automatically_derived]
            #[allow(unused_variables, clippy::all, clippy::pedantic)]
            impl #impl_generics ::backprop::Gradient for #gradient #ty_generics #where_clause {
                #[inline]
                fn accumulate(&mut self, other: &Self) {
                    #(::backprop::Gradient::accumulate(&mut self.#members, &other.#members);)*
                }

                #[inline]
                fn scale(&mut self, factor: f64) {
                    #(::backprop::Gradient::scale(&mut self.#members, factor);)*
                }

                #[inline]
                fn set_zero(&mut self) {
                    #(::backprop::Gradient::set_zero(&mut self.#members);)*
                }

                #[inline]
                fn is_zero(&self) -> bool {
                    true #(&& ::backprop::Gradient::is_zero(&self.#members))*
                }
            }
        }
    }

    /// The floats inside the struct, or inside its gradient, in the same order and under the same paths.
    fn components(&self, name: &Ident, of_gradient: bool) -> TokenStream {
        let bound =
            if of_gradient { quote!(::backprop::Differentiable) } else { quote!(::backprop::components::Components) };
        let generics = self.generics(&bound);
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        let walk = |method: &str, borrow: TokenStream| {
            let method = Ident::new(method, Span::mixed_site());
            let steps = self.varying().map(move |field| {
                let (member, segment) = (&field.member, field.segment());
                quote! {
                    path.within(#segment, |path| {
                        ::backprop::components::Components::#method(#borrow self.#member, path, visit);
                    });
                }
            });
            steps.collect::<TokenStream>()
        };
        let (read, write) = (walk("visit", quote!(&)), walk("visit_mut", quote!(&mut)));
        let components = quote!(::backprop::components);
        quote! {
            #[automatically_derived]
            #[allow(unused_variables, clippy::all, clippy::pedantic)]
            impl #impl_generics #components::Components for #name #ty_generics #where_clause {
                fn visit(
                    &self,
                    path: &mut #components::Path,
                    visit: &mut dyn ::core::ops::FnMut(&#components::Path, #components::Component),
                ) {
                    #read
                }

                fn visit_mut(
                    &mut self,
                    path: &mut #components::Path,
                    visit: &mut dyn ::core::ops::FnMut(&#components::Path, #components::ComponentMut<'_>),
                ) {
                    #write
                }
            }
        }
    }

    /// `gradient += other;`
    fn add_assign(&self) -> TokenStream {
        let gradient = &self.gradient;
        let generics = self.generics(&quote!(::backprop::Differentiable));
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #impl_generics ::core::ops::AddAssign for #gradient #ty_generics #where_clause {
                #[inline]
                fn add_assign(&mut self, other: Self) {
                    ::backprop::Gradient::accumulate(self, &other);
                }
            }
        }
    }
}

/// Whether the gradient of a type is known to have a default.
fn has_default(ty: &Type) -> bool {
    match ty {
        Type::Array(array) => {
            let short = array.len.to_token_stream().to_string().parse::<usize>().is_ok_and(|len| len <= 32);
            short && has_default(&array.elem)
        }
        Type::Tuple(tuple) => tuple.elems.iter().all(has_default),
        other => matches!(
            crate::ir::Ty::from_syn(other),
            crate::ir::Ty::Float(_) | crate::ir::Ty::Passive | crate::ir::Ty::Vec(_) | crate::ir::Ty::Unit
        ),
    }
}

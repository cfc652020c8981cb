//! A struct or an enum as its gradient sees it, and how generated code takes it apart and puts it together.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Member, Type, Visibility};

pub struct Shape<'a> {
    pub name: &'a Ident,
    pub vis: &'a Visibility,
    pub generics: &'a syn::Generics,
    pub gradient: GradientType,
    pub is_enum: bool,
    /// Those of an enum; a struct is one variant without a name.
    pub variants: Vec<Variant<'a>>,
    /// `#[non_exhaustive]`, which goes to the gradient type as well.
    pub non_exhaustive: Option<&'a syn::Attribute>,
}

pub enum GradientType {
    /// `()`, for a type without fields.
    Unit,
    /// The type itself.
    Own,
    /// A generated type of this name.
    New(Ident),
}

pub struct Variant<'a> {
    pub name: Option<&'a Ident>,
    pub style: Style,
    pub fields: Vec<Field<'a>>,
    pub non_exhaustive: Option<&'a syn::Attribute>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Style {
    Named,
    Tuple,
    Unit,
}

pub struct Field<'a> {
    pub member: Member,
    pub vis: &'a Visibility,
    /// The type, in which `Self` is written out: in the gradient's declaration it would mean something else.
    pub ty: Type,
    pub role: Role,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    /// Has the gradient that its type has.
    Varying,
    /// Marked `#[constant]`: has the gradient `()`, whatever its type.
    Constant,
    /// A `PhantomData`, which is constant without being marked.
    Phantom,
}

impl<'a> Shape<'a> {
    /// The name of the gradient type, generated or not.
    pub fn gradient_name(&self) -> &Ident {
        match &self.gradient {
            GradientType::New(name) => name,
            GradientType::Own | GradientType::Unit => self.name,
        }
    }

    pub fn is_own_gradient(&self) -> bool {
        matches!(self.gradient, GradientType::Own)
    }

    pub fn fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.variants.iter().flat_map(|variant| &variant.fields)
    }

    pub fn varying(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields().filter(|field| field.role == Role::Varying)
    }

    /// `body` for a struct, and for an enum a `match` of `self` with one for each variant. Inside of it,
    /// [`Shape::place`] tells how to reach a field.
    pub fn for_each_variant(&self, body: impl Fn(&Variant<'a>) -> TokenStream) -> TokenStream {
        if !self.is_enum {
            return self.variants.iter().map(body).collect();
        }
        let arms = self.variants.iter().map(|variant| {
            let (pattern, body) = (variant.pattern(&quote!(Self), "self"), body(variant));
            quote!(#pattern => { #body })
        });
        quote!(match self { #(#arms)* })
    }

    /// The same of two, `self` and `other`. Where their variants differ, `otherwise` is what comes of `self` and
    /// `other`, which have `sum` and `term` as names there because they were moved.
    pub fn for_both(
        &self,
        other: &str,
        other_type: &TokenStream,
        body: impl Fn(&Variant<'a>) -> TokenStream,
        otherwise: &TokenStream,
    ) -> TokenStream {
        if !self.is_enum {
            return self.variants.iter().map(body).collect();
        }
        let arms = self.variants.iter().map(|variant| {
            let (of_self, of_other) = (variant.pattern(&quote!(Self), "self"), variant.pattern(other_type, other));
            let body = body(variant);
            quote!((#of_self, #of_other) => { #body })
        });
        let rest = (self.variants.len() > 1).then_some(otherwise);
        let other = Ident::new(other, Span::call_site());
        quote!(match (self, #other) { #(#arms)* #rest })
    }

    /// A reference to a field of `owner`: of a struct's variable, or what [`Variant::pattern`] calls it.
    pub fn place(&self, owner: &str, mutable: bool, field: &Field) -> TokenStream {
        if self.is_enum {
            let bound = field.bound(owner);
            return quote!(#bound);
        }
        let (owner, member) = (Ident::new(owner, Span::call_site()), &field.member);
        let borrow = if mutable { quote!(&mut) } else { quote!(&) };
        quote!(#borrow #owner.#member)
    }

    /// A `match` that tells the name of an enum's variant.
    pub fn name_of_variant(&self, subject: &TokenStream) -> TokenStream {
        let arms = self.variants.iter().filter_map(|variant| {
            let (name, text) = (variant.name?, variant.text());
            Some(quote!(Self::#name { .. } => #text,))
        });
        quote!(match #subject { #(#arms)* })
    }
}

impl<'a> Variant<'a> {
    /// The name as one says it: without `r#`.
    pub fn text(&self) -> String {
        self.name.map(|name| name.unraw().to_string()).unwrap_or_default()
    }

    pub fn varying(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.role == Role::Varying)
    }

    /// `Owner::Name { field: part, … }`, an expression or a pattern as the parts are.
    pub fn with(&self, owner: &TokenStream, part: impl Fn(&Field<'a>) -> TokenStream) -> TokenStream {
        let variant = self.name.map(|name| quote!(::#name));
        let parts = self.fields.iter().map(|field| {
            let (member, part) = (&field.member, part(field));
            if self.style == Style::Named { quote!(#member: #part) } else { part }
        });
        match self.style {
            Style::Named => quote!(#owner #variant { #(#parts,)* }),
            Style::Tuple => quote!(#owner #variant (#(#parts,)*)),
            Style::Unit => quote!(#owner #variant),
        }
    }

    /// A pattern that binds each varying field to `prefix_field`.
    pub fn pattern(&self, owner: &TokenStream, prefix: &str) -> TokenStream {
        self.with(owner, |field| match field.role {
            Role::Varying => {
                let bound = field.bound(prefix);
                quote!(#bound)
            }
            Role::Constant | Role::Phantom => quote!(_),
        })
    }
}

impl Field<'_> {
    /// The field's name or number as one says it: without `r#`.
    pub fn text(&self) -> String {
        match &self.member {
            Member::Named(name) => name.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }

    /// What a pattern calls the field. No other variable of generated code has a name like it.
    pub fn bound(&self, prefix: &str) -> Ident {
        Ident::new(&format!("{prefix}_{}", self.text()), Span::call_site())
    }

    /// The step of a path into the field.
    pub fn segment(&self) -> TokenStream {
        let segment = quote!(::backprop::components::Segment);
        match &self.member {
            Member::Named(_) => {
                let name = self.text();
                quote!(#segment::Field(#name))
            }
            Member::Unnamed(index) => {
                let at = index.index as usize;
                quote!(#segment::Position(#at))
            }
        }
    }
}

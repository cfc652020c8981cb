//! From the syntax of a type to its shape, with all that has no gradient refused.

use super::shape::{Field, GradientType, Role, Shape, Style, Variant};
use crate::diag::Errors;
use crate::ir::Ty;
use quote::{ToTokens, format_ident};
use std::collections::BTreeMap;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Index, Member, Type};

pub fn read<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Shape<'a>> {
    refuse_on(&input.attrs, "constant", "`#[constant]` stands on a field: mark each field that is constant", errors);
    let own = is_own_gradient(&input.attrs, errors);
    let variants: Vec<Variant> = match &input.data {
        Data::Struct(data) => vec![read_variant(None, &data.fields, &input.attrs, input, errors)],
        Data::Enum(data) => {
            let variants = data.variants.iter().map(|variant| {
                refuse_on(
                    &variant.attrs,
                    "constant",
                    "`#[constant]` stands on a field: mark those of the variant",
                    errors,
                );
                refuse_option(&variant.attrs, errors);
                read_variant(Some(&variant.ident), &variant.fields, &variant.attrs, input, errors)
            });
            variants.collect()
        }
        Data::Union(data) => {
            errors.on(&data.union_token, "a union has no gradient: use a struct or an enum");
            return None;
        }
    };
    refuse_packed(&input.attrs, errors);
    refuse_equal_accessors(&variants, errors);
    let is_enum = matches!(input.data, Data::Enum(_));
    let has_fields = variants.iter().any(|variant| !variant.fields.is_empty());
    let gradient = match (own, has_fields) {
        (true, _) => GradientType::Own,
        (false, true) => GradientType::New(format_ident!("{}Gradient", input.ident)),
        (false, false) => GradientType::Unit,
    };
    let non_exhaustive = non_exhaustive(&input.attrs);
    let shape = Shape {
        name: &input.ident,
        vis: &input.vis,
        generics: &input.generics,
        gradient,
        is_enum,
        variants,
        non_exhaustive,
    };
    if own {
        refuse_foreign_gradients(&shape, errors);
    }
    Some(shape)
}

fn read_variant<'a>(
    name: Option<&'a Ident>,
    fields: &'a Fields,
    attrs: &'a [Attribute],
    input: &DeriveInput,
    errors: &mut Errors,
) -> Variant<'a> {
    let style = match fields {
        Fields::Named(_) => Style::Named,
        Fields::Unnamed(_) => Style::Tuple,
        Fields::Unit => Style::Unit,
    };
    let fields = fields.iter().enumerate().map(|(at, field)| read_field(at, field, input, errors)).collect();
    Variant { name, style, fields, non_exhaustive: non_exhaustive(attrs) }
}

fn read_field<'a>(at: usize, field: &'a syn::Field, input: &DeriveInput, errors: &mut Errors) -> Field<'a> {
    refuse_option(&field.attrs, errors);
    let mut role = if is_phantom(&field.ty) { Role::Phantom } else { Role::Varying };
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("constant")) {
        if !matches!(attr.meta, syn::Meta::Path(_)) {
            errors.on(attr, "`#[constant]` takes no arguments");
        }
        if role == Role::Varying {
            role = Role::Constant;
        }
    }
    if role == Role::Varying {
        RefuseTypes(errors).visit_type(&field.ty);
    }
    let member = match &field.ident {
        Some(name) => Member::Named(name.clone()),
        None => Member::Unnamed(Index { index: at as u32, span: field.ty.span() }),
    };
    let mut ty = field.ty.clone();
    WriteSelfOut(input).visit_type_mut(&mut ty);
    Field { member, vis: &field.vis, ty, role }
}

fn is_phantom(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "PhantomData"))
}

fn non_exhaustive(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident("non_exhaustive"))
}

/// `Self` as `Name<T>`.
struct WriteSelfOut<'a>(&'a DeriveInput);

impl VisitMut for WriteSelfOut<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        if let Some(first) = path.segments.first_mut()
            && first.ident == "Self"
        {
            let (_, arguments, _) = self.0.generics.split_for_impl();
            let arguments = arguments.as_turbofish();
            first.ident = Ident::new(&self.0.ident.to_string(), first.ident.span());
            if let Ok(arguments) = syn::parse2(arguments.to_token_stream()) {
                first.arguments = syn::PathArguments::AngleBracketed(arguments);
            }
        }
    }
}

/// Whether `#[differentiable(gradient = Self)]` is there.
fn is_own_gradient(attrs: &[Attribute], errors: &mut Errors) -> bool {
    let mut own = false;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("differentiable")) {
        if matches!(attr.meta, syn::Meta::Path(_)) {
            errors.on(attr, "the option is missing: write `#[differentiable(gradient = Self)]`");
            continue;
        }
        let parsed = attr.parse_nested_meta(|meta| {
            if !meta.path.is_ident("gradient") {
                let option = meta.path.to_token_stream().to_string();
                return Err(meta.error(format!("unknown option `{option}`: the only one is `gradient = Self`")));
            }
            let ty: Type = meta.value()?.parse()?;
            if !matches!(&ty, Type::Path(path) if path.path.is_ident("Self")) {
                let message = "the gradient is the type itself or a generated one: write `gradient = Self`, or leave \
                               the option out";
                return Err(syn::Error::new_spanned(ty, message));
            }
            if own {
                return Err(meta.error("`gradient` is given twice: keep one"));
            }
            own = true;
            Ok(())
        });
        if let Err(error) = parsed {
            errors.push(error);
        }
    }
    own
}

fn refuse_on(attrs: &[Attribute], name: &str, message: &str, errors: &mut Errors) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        errors.on(attr, message);
    }
}

fn refuse_option(attrs: &[Attribute], errors: &mut Errors) {
    let message = "`#[differentiable(…)]` stands before the struct or the enum; a field can be `#[constant]`";
    refuse_on(attrs, "differentiable", message, errors);
}

/// Generated code refers to the fields, which Rust forbids where they are not aligned.
fn refuse_packed(attrs: &[Attribute], errors: &mut Errors) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
        let syn::Meta::List(list) = &attr.meta else { continue };
        let tokens = list.tokens.clone().into_iter();
        for token in tokens.filter(|token| matches!(token, proc_macro2::TokenTree::Ident(name) if name == "packed")) {
            errors.at(token.span(), "fields of a packed struct cannot be referred to: use a struct that is not packed");
        }
    }
}

/// What can be told to have no gradient. The compiler knows the rest, but has more to say about it.
struct RefuseTypes<'a>(&'a mut Errors);

impl<'ast> Visit<'ast> for RefuseTypes<'_> {
    /// A reference has no floats that could be perturbed, and its gradient no owner.
    fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
        let message = "a field that is a reference has no gradient of its own: mark it `#[constant]`, or own the data";
        self.0.on(reference, message);
    }

    fn visit_type(&mut self, ty: &'ast Type) {
        match ty {
            Type::FnPtr(_) | Type::Ptr(_) | Type::TraitObject(_) | Type::Never(_) => {
                self.0.on(ty, "this type has no gradient: mark the field `#[constant]`");
            }
            other => syn::visit::visit_type(self, other),
        }
    }

    /// Looks into what is known to be differentiable if its content is. Other types may count theirs as constant.
    fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
        const COLLECTIONS: [&str; 7] =
            ["HashMap", "BTreeMap", "HashSet", "BTreeSet", "VecDeque", "LinkedList", "BinaryHeap"];
        let is_one_of = |names: &[&str]| names.iter().any(|name| segment.ident == name);
        if is_one_of(&COLLECTIONS) && !segment.arguments.is_none() {
            let name = &segment.ident;
            self.0.on(segment, format!("a `{name}` has no gradient: mark the field `#[constant]`, or use a `Vec`"));
        } else if is_one_of(&["Vec", "Option", "Box"]) {
            syn::visit::visit_path_segment(self, segment);
        }
    }
}

/// In a type that is its own gradient, every field must be so too. What is known not to be is refused here, the rest
/// is left to the compiler, by `OwnGradient`.
fn refuse_foreign_gradients(shape: &Shape, errors: &mut Errors) {
    if shape.variants.is_empty() {
        errors.on(shape.name, "an enum without variants has no values: leave out `gradient = Self`");
    }
    let remedy = format!(
        "leave out `gradient = Self`, so that `{}Gradient` holds `()` in its place, or move it out of the type",
        shape.name.unraw()
    );
    for field in shape.fields() {
        if field.role == Role::Constant {
            errors.on(&field.ty, format!("a constant field cannot be part of its own gradient: {remedy}"));
        } else if field.role == Role::Varying && holds_passive(&Ty::from_syn(&field.ty)) {
            let message = format!("what cannot vary has the gradient `()`, which is another type than this: {remedy}");
            errors.on(&field.ty, message);
        }
    }
}

/// Whether there is something in a type that cannot vary, and has the gradient `()` for that.
pub fn holds_passive(ty: &Ty) -> bool {
    match ty {
        Ty::Passive => true,
        Ty::Array(elem, _) | Ty::Vec(elem) | Ty::Slice(elem) | Ty::Option(elem) => holds_passive(elem),
        Ty::Result(_) => true,
        Ty::Tuple(elems) => elems.iter().any(holds_passive),
        Ty::Float(_) | Ty::Unit | Ty::Ref { .. } | Ty::Unknown => false,
    }
}

/// The accessors of payloads join the names of variant and field, which can come to the same twice.
fn refuse_equal_accessors(variants: &[Variant], errors: &mut Errors) {
    let mut seen = BTreeMap::new();
    for variant in variants {
        let Some(name) = variant.name else { continue };
        for field in &variant.fields {
            if let Some(other) = seen.insert(format!("{}_{}", variant.text(), field.text()), variant.text()) {
                let message = format!(
                    "the names of this variant and its field `{}` join to those of a field of `{other}`: rename one",
                    field.text()
                );
                errors.on(name, message);
            }
        }
    }
}

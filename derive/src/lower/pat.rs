//! Patterns of `let` and of loops.

use super::{Lower, refuse};
use crate::ir::place::is_std_variant;
use crate::ir::{CallResult, Op, Operand, Payload, Place, Projection, StmtKind, Ty, VarId, VarKind};
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Pat, Type, parse_quote};

impl Lower {
    /// Makes a variable of the user's known.
    pub(super) fn declare(&mut self, name: &Ident, mutable: bool, annotation: Option<&Type>, ty: Ty) -> VarId {
        self.vars.add(crate::ir::vars::Var {
            name: name.clone(),
            kind: VarKind::Local,
            ty,
            annotation: annotation.cloned(),
            assumed: false,
            mutable,
            alias: None,
        })
    }

    /// Binds the value of `operand` to a pattern.
    pub(super) fn bind(&mut self, pat: &Pat, operand: Operand, annotation: Option<&Type>) {
        match pat {
            Pat::Paren(paren) => self.bind(&paren.pat, operand, annotation),
            Pat::Type(typed) => self.bind(&typed.pat, operand, Some(&typed.ty)),
            Pat::Wild(_) => {}
            Pat::Reference(reference) => match operand {
                Operand::Place(place) => {
                    self.bind(&reference.pat, Operand::Place(place.project(Projection::Deref)), annotation);
                }
                Operand::Passive(_) => self.refuse_pattern(pat),
            },
            Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                self.bind_ident(ident, operand, annotation);
            }
            Pat::Tuple(tuple) if !tuple.elems.iter().any(is_rest) => self.bind_tuple(tuple, operand, annotation),
            Pat::Slice(slice) if !slice.elems.iter().any(is_rest) => self.bind_array(slice, operand),
            Pat::Struct(_) | Pat::TupleStruct(_) => match struct_parts(pat, false) {
                Some(parts) => self.bind_struct(pat, &parts, operand),
                None => self.refuse_pattern(pat),
            },
            Pat::Slice(slice) if slice.elems.iter().any(is_named_rest) => self.errors.on(pat, NAMED_REST),
            Pat::Slice(slice) => self.bind_items(slice, operand),
            other => self.refuse_pattern(other),
        }
    }

    fn bind_ident(&mut self, ident: &syn::PatIdent, operand: Operand, annotation: Option<&Type>) {
        let span = ident.ident.span();
        let known = annotation.map_or(Ty::Unknown, Ty::from_syn);
        let ty = if known == Ty::Unknown { self.operand_type(&operand) } else { known };
        if ty.is_ref() {
            return self.bind_reference(ident, operand);
        }
        if self.adopt(ident, &operand, annotation) {
            return;
        }
        let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
        if let Operand::Place(place) = &operand
            && self.dereferenced.contains(&place.root)
        {
            self.dereferenced.insert(var);
        }
        if self.is_active(&operand) {
            self.take_hint(var);
        }
        match self.take_last_temp(&operand) {
            Some(StmtKind::Let { op, .. }) => self.push_let(var, op, span),
            Some(StmtKind::Call(mut call)) => {
                call.result = CallResult::Var(var);
                if !self.vars[var].assumed {
                    self.require_active_type(var, span);
                }
                self.vary(var);
                let span = call.path.span();
                self.push(span, StmtKind::Call(call));
            }
            _ => self.push_let(var, Op::Use(operand), span),
        }
    }

    /// `let r = x;` where `x` is a reference: another name of what it refers to.
    fn bind_reference(&mut self, ident: &syn::PatIdent, operand: Operand) {
        let Operand::Place(place) = operand else {
            return self.errors.on(ident, refuse::REFERENCE);
        };
        if ident.mutability.is_some() {
            return self.errors.on(ident, refuse::REFERENCE);
        }
        let expr = self.place_expr(&place);
        let ty = self.vars.ty(&place);
        let expr = if matches!(ty, Ty::Ref { mutable: true, .. }) { parse_quote!(&mut *#expr) } else { expr };
        let var = self.declare(&ident.ident, false, None, ty);
        let code = crate::ir::Code { uses: self.uses(&expr), expr };
        self.vars[var].alias = Some(place.project(Projection::Deref));
        self.push(ident.span(), StmtKind::Alias { var, code });
    }

    /// If `operand` is a temporary that the last statement made, takes that statement back.
    fn take_last_temp(&mut self, operand: &Operand) -> Option<StmtKind> {
        let Operand::Place(place) = operand else { return None };
        let is_temp = place.is_var() && self.vars[place.root].kind == VarKind::Temp;
        let block = &mut self.open.last_mut().expect("a block is open").stmts;
        let made = block.last().is_some_and(|stmt| match &stmt.kind {
            StmtKind::Let { var, .. } => *var == place.root,
            StmtKind::Call(call) => matches!(call.result, CallResult::Var(var) if var == place.root),
            _ => false,
        });
        if !(is_temp && made) {
            return None;
        }
        let name = self.vars[place.root].name.clone();
        self.names.release(&name);
        self.varied.remove(&name.to_string());
        self.vars.forget(place.root);
        block.pop().map(|stmt| stmt.kind)
    }

    fn bind_tuple(&mut self, tuple: &syn::PatTuple, operand: Operand, annotation: Option<&Type>) {
        let annotation_of = |at: usize| match annotation {
            Some(Type::Tuple(types)) => types.elems.iter().nth(at),
            _ => None,
        };
        match self.take_last_temp(&operand) {
            Some(StmtKind::Let { op: Op::Pack { elems, .. }, .. }) if elems.len() == tuple.elems.len() => {
                for (at, (pat, elem)) in tuple.elems.iter().zip(elems).enumerate() {
                    self.bind(pat, elem, annotation_of(at));
                }
            }
            Some(StmtKind::Call(mut call)) => {
                let vars: Vec<VarId> =
                    tuple.elems.iter().enumerate().map(|(at, pat)| self.declare_part(pat, annotation_of(at))).collect();
                vars.iter().for_each(|&var| self.vary(var));
                call.result = CallResult::Tuple(vars.clone());
                let span = call.path.span();
                self.push(span, StmtKind::Call(call));
                for (pat, var) in tuple.elems.iter().zip(vars) {
                    if self.vars[var].kind == VarKind::Temp && !matches!(pat, Pat::Wild(_)) {
                        self.bind(pat, Operand::Place(Place::var(var, pat.span())), None);
                    }
                }
            }
            Some(StmtKind::Let { op, .. }) => {
                let ty = Ty::Unknown;
                let temp = self.temp(op, ty, tuple.span());
                self.bind_parts(tuple, temp, annotation);
            }
            _ => self.bind_parts(tuple, operand, annotation),
        }
    }

    /// The variable for one part of a call's tuple: the user's if the pattern is a plain name.
    fn declare_part(&mut self, pat: &Pat, annotation: Option<&Type>) -> VarId {
        match pat {
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                let ty = annotation.map_or(Ty::Unknown, Ty::from_syn);
                let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
                self.take_hint(var);
                var
            }
            other => self.new_var("part", VarKind::Temp, Ty::Unknown, other.span()),
        }
    }

    fn bind_parts(&mut self, tuple: &syn::PatTuple, operand: Operand, annotation: Option<&Type>) {
        let Operand::Place(place) = operand else {
            return self
                .errors
                .on(tuple, "this pattern is not supported here: bind the tuple to a name, and take its fields");
        };
        for (at, pat) in tuple.elems.iter().enumerate() {
            let member = syn::Member::Unnamed(syn::Index { index: at as u32, span: pat.span() });
            let part = Place { span: pat.span(), ..place.clone() }.project(Projection::Field(member));
            let annotation = match annotation {
                Some(Type::Tuple(types)) => types.elems.iter().nth(at),
                _ => None,
            };
            self.bind(pat, Operand::Place(part), annotation);
        }
    }

    fn bind_array(&mut self, slice: &syn::PatSlice, operand: Operand) {
        let Some(elems) = self.take_last_pack(&operand, slice.elems.len()) else {
            return self.bind_items(slice, operand);
        };
        for (pat, elem) in slice.elems.iter().zip(elems) {
            self.bind(pat, elem, None);
        }
    }

    /// The elements of `operand`, if the last statement packed so many of them into it; takes that statement back.
    fn take_last_pack(&mut self, operand: &Operand, count: usize) -> Option<Vec<Operand>> {
        let stmt = self.open.last().expect("a block is open").stmts.last()?;
        if !matches!(&stmt.kind, StmtKind::Let { op: Op::Pack { elems, .. }, .. } if elems.len() == count) {
            return None;
        }
        match self.take_last_temp(operand)? {
            StmtKind::Let { op: Op::Pack { elems, .. }, .. } => Some(elems),
            _ => unreachable!("it was looked at"),
        }
    }

    fn bind_items(&mut self, slice: &syn::PatSlice, operand: Operand) {
        let Operand::Place(place) = operand else {
            return self.errors.on(slice, "this pattern is not supported here: bind the array to a name, and index it");
        };
        let Some(parts) = self.slice_parts(slice, &place) else {
            return self.refuse_pattern(&Pat::Slice(slice.clone()));
        };
        for (pat, item) in parts {
            let item = Place { span: pat.span(), ..place.clone() }.project(item);
            self.bind(&pat, Operand::Place(item), None);
        }
    }

    /// The patterns for the elements and for the rest of a slice, or `None` if one is not supported.
    fn slice_parts(&mut self, slice: &syn::PatSlice, place: &Place) -> Option<Vec<(Pat, Projection)>> {
        let count = slice.elems.len();
        let rest = slice.elems.iter().position(is_rest).unwrap_or(count);
        let reads_length = rest + 1 < count;
        let length = reads_length.then(|| self.pattern_length(place));
        let from_end = |steps| before(length.as_ref().expect("it was read"), steps, place.span);
        let part = |(at, pat): (usize, &Pat)| {
            let index = syn::LitInt::new(&at.to_string(), pat.span());
            let (pat, part): (Pat, syn::Expr) = match pat {
                _ if at < rest => (pat.clone(), parse_quote!(#index)),
                _ if at > rest => (pat.clone(), from_end(count - at)),
                Pat::Rest(_) => (parse_quote!(_), parse_quote!(..)),
                Pat::Ident(ident) if is_named_rest(pat) => {
                    let name = Pat::Ident(syn::PatIdent { subpat: None, ..ident.clone() });
                    let end = reads_length.then(|| from_end(count - at - 1));
                    (name, parse_quote!(#index..#end))
                }
                _ => return None,
            };
            let code = self.made(part);
            Some((pat, if at == rest { Projection::Range(code) } else { Projection::Index(code) }))
        };
        slice.elems.iter().enumerate().map(part).collect()
    }

    /// The length of what a pattern takes apart. No array or slice changes it.
    fn pattern_length(&mut self, place: &Place) -> syn::Expr {
        if self.vars.ty(place) == Ty::Unknown && !self.lending {
            // It may be the element of a loop, which is not there yet.
            let array = self.place_expr(place);
            return parse_quote!(#array.len());
        }
        super::views::tight(&self.length(place))
    }

    /// Binds a pattern to a reference to a place.
    pub(super) fn bind_reference_to(&mut self, pat: &Pat, place: &Place, by_value: bool, mutable: bool) -> Vec<VarId> {
        let outer = std::mem::replace(&mut self.lending, mutable);
        let aliases = self.bind_alias(pat, place, by_value);
        self.lending = outer;
        self.make_mutable(&aliases, mutable);
        aliases
    }

    fn refuse_pattern(&mut self, pat: &Pat) {
        self.errors.on(pat, "this pattern is not supported where it binds a value with a derivative: use names, and tuples, arrays and structs of names");
    }

    /// `let Name { a, b: c, .. } = value;`
    fn bind_struct(&mut self, pat: &Pat, parts: &[(&Pat, Projection)], operand: Operand) {
        let Operand::Place(place) = operand else {
            return self
                .errors
                .on(pat, "this pattern is not supported here: bind the struct to a name, and take its fields");
        };
        for (part, field) in parts {
            let place = Place { span: part.span(), ..place.clone() }.project(field.clone());
            self.bind(part, Operand::Place(place), None);
        }
    }

    /// Makes aliases mutable references, if they are references.
    pub(super) fn make_mutable(&mut self, aliases: &[VarId], to: bool) {
        for &var in aliases {
            if let Ty::Ref { mutable, .. } = &mut self.vars[var].ty {
                *mutable = to;
            }
        }
    }

    /// Makes the names of a pattern other names of (parts of) `place`.
    ///
    /// `by_value`: the pattern stands for the place's value; otherwise for a reference to it.
    pub(super) fn bind_alias(&mut self, pat: &Pat, place: &Place, by_value: bool) -> Vec<VarId> {
        match pat {
            Pat::Wild(_) => Vec::new(),
            Pat::Paren(paren) => self.bind_alias(&paren.pat, place, by_value),
            Pat::Reference(reference) if !by_value => self.bind_alias(&reference.pat, place, true),
            // What is behind a reference is taken apart by reference.
            Pat::Reference(_) | Pat::Tuple(_) | Pat::TupleStruct(_) | Pat::Struct(_) | Pat::Slice(_)
                if by_value && self.vars.ty(place).is_ref() =>
            {
                self.bind_alias(pat, &place.clone().project(Projection::Deref), false)
            }
            Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) => Vec::new(),
            Pat::Or(cases) if cases.cases.iter().all(binds_nothing) => Vec::new(),
            Pat::Ident(ident) if binds_nothing(pat) && ident.subpat.is_none() => Vec::new(),
            // `name @ pattern`: the name, and those of the pattern.
            Pat::Ident(ident) if binds_below(ident) => {
                let (_, below) = ident.subpat.as_ref().expect("something is below it");
                let name = Pat::Ident(syn::PatIdent { subpat: None, ..ident.clone() });
                let mut vars = self.bind_alias(&name, place, by_value);
                vars.extend(self.bind_alias(below, place, by_value));
                vars
            }
            Pat::Ident(ident) if by_value && ident.by_ref.is_none() && self.is_bound_anew(ident, place) => {
                let ty = self.vars.ty(place);
                let var = self.declare(&ident.ident, ident.mutability.is_some(), None, ty);
                self.bound.insert(var, place.clone());
                if self.dereferenced.contains(&place.root) {
                    self.dereferenced.insert(var);
                }
                vec![var]
            }
            Pat::Ident(ident) if by_value && ident.by_ref.is_some() => {
                let ty = Ty::Ref { mutable: ident.mutability.is_some(), to: Box::new(self.vars.ty(place)) };
                let var = self.declare(&ident.ident, false, None, ty);
                self.vars[var].alias = Some(place.clone());
                vec![var]
            }
            Pat::Ident(ident) if ident.by_ref.is_none() && ident.mutability.is_none() => {
                let to = self.vars.ty(place);
                let ty = if by_value { to } else { Ty::Ref { mutable: false, to: Box::new(to) } };
                let var = self.declare(&ident.ident, false, None, ty);
                self.vars[var].alias = Some(place.clone());
                if self.is_active_place(place) {
                    self.take_hint(var);
                }
                vec![var]
            }
            Pat::Tuple(tuple) if !tuple.elems.iter().any(is_rest) => {
                let parts = tuple.elems.iter().enumerate().map(|(at, part)| {
                    let member = syn::Member::Unnamed(syn::Index { index: at as u32, span: part.span() });
                    (part, Projection::Field(member))
                });
                parts.flat_map(|(part, field)| self.bind_alias(part, &place.clone().project(field), by_value)).collect()
            }
            // An error carries no derivative.
            Pat::TupleStruct(error) if error.path.is_ident("Err") => self.declare_all(pat),
            Pat::Struct(_) | Pat::TupleStruct(_) if struct_parts(pat, self.refutable).is_some() => {
                let parts = struct_parts(pat, self.refutable).expect("it was asked");
                let bound = parts
                    .into_iter()
                    .map(|(part, field)| self.bind_alias(part, &place.clone().project(field), by_value));
                bound.collect::<Vec<_>>().concat()
            }
            Pat::Slice(slice) if by_value && slice.elems.iter().any(is_named_rest) => {
                self.errors.on(pat, NAMED_REST);
                Vec::new()
            }
            Pat::Slice(slice) if slice.elems.iter().all(|part| !is_rest(part) || is_any_rest(part)) => {
                let parts = self.slice_parts(slice, place).unwrap_or_default().into_iter();
                parts.flat_map(|(part, item)| self.bind_alias(&part, &place.clone().project(item), by_value)).collect()
            }
            other => {
                self.errors.on(other, refuse::PATTERN);
                Vec::new()
            }
        }
    }

    /// Whether a name that is bound by value is a variable of its own.
    fn is_bound_anew(&self, ident: &syn::PatIdent, place: &Place) -> bool {
        self.copied || place.has_payload() || (self.refutable && ident.mutability.is_some())
    }

    /// Makes the names that a passive pattern binds known.
    pub(super) fn declare_all(&mut self, pat: &Pat) -> Vec<VarId> {
        struct Finder(Vec<(Ident, bool)>);
        impl<'ast> Visit<'ast> for Finder {
            fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
                if !pat.ident.to_string().starts_with(char::is_uppercase) {
                    self.0.push((pat.ident.clone(), pat.mutability.is_some()));
                }
                visit::visit_pat_ident(self, pat);
            }
        }
        let mut finder = Finder(Vec::new());
        finder.visit_pat(pat);
        finder.0.iter().map(|(name, mutable)| self.declare(name, *mutable, None, Ty::Unknown)).collect()
    }
}

/// The patterns for the fields of a struct or of a variant, or `None` for what is neither.
///
/// Where a pattern may fail, a path without a type may be a variant that was imported.
fn struct_parts(pat: &Pat, refutable: bool) -> Option<Vec<(&Pat, Projection)>> {
    let (path, parts): (_, Vec<(&Pat, syn::Member)>) = match pat {
        Pat::Struct(pattern) => {
            let parts = pattern.fields.iter().map(|field| (&*field.pat, field.member.clone()));
            (&pattern.path, parts.collect())
        }
        Pat::TupleStruct(pattern) => {
            // What stands behind `..` is counted from an end that is not known here.
            let known = pattern.elems.iter().position(is_rest_alone).unwrap_or(pattern.elems.len());
            if pattern.elems.iter().skip(known + 1).any(|part| !binds_nothing(part)) {
                return None;
            }
            let parts = pattern.elems.iter().take(known).enumerate();
            let parts = parts
                .map(|(at, part)| (part, syn::Member::Unnamed(syn::Index { index: at as u32, span: part.span() })));
            (&pattern.path, parts.collect())
        }
        _ => return None,
    };
    let variant = is_variant(path) || (refutable && path.segments.len() == 1);
    let project = |member: syn::Member| match variant {
        true => Projection::Payload(Payload { path: path.clone(), member }),
        false => Projection::Field(member),
    };
    Some(parts.into_iter().map(|(part, member)| (part, project(member))).collect())
}

/// Whether a path is that of a variant: `Some`, `Ok`, or one that names the enum before it.
pub(super) fn is_variant(path: &syn::Path) -> bool {
    if super::expr::is_box(path) {
        return false;
    }
    let names_enum = |segment: &syn::PathSegment| segment.ident.to_string().starts_with(char::is_uppercase);
    is_std_variant(path) || path.segments.iter().rev().nth(1).is_some_and(names_enum)
}

fn is_rest_alone(pat: &Pat) -> bool {
    matches!(pat, Pat::Rest(_))
}

fn is_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => ident.subpat.is_some(),
        _ => false,
    }
}

const NAMED_REST: &str =
    "the rest of an array would be a copy here: take the array apart by reference, as in `let [a, rest @ ..] = &xs;`";

fn is_any_rest(pat: &Pat) -> bool {
    matches!(pat, Pat::Rest(_)) || is_named_rest(pat)
}

/// `length - steps`
fn before(length: &syn::Expr, steps: usize, span: proc_macro2::Span) -> syn::Expr {
    let number = |number: usize| syn::LitInt::new(&number.to_string(), span);
    if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) = length
        && let Some(index) = int.base10_parse::<usize>().ok().and_then(|length| length.checked_sub(steps))
    {
        let index = number(index);
        return parse_quote!(#index);
    }
    let steps = number(steps);
    parse_quote!(#length - #steps)
}

/// `rest @ ..`
fn is_named_rest(pat: &Pat) -> bool {
    matches!(pat, Pat::Ident(syn::PatIdent { subpat: Some((_, rest)), .. }) if matches!(**rest, Pat::Rest(_)))
}

/// Whether a refutable pattern binds no variable.
fn binds_nothing(pat: &Pat) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_pat_ident(&mut self, pat: &syn::PatIdent) {
            self.0 |= !pat.ident.to_string().starts_with(char::is_uppercase) || pat.subpat.is_some();
        }
    }
    let mut finder = Finder(false);
    finder.visit_pat(pat);
    !finder.0
}

/// Whether the pattern after an `@` binds something as well.
fn binds_below(ident: &syn::PatIdent) -> bool {
    ident.subpat.as_ref().is_some_and(|(_, pat)| !binds_nothing(pat))
}

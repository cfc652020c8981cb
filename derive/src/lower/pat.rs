//! Patterns of `let` and of loops.

use super::{Lower, refuse};
use crate::ir::{CallResult, Op, Operand, Place, Projection, StmtKind, Ty, VarId, VarKind};
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
            Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() => {
                self.bind_ident(ident, operand, annotation);
            }
            Pat::Tuple(tuple) if !tuple.elems.iter().any(is_rest) => self.bind_tuple(tuple, operand, annotation),
            Pat::Slice(slice) if !slice.elems.iter().any(is_rest) => self.bind_array(slice, operand),
            Pat::Struct(_) | Pat::TupleStruct(_) => match struct_parts(pat) {
                Some(parts) => self.bind_struct(pat, &parts, operand),
                None => self.refuse_pattern(pat),
            },
            other => self.refuse_pattern(other),
        }
    }

    fn bind_ident(&mut self, ident: &syn::PatIdent, operand: Operand, annotation: Option<&Type>) {
        let span = ident.ident.span();
        let known = annotation.map_or(Ty::Unknown, Ty::from_syn);
        let ty = if known == Ty::Unknown { self.operand_type(&operand) } else { known };
        if ty.is_ref() && !ty.deref().is_scalar() {
            return self.bind_reference(ident, operand);
        }
        let ty = if ty.is_ref() { ty.deref().clone() } else { ty };
        if self.adopt(ident, &operand, annotation) {
            return;
        }
        let var = self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty);
        match self.take_last_temp(&operand) {
            Some(StmtKind::Let { op, .. }) => self.push_let(var, op, span),
            Some(StmtKind::Call(mut call)) => {
                call.result = CallResult::Var(var);
                self.require_active_type(var, span);
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
                self.declare(&ident.ident, ident.mutability.is_some(), annotation, ty)
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
        for (at, pat) in slice.elems.iter().enumerate() {
            let index = syn::LitInt::new(&at.to_string(), pat.span());
            let code = crate::ir::Code { expr: parse_quote!(#index), uses: Vec::new() };
            let item = Place { span: pat.span(), ..place.clone() }.project(Projection::Index(code));
            self.bind(pat, Operand::Place(item), None);
        }
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
            Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) => Vec::new(),
            Pat::Or(cases) if cases.cases.iter().all(binds_nothing) => Vec::new(),
            Pat::Ident(ident) if binds_nothing(pat) && ident.subpat.is_none() => Vec::new(),
            Pat::Ident(ident) if ident.by_ref.is_none() && !binds_below(ident) && ident.mutability.is_none() => {
                let to = self.vars.ty(place);
                let ty = if by_value { to } else { Ty::Ref { mutable: false, to: Box::new(to) } };
                let var = self.declare(&ident.ident, false, None, ty);
                self.vars[var].alias = Some(place.clone());
                vec![var]
            }
            Pat::Tuple(tuple) if !tuple.elems.iter().any(is_rest) => {
                let parts = tuple.elems.iter().enumerate().map(|(at, part)| {
                    let member = syn::Member::Unnamed(syn::Index { index: at as u32, span: part.span() });
                    (part, Projection::Field(member))
                });
                parts.flat_map(|(part, field)| self.bind_alias(part, &place.clone().project(field), by_value)).collect()
            }
            Pat::Struct(_) | Pat::TupleStruct(_) if struct_parts(pat).is_some() => {
                let parts = struct_parts(pat).expect("it was asked");
                let bound = parts
                    .into_iter()
                    .map(|(part, field)| self.bind_alias(part, &place.clone().project(field), by_value));
                bound.collect::<Vec<_>>().concat()
            }
            Pat::Slice(slice) if !slice.elems.iter().any(is_rest) => {
                let parts = slice.elems.iter().enumerate().map(|(at, part)| {
                    let index = syn::LitInt::new(&at.to_string(), part.span());
                    (part, Projection::Index(crate::ir::Code { expr: parse_quote!(#index), uses: Vec::new() }))
                });
                parts.flat_map(|(part, index)| self.bind_alias(part, &place.clone().project(index), by_value)).collect()
            }
            other => {
                self.errors.on(other, "this pattern is not supported where it binds a value with a derivative: use names, `&name`, and tuples or arrays of names");
                Vec::new()
            }
        }
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

/// The patterns for the fields of a struct, or `None` for what may be a variant of an enum.
fn struct_parts(pat: &Pat) -> Option<Vec<(&Pat, Projection)>> {
    let is_struct = |path: &syn::Path| {
        path.get_ident().is_some_and(|name| !["Some", "Ok", "Err"].iter().any(|variant| name == variant))
    };
    match pat {
        Pat::Struct(pattern) if is_struct(&pattern.path) => {
            let parts = pattern.fields.iter().map(|field| (&*field.pat, Projection::Field(field.member.clone())));
            Some(parts.collect())
        }
        Pat::TupleStruct(pattern) if is_struct(&pattern.path) && !pattern.elems.iter().any(is_rest) => {
            let parts = pattern.elems.iter().enumerate().map(|(at, part)| {
                let member = syn::Member::Unnamed(syn::Index { index: at as u32, span: part.span() });
                (part, Projection::Field(member))
            });
            Some(parts.collect())
        }
        _ => None,
    }
}

fn is_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => ident.subpat.is_some(),
        _ => false,
    }
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

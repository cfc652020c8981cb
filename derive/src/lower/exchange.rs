//! Values that change places: `std::mem::swap`, `replace` and `take`, and `swap_with_slice`.

use super::{Lower, refuse};
use crate::ir::{Code, Edit, Op, Operand, Place, Projection, StmtKind, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprMethodCall, Type, UseTree, parse_quote};

impl Lower {
    /// A function of `std::mem`; `None` if it is none of those.
    pub(super) fn lower_mem_call(&mut self, call: &ExprCall, path: &syn::Path) -> Option<Operand> {
        let name = self.mem_function(path)?;
        let args: Vec<&Expr> = call.args.iter().collect();
        match (name.as_str(), &args[..]) {
            ("swap", [a, b]) => {
                let (a, b) = (self.lower_exchanged(a), self.lower_exchanged(b));
                if let (Some(a), Some(b)) = (a, b) {
                    self.exchange(a, b, false, call.span());
                }
                Some(self.unit())
            }
            ("replace", [place, value]) => {
                let value = self.lower_expr(value);
                let Some(place) = self.lower_exchanged(place) else { return Some(self.unit()) };
                let ty = self.operand_type(&value).deref().clone();
                Some(self.put(place, value, ty, call))
            }
            ("take", [place]) => {
                let Some(place) = self.lower_exchanged(place) else { return Some(self.unit()) };
                let empty = Code { expr: parse_quote!(::core::default::Default::default()), uses: Vec::new() };
                let ty = self.vars.ty(&place);
                Some(self.put(place, Operand::Passive(empty), ty, call))
            }
            _ => None,
        }
    }

    /// `let mut t = value; swap(&mut place, &mut t);`, whose value is `t`.
    fn put(&mut self, place: Place, value: Operand, ty: Ty, call: &ExprCall) -> Operand {
        let var = self.new_var("t", VarKind::Temp, ty, call.span());
        self.vars[var].mutable = true;
        self.push_let(var, Op::Use(value), call.span());
        let old = Place::var(var, call.span());
        self.exchange(place, old.clone(), false, call.span());
        Operand::Place(old)
    }

    /// `a.swap_with_slice(&mut b)`
    pub(super) fn lower_swap_with_slice(&mut self, call: &ExprMethodCall, other: &Expr) -> bool {
        let (a, b) = (self.lower_receiver(call), self.lower_exchanged(other));
        if let (Some(a), Some(b)) = (a, b) {
            self.exchange(a, b, true, call.span());
        }
        true
    }

    fn exchange(&mut self, a: Place, b: Place, slices: bool, span: proc_macro2::Span) {
        if self.vars.resolve(&a).may_overlap(&self.vars.resolve(&b)) {
            self.errors.at(b.span, "two parts of one array are exchanged here: use `swap(i, j)` of the array");
        }
        // Either may hold what the other had.
        match (self.is_active_place(&a), self.is_active_place(&b)) {
            (true, false) => self.vary_place(&b),
            (false, true) => self.vary_place(&a),
            _ => {}
        }
        self.push(span, StmtKind::Exchange { a, b, slices });
    }

    /// The place behind an argument that is a mutable reference.
    pub(super) fn lower_exchanged(&mut self, expr: &Expr) -> Option<Place> {
        match expr {
            Expr::Paren(paren) => return self.lower_exchanged(&paren.expr),
            Expr::Group(group) => return self.lower_exchanged(&group.expr),
            Expr::Reference(reference) if reference.mutability.is_some() => {
                self.lending = true;
                let place = self.lower_place(&reference.expr, true);
                self.lending = false;
                return match place {
                    Some(place) if !self.vars.ty(&place).is_ref() => Some(place),
                    Some(_) => self.refuse_exchanged(expr),
                    None => self.lower_exchanged_value(&reference.expr),
                };
            }
            _ => {}
        }
        let place = self.lower_place(expr, true)?;
        match self.vars.ty(&place) {
            Ty::Ref { mutable: true, .. } => Some(place.project(Projection::Deref)),
            _ => self.refuse_exchanged(expr),
        }
    }

    fn refuse_exchanged(&mut self, expr: &Expr) -> Option<Place> {
        self.errors.on(expr, refuse::REFERENCE);
        None
    }

    /// `&mut f(x)`: the value gets a name.
    fn lower_exchanged_value(&mut self, expr: &Expr) -> Option<Place> {
        let operand = self.lower_expr(expr);
        let ty = self.operand_type(&operand);
        let var = self.new_var("t", VarKind::Temp, ty, expr.span());
        self.vars[var].mutable = true;
        self.push_let(var, Op::Use(operand), expr.span());
        Some(Place::var(var, expr.span()))
    }

    /// Gives what the last statement took out the name that the user has for it; `false` if it took out nothing.
    pub(super) fn adopt(&mut self, ident: &syn::PatIdent, operand: &Operand, annotation: Option<&Type>) -> bool {
        let Operand::Place(place) = operand else { return false };
        let var = place.root;
        if !place.is_var() || self.vars[var].kind != VarKind::Temp || !self.just_taken(var) {
            return false;
        }
        let old = self.vars[var].name.clone();
        self.names.release(&old);
        self.vars.rename(var, ident.ident.clone());
        if self.varied.remove(&old.to_string()) {
            self.vary(var);
        }
        let var = &mut self.vars[var];
        var.kind = VarKind::Local;
        var.mutable |= ident.mutability.is_some();
        if let Some(annotation) = annotation {
            var.annotation = Some(annotation.clone());
            var.ty = Ty::from_syn(annotation);
        }
        true
    }

    fn just_taken(&mut self, var: VarId) -> bool {
        match self.innermost().stmts.last().map(|stmt| &stmt.kind) {
            Some(StmtKind::Edit(Edit { result, .. })) => *result == Some(var),
            Some(StmtKind::Exchange { b, .. }) => b.is_var() && b.root == var,
            _ => false,
        }
    }

    /// The name of a function of `std::mem`, if the path leads to one: by its module, or by a `use` in the body.
    fn mem_function(&self, path: &syn::Path) -> Option<String> {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["std" | "core", "mem", name] | ["mem", name] => Some(name.to_owned()),
            [name] if self.imports_from_mem(name) => Some(name.to_owned()),
            _ => None,
        }
    }

    fn imports_from_mem(&self, name: &str) -> bool {
        self.items.iter().any(|item| match item {
            syn::Item::Use(import) => imports(&import.tree, &["mem", name]),
            _ => false,
        })
    }
}

/// Whether a `use` ends with this path, under its own name.
fn imports(tree: &UseTree, path: &[&str]) -> bool {
    match (tree, path) {
        (UseTree::Path(step), [first, rest @ ..]) if step.ident == first => imports(&step.tree, rest),
        (UseTree::Path(step), _) => imports(&step.tree, path),
        (UseTree::Group(group), _) => group.items.iter().any(|tree| imports(tree, path)),
        (UseTree::Name(name), [last]) => name.ident == last,
        _ => false,
    }
}

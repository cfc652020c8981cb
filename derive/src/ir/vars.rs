//! The variables of a function.

use super::{Code, Place, Projection, Ty};
use proc_macro2::Ident;
use std::collections::HashMap;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VarId(pub usize);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VarKind {
    Param,
    /// Bound by a `let` or a pattern of the user's.
    Local,
    /// A temporary of lowering: assigned once.
    Temp,
    /// Counts a loop's trips or elements.
    Index,
}

pub struct Var {
    pub name: Ident,
    pub kind: VarKind,
    pub ty: Ty,
    /// The type as the user wrote it, if there is one.
    pub annotation: Option<syn::Type>,
    /// Its type is not known, but what is done with it says that it is a float, or an integer: the generated code has the
    /// compiler check that.
    pub assumed: bool,
    /// Declared `mut`: its value may change after it got one.
    pub mutable: bool,
    /// The place that this variable is another name of.
    pub alias: Option<Place>,
}

/// All variables, by id and by name (names are unique).
#[derive(Default)]
pub struct Vars {
    vars: Vec<Var>,
    by_name: HashMap<String, VarId>,
}

impl Vars {
    pub fn add(&mut self, var: Var) -> VarId {
        let id = VarId(self.vars.len());
        self.by_name.insert(var.name.to_string(), id);
        self.vars.push(var);
        id
    }

    /// The name of a temporary that is no longer used may be given again.
    pub fn forget(&mut self, var: VarId) {
        let name = self.vars[var.0].name.to_string();
        self.by_name.remove(&name);
    }

    /// A temporary becomes a variable of the user's.
    pub fn rename(&mut self, var: VarId, name: Ident) {
        self.forget(var);
        self.by_name.insert(name.to_string(), var);
        self.vars[var.0].name = name;
    }

    pub fn find(&self, name: &Ident) -> Option<VarId> {
        self.by_name.get(&name.to_string()).copied()
    }

    pub fn ids(&self) -> impl Iterator<Item = VarId> + use<> {
        (0..self.vars.len()).map(VarId)
    }

    /// The type of a place, as far as it is known.
    pub fn ty(&self, place: &Place) -> Ty {
        place.projections.iter().fold(self[place.root].ty.clone(), |ty, projection| match projection {
            Projection::Index(_) => ty.element(),
            Projection::Range(_) => Ty::Slice(Box::new(ty.element())),
            Projection::Deref => match ty {
                Ty::Ref { to, .. } => *to,
                _ => Ty::Unknown,
            },
            Projection::Payload(payload) if payload.is_of_std() => ty.payload(),
            Projection::Payload(_) => Ty::Unknown,
            Projection::Field(member) => match (ty.deref(), member) {
                (Ty::Tuple(elems), syn::Member::Unnamed(index)) => {
                    elems.get(index.index as usize).cloned().unwrap_or(Ty::Unknown)
                }
                _ => Ty::Unknown,
            },
        })
    }

    /// The place in terms of a variable that is no alias: what the reverse sweep reads and accumulates into.
    ///
    /// With `row` an alias of `w[a..b]`, the place `row[j]` is `w[a..b][j]`.
    pub fn resolve(&self, place: &Place) -> Place {
        let Some(target) = &self[place.root].alias else { return place.clone() };
        let mut resolved = self.resolve(target);
        // The first dereference undoes the borrow that made the alias.
        let is_ref = self[place.root].ty.is_ref();
        let undone = usize::from(is_ref && matches!(place.projections.first(), Some(Projection::Deref)));
        resolved.projections.extend(place.projections[undone..].iter().cloned());
        resolved.span = place.span;
        resolved
    }

    /// The variable at the root of a place, behind all aliases.
    pub fn root(&self, place: &Place) -> VarId {
        self.resolve(place).root
    }

    /// The variables, aliases resolved, whose values it takes to evaluate `code`.
    pub fn reads(&self, code: &Code) -> Vec<VarId> {
        let measured = self.measured(code);
        let read = code.uses.iter().filter(|var| !measured.contains(var));
        let values = read.flat_map(|&var| self.reads_of(&Place::var(var, code.span())));
        let indices = measured.iter().flat_map(|&var| self.index_reads(&Place::var(var, code.span())));
        values.chain(indices).collect()
    }

    /// The variables of which `code` takes the length alone, in terms of their roots.
    pub fn shape_reads(&self, code: &Code) -> Vec<VarId> {
        self.measured(code).iter().map(|&var| self.root(&Place::var(var, code.span()))).collect()
    }

    /// The slices and arrays that `code` mentions in `x.len()` only: their length never changes.
    fn measured(&self, code: &Code) -> Vec<VarId> {
        let (measured, read) = code.measured();
        let ids = measured.iter().filter(|name| !read.contains(name)).filter_map(|name| self.find(name));
        ids.filter(|&var| self.has_fixed_length(&Place::var(var, code.span()))).collect()
    }

    /// Whether the number of elements at a place never changes: it is a slice or an array, and so is all that it is in.
    pub fn has_fixed_length(&self, place: &Place) -> bool {
        let resolved = self.resolve(place);
        (0..=resolved.projections.len()).all(|depth| {
            let outer = Place { projections: resolved.projections[..depth].to_vec(), ..resolved.clone() };
            let ty = self.ty(&outer);
            let is_whole = depth == resolved.projections.len();
            matches!(ty.deref(), Ty::Slice(_) | Ty::Array(..)) || (!is_whole && matches!(ty.deref(), Ty::Tuple(_)))
        })
    }

    /// The root of a place and whatever its index expressions read.
    pub fn reads_of(&self, place: &Place) -> Vec<VarId> {
        let resolved = self.resolve(place);
        let mut reads = vec![resolved.root];
        reads.extend(self.index_reads(&resolved));
        reads
    }

    /// What the index expressions of a place read.
    pub fn index_reads(&self, place: &Place) -> Vec<VarId> {
        let resolved = self.resolve(place);
        resolved.codes().flat_map(|code| self.reads(code)).collect()
    }
}

impl std::ops::Index<VarId> for Vars {
    type Output = Var;
    fn index(&self, id: VarId) -> &Var {
        &self.vars[id.0]
    }
}

impl std::ops::IndexMut<VarId> for Vars {
    fn index_mut(&mut self, id: VarId) -> &mut Var {
        &mut self.vars[id.0]
    }
}

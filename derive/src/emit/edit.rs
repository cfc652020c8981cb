//! Statements that change a `Vec` as a whole, or exchange two places: as they run, undone, and taken back on adjoints.

use super::Emit;
use super::expr::{Binding, Fragment};
use super::zero::zero;
use crate::ir::edit::Kept;
use crate::ir::reverse::{Passes, Seed};
use crate::ir::{Edit, EditKind, Operand, Place, Stmt, StmtId, StmtKind, Ty, VarId};
use crate::paths;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

impl Emit<'_> {
    pub(super) fn forward_edit(&mut self, stmt: &Stmt, edit: &Edit) -> TokenStream {
        let value = edit.value().map(|value| match edit.kind {
            EditKind::Extend { .. } => self.appended(value),
            _ => self.moved_in(value),
        });
        let receiver = self.receiver(&edit.place);
        let assertion = self.assert_edited(edit);
        let kept = self.unit.storage.kept(stmt.id);
        if let Some((Kept::Tail, tail)) = kept {
            let (split, at, place) = (paths::private("split_tail"), self.cut(edit), self.lent_mutably(&edit.place));
            return quote!(#assertion let #tail = #split(#place, #at););
        }
        let keep = kept.map(|(_, len)| quote!(let #len = #receiver.len();));
        let mut args: Vec<TokenStream> = edit.codes().into_iter().map(|code| self.code(code).tokens).collect();
        let method = Ident::new(edit.method(), stmt.span);
        let call = match (&edit.kind, value) {
            (EditKind::PopLast { message: Some(_) }, _) => quote!(#receiver.pop().expect(#(#args)*)),
            (EditKind::PopLast { message: None }, _) => quote!(#receiver.pop().unwrap()),
            (_, value) => {
                args.extend(value);
                quote!(#receiver.#method(#(#args),*))
            }
        };
        let binding = edit.result.map(|result| {
            let binding = self.binding(result);
            quote!(let #binding =)
        });
        quote!(#assertion #keep #binding #call;)
    }

    /// What is appended: the elements of a place by reference, or passive code as it is.
    fn appended(&self, value: &Operand) -> TokenStream {
        match value {
            Operand::Place(place) if self.vars().ty(place).is_ref() => self.place(place).tokens,
            Operand::Place(place) => {
                let place = self.place(place).tokens;
                quote!(&#place)
            }
            Operand::Passive(code) if self.is_moved_and_needed(code) => {
                let code = self.code(code).tokens;
                quote!(::core::clone::Clone::clone(&#code))
            }
            Operand::Passive(code) => self.code(code).tokens,
        }
    }

    /// What is put in. Of passive code too a copy stays if the reverse sweep needs it.
    fn moved_in(&mut self, value: &Operand) -> TokenStream {
        let tokens = self.moved(value).tokens;
        match value {
            Operand::Passive(code) if self.is_moved_and_needed(code) => quote!(::core::clone::Clone::clone(&#tokens)),
            _ => tokens,
        }
    }

    /// Where `truncate` and `clear` cut.
    fn cut(&self, edit: &Edit) -> TokenStream {
        match &edit.kind {
            EditKind::Truncate(len) => self.code(len).tokens,
            _ => quote!(0),
        }
    }

    /// That what is edited is a `Vec`, or has a slice's elements, is for the compiler to see where it is not known here.
    fn assert_edited(&self, edit: &Edit) -> TokenStream {
        let root = self.vars().root(&edit.place);
        if *self.vars().ty(&edit.place).deref() != Ty::Unknown || !self.unit.activity.is_active(root) {
            return TokenStream::new();
        }
        let (place, span) = (self.place(&edit.place).at_least(Binding::Tight), edit.place.span);
        if edit.is_permutation() {
            let assert = paths::private("slice");
            return quote_spanned!(span=> #assert(&#place[..]););
        }
        let assert = paths::private("vec");
        quote_spanned!(span=> #assert(&#place);)
    }

    fn lent_mutably(&self, place: &Place) -> TokenStream {
        let tokens = self.place_mut(place).tokens;
        if self.vars().ty(place).is_ref() { quote!(&mut *#tokens) } else { quote!(&mut #tokens) }
    }

    /// `swap(&mut a, &mut b);`
    pub(super) fn exchange(&self, a: &Place, b: &Place, slices: bool) -> TokenStream {
        self.exchanged(self.place_mut(a), self.place_mut(b), slices)
    }

    pub(super) fn exchanged(&self, a: Fragment, b: Fragment, slices: bool) -> TokenStream {
        if slices {
            let (a, b) = (a.at_least(Binding::Tight), b.at_least(Binding::Tight));
            return quote!(#a[..].swap_with_slice(&mut #b[..]););
        }
        let (a, b) = (a.tokens, b.tokens);
        quote!(::core::mem::swap(&mut #a, &mut #b);)
    }

    /// Puts the primal back to what it was.
    pub(super) fn undo_edit(&self, id: StmtId, edit: &Edit) -> TokenStream {
        let resolved = self.vars().resolve(&edit.place);
        let place = self.place_mut(&resolved).at_least(Binding::Tight);
        let kept = self.unit.storage.kept(id).map(|(_, name)| name);
        let result = edit.result.map(|result| self.copied(result));
        match &edit.kind {
            EditKind::Push(_) => quote!(#place.pop();),
            EditKind::Insert(at, _) => {
                let at = self.code(at).tokens;
                quote!(#place.remove(#at);)
            }
            EditKind::PopLast { .. } => quote!(#place.push(#result);),
            EditKind::Pop | EditKind::SplitOff(_) => quote!(#place.extend(#result);),
            EditKind::Truncate(_) | EditKind::Clear => quote!(#place.extend(#kept);),
            EditKind::Remove(at) => {
                let at = self.code(at).tokens;
                quote!(#place.insert(#at, #result);)
            }
            EditKind::SwapRemove(at) => {
                let (put, at, place) =
                    (paths::private("undo_swap_remove"), self.code(at).tokens, self.lent_mutably(&resolved));
                quote!(#put(#place, #at, #result);)
            }
            EditKind::Extend { .. } | EditKind::Resize(..) => quote!(#place.truncate(#kept);),
            EditKind::Reverse | EditKind::RotateLeft(_) | EditKind::RotateRight(_) => self.permute_back(edit, &place),
        }
    }

    /// The other way round.
    fn permute_back(&self, edit: &Edit, place: &TokenStream) -> TokenStream {
        match &edit.kind {
            EditKind::RotateLeft(by) => {
                let by = self.code(by).tokens;
                quote!(#place.rotate_right(#by);)
            }
            EditKind::RotateRight(by) => {
                let by = self.code(by).tokens;
                quote!(#place.rotate_left(#by);)
            }
            _ => quote!(#place.reverse();),
        }
    }

    /// The value of a variable, which stays.
    fn copied(&self, var: VarId) -> TokenStream {
        let name = self.name(var);
        if self.vars()[var].ty.is_copy() { quote!(#name) } else { quote!(::core::clone::Clone::clone(&#name)) }
    }

    /// Takes an edit back on the adjoint of what it changed.
    pub(super) fn reverse_edit(&self, id: StmtId, place: &Place, passes: &Passes) -> TokenStream {
        let StmtKind::Edit(edit) = &self.stmt(id).kind else {
            unreachable!("the reverse of an edit belongs to an edit")
        };
        let bar = self.bar(place).at_least(Binding::Tight);
        let given = match passes {
            Passes::Out(name) => quote!(let #name =),
            _ => TokenStream::new(),
        };
        let taken = match passes {
            Passes::In(Seed::Zero(var)) if self.vars()[*var].ty.is_scalar() => zero(&self.vars()[*var].ty, &bar),
            Passes::In(seed) => self.pull_seed(seed),
            _ => TokenStream::new(),
        };
        match &edit.kind {
            EditKind::Push(_) => {
                let (pop, bar) = (paths::private("pop_adjoint"), self.lent_bar(place));
                quote!(#given #pop(#bar);)
            }
            EditKind::Insert(at, _) => {
                let at = self.code(at).tokens;
                quote!(#given #bar.remove(#at);)
            }
            EditKind::PopLast { .. } => quote!(#bar.push(#taken);),
            EditKind::Pop | EditKind::SplitOff(_) => quote!(#bar.extend(#taken);),
            EditKind::Remove(at) => {
                let at = self.code(at).tokens;
                quote!(#bar.insert(#at, #taken);)
            }
            EditKind::SwapRemove(at) => {
                let (put, at, bar) = (paths::private("undo_swap_remove"), self.code(at).tokens, self.lent_bar(place));
                quote!(#put(#bar, #at, #taken);)
            }
            EditKind::Truncate(_) | EditKind::Clear => self.lengthen(id, place),
            EditKind::Extend { .. } | EditKind::Resize(..) => {
                let (_, len) = self.unit.storage.kept(id).expect("what is appended to has its length kept");
                match passes {
                    Passes::Out(_) => quote!(#given #bar.split_off(#len);),
                    _ => quote!(#bar.truncate(#len);),
                }
            }
            EditKind::Reverse | EditKind::RotateLeft(_) | EditKind::RotateRight(_) => self.permute_back(edit, &bar),
        }
    }

    /// Zeros for the elements that were cut off.
    fn lengthen(&self, id: StmtId, place: &Place) -> TokenStream {
        let bar = self.bar(place).at_least(Binding::Tight);
        let (kept, name) = self.unit.storage.kept(id).expect("what is cut off is kept, or how long it was");
        let undone = self.unit.recorded.is_swapped_back(id).then(|| self.place_mut(place).at_least(Binding::Tight));
        let zeros = paths::private("zero_gradient");
        match (kept, undone) {
            (Kept::Length, _) => quote!(#bar.resize(#name, 0.0);),
            (Kept::Tail, None) => quote!(#bar.extend(#zeros(&#name));),
            (Kept::Tail, Some(value)) if self.vars().ty(place).element().is_scalar() => {
                quote!(#bar.resize(#value.len(), 0.0);)
            }
            (Kept::Tail, Some(value)) => quote!(#bar.extend(#zeros(&#value[#bar.len()..]));),
        }
    }

    fn lent_bar(&self, place: &Place) -> TokenStream {
        let bar = self.bar(place).tokens;
        if self.vars().ty(place).is_ref() { quote!(&mut *#bar) } else { quote!(&mut #bar) }
    }
}

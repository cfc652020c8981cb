//! The reverse sweep as tokens.

use super::Emit;
use super::expr::apply;
use super::frames::{Wrap, wrap};
use super::zero::zero;
use crate::ir::reverse::{Guard, Init, Lent, Pull, PullArg, Rev, Seed, Source};
use crate::ir::{Block, Code, Count, Head, Loop, Op, Operand, Place, Stmt, StmtId, StmtKind, Ty, VarId};
use crate::paths;
use crate::simplify::changed_in;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use std::collections::HashSet;

/// The adjoints that are changed after they began.
pub fn changed(revs: &[Rev]) -> HashSet<VarId> {
    let mut changed = HashSet::new();
    revs.iter().for_each(|rev| rev.walk(&mut |rev| changed.extend(changed_in(rev))));
    changed
}

impl Emit<'_> {
    pub(super) fn reverse(&mut self) -> TokenStream {
        self.reversing = true;
        let tokens = self.reverse_block(&self.body);
        self.reversing = false;
        tokens
    }

    fn reverse_block(&self, revs: &[Rev]) -> TokenStream {
        revs.iter().map(|rev| self.rev(rev)).collect()
    }

    fn rev(&self, rev: &Rev) -> TokenStream {
        match rev {
            Rev::Begin { var, init } => self.begin(*var, init),
            Rev::Local { name, value } => {
                let value = self.formula(value).tokens;
                quote!(let #name = #value;)
            }
            Rev::Add { to, negative, value } => self.add(to, *negative, value),
            Rev::AddCast { to, value } => {
                let (cast, value) = (paths::private("add_cast"), self.formula(value).tokens);
                let (target, span) = (self.share_target(to), to.span);
                self.switched(to.root, quote_spanned!(span=> #cast(#target, #value);))
            }
            Rev::AddAll { to, from } => self.add_all(to, from),
            Rev::AddEach { to, from } => {
                let (each, from) = (paths::private("accumulate_each"), self.whole_slice(self.bar(from), from));
                let bar = self.bar(to).tokens;
                self.switched(to.root, quote!(#each(&mut #bar, &#from);))
            }
            Rev::Take { name, from } => {
                let value = self.taken(from);
                quote!(let #name = #value;)
            }
            Rev::Edit { stmt, place, passes } => self.reverse_edit(*stmt, place, passes),
            Rev::Exchange { a, b, slices } => self.exchanged(self.bar(a), self.bar(b), *slices),
            Rev::Clear { place } => self.clear(place),
            Rev::Replace { name, place } => {
                let (bar, value) = (self.bar(place).tokens, self.place(place).at_least(super::expr::Binding::Tight));
                let zero = zero(&self.vars().ty(place), &value);
                match name {
                    Some(name) => quote!(let #name = ::core::mem::replace(&mut #bar, #zero);),
                    None => quote!(#bar = #zero;),
                }
            }
            Rev::Drain { from, to } => {
                let drain = paths::private("drain_into");
                let (from, into) = (self.whole_slice(self.bar(from), from), self.whole_slice(self.bar(to), to));
                let call = quote!(#drain(&mut #from, &mut #into););
                // Even where the source's adjoint is not wanted, the target's ends here.
                match self.switch(to.root) {
                    None => call,
                    Some(switch) => {
                        let clear = paths::private("set_zero");
                        quote!(if #switch { #call } else { #clear(&mut #from); })
                    }
                }
            }
            Rev::Swap { place, i, j } => {
                let bar = self.bar(place).at_least(super::expr::Binding::Tight);
                let (i, j) = (self.code(i).tokens, self.code(j).tokens);
                quote!(#bar.swap(#i, #j);)
            }
            Rev::Gate { guard, body } => {
                let (guard, body) = (self.guard(guard), self.reverse_block(body));
                quote!(if #guard { #body })
            }
            Rev::Pull(pull) => self.pull(pull),
            Rev::If { stmt, then, otherwise } => self.reverse_if(*stmt, then, otherwise),
            Rev::Match { stmt, arms } => self.reverse_match(*stmt, arms),
            Rev::Rest { stmt, body } => self.reverse_rest(*stmt, body),
            Rev::For { stmt, body, commutes } => self.reverse_for(*stmt, body, *commutes),
            Rev::Restore { stmt } => self.restore(*stmt),
        }
    }

    fn guard(&self, guard: &Guard) -> TokenStream {
        match guard {
            Guard::Scalar(adjoint) => {
                let adjoint = self.formula(adjoint).tokens;
                quote!(#adjoint != 0.0)
            }
            Guard::Any(vars) => {
                let is_zero = paths::private("is_zero");
                let nonzero = vars.iter().map(|var| {
                    let bar = self.bar(&Place::var(*var, proc_macro2::Span::mixed_site())).tokens;
                    quote!(!#is_zero(&#bar))
                });
                quote!(#(#nonzero)||*)
            }
        }
    }

    fn begin(&self, var: VarId, init: &Init) -> TokenStream {
        let name = &self.unit.reverse.bars[&var];
        let mutability = self.changed.contains(&var).then(|| quote!(mut));
        let value = match init {
            Init::Zero if self.unit.storage.begins_as_none(self.unit.function, var) => {
                return quote!(let mut #name = ::core::option::Option::None;);
            }
            Init::Zero => match self.unit.storage.zero(var) {
                Some(zeros) => quote!(#zeros),
                None => {
                    let value = self.name(var);
                    zero(&self.vars()[var].ty, &quote!(#value))
                }
            },
            Init::Scalar(value) => self.formula(value).tokens,
            Init::Source(source) => self.source_value(source),
        };
        quote!(let #mutability #name = #value;)
    }

    fn source_value(&self, source: &Source) -> TokenStream {
        match source {
            Source::Adjoint(place)
                if place.is_var() && !self.unit.storage.begins_as_none(self.unit.function, place.root) =>
            {
                self.bar(place).tokens
            }
            Source::Adjoint(place) | Source::Shared(place) => {
                let bar = self.bar(place).tokens;
                quote!(::core::clone::Clone::clone(&#bar))
            }
            Source::Local(name) | Source::Elements(name) => quote!(#name),
            Source::Seed => self.seed(),
        }
    }

    /// Wraps what changes the adjoint of a parameter that the caller may not want.
    pub(super) fn switched(&self, var: VarId, tokens: TokenStream) -> TokenStream {
        match self.switch(var) {
            Some(switch) => quote!(if #switch { #tokens }),
            None => tokens,
        }
    }

    fn add_all(&self, to: &Place, from: &Source) -> TokenStream {
        let accumulate = paths::private("accumulate");
        let is_elements = matches!(from, Source::Elements(_));
        let from = match from {
            Source::Adjoint(place) | Source::Shared(place) => self.bar(place).tokens,
            Source::Local(name) | Source::Elements(name) => quote!(#name),
            Source::Seed => self.seed(),
        };
        let ty = self.vars().ty(to);
        let is_slice = is_elements || matches!(ty.deref(), Ty::Slice(_) | Ty::Vec(_) | Ty::Array(..));
        let add = if is_slice {
            let to = self.whole_slice(self.bar(to), to);
            quote!(#accumulate(&mut #to, &#from[..]);)
        } else {
            let deref = ty.is_ref().then(|| quote!(*));
            let to = self.bar(to).tokens;
            quote!(#accumulate(&mut #deref #to, &#from);)
        };
        self.switched(to.root, add)
    }

    fn is_plain_scalar(&self, place: &Place) -> bool {
        self.vars().ty(place).is_scalar()
    }

    fn taken(&self, place: &Place) -> TokenStream {
        let bar = self.bar(place).tokens;
        let take =
            if self.is_plain_scalar(place) { quote!(::core::mem::take) } else { paths::private("take_gradient") };
        quote!(#take(&mut #bar))
    }

    fn clear(&self, place: &Place) -> TokenStream {
        let bar = self.bar(place);
        if self.is_plain_scalar(place) {
            let bar = bar.tokens;
            return quote!(#bar = 0.0;);
        }
        let clear = paths::private("set_zero");
        let bar = match self.vars().ty(place) {
            Ty::Slice(_) => self.whole_slice(bar, place),
            ty if ty.is_ref() && matches!(ty.deref(), Ty::Slice(_)) => self.whole_slice(bar, place),
            ty if ty.is_ref() => {
                let bar = bar.tokens;
                quote!(*#bar)
            }
            _ => bar.tokens,
        };
        quote!(#clear(&mut #bar);)
    }

    fn reverse_if(&self, stmt: StmtId, then: &[Rev], otherwise: &[Rev]) -> TokenStream {
        let Some(branch) = self.unit.storage.branch(stmt) else { return TokenStream::new() };
        let (then_block, else_block) = match &self.stmt(stmt).kind {
            StmtKind::If { then, otherwise, .. } => (then, otherwise),
            StmtKind::LetElse { otherwise: block, .. } => {
                let tag = paths::private("Branch");
                let (record, body) = (self.record_pattern(block.id), self.reverse_inner(block, otherwise));
                return quote!(if let #tag::Else(#record) = #branch { #body });
            }
            _ => unreachable!("the reverse of an `if` belongs to an `if`"),
        };
        let then_tokens = self.reverse_inner(then_block, then);
        let else_tokens = self.reverse_inner(else_block, otherwise);
        if self.records_nothing(then_block) && self.records_nothing(else_block) {
            return match (then_tokens.is_empty(), else_tokens.is_empty()) {
                (_, true) => quote!(if #branch { #then_tokens }),
                (true, false) => quote!(if !#branch { #else_tokens }),
                (false, false) => quote!(if #branch { #then_tokens } else { #else_tokens }),
            };
        }
        let tag = paths::private("Branch");
        let (then_record, else_record) = (self.record_pattern(then_block.id), self.record_pattern(else_block.id));
        quote! {
            match #branch {
                #tag::Then(#then_record) => { #then_tokens }
                #tag::Else(#else_record) => { #else_tokens }
            }
        }
    }

    fn reverse_match(&self, stmt: StmtId, arms: &[Vec<Rev>]) -> TokenStream {
        let Some(branch) = self.unit.storage.branch(stmt) else { return TokenStream::new() };
        let StmtKind::Match { arms: primal, .. } = &self.stmt(stmt).kind else {
            unreachable!("the reverse of a `match` belongs to a `match`")
        };
        let of = arms.len();
        let arms = primal.iter().zip(arms).enumerate().map(|(at, (arm, revs))| {
            let pattern = wrap(Wrap::Arm { at, of }, self.record_pattern(arm.body.id));
            let body = self.reverse_inner(&arm.body, revs);
            quote!(#pattern => { #body })
        });
        quote!(match #branch { #(#arms)* })
    }

    fn reverse_rest(&self, stmt: StmtId, revs: &[Rev]) -> TokenStream {
        let StmtKind::Rest(block) = &self.stmt(stmt).kind else {
            unreachable!("the reverse of the rest of a block belongs to one")
        };
        let Some(rest) = self.unit.storage.branch(stmt) else { return TokenStream::new() };
        let (pattern, body) = (wrap(Wrap::Rest, self.record_pattern(block.id)), self.reverse_inner(block, revs));
        quote!(if let #pattern = #rest { #body })
    }

    /// The reverse of an inner block, after what it computes again.
    fn reverse_inner(&self, block: &Block, revs: &[Rev]) -> TokenStream {
        let again = block.stmts.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::Let { var, op }
                if self.unit.recorded.is_recomputed(*var) && self.unit.recorded.is_needed(*var) =>
            {
                let (name, value) = (self.name(*var), self.again(op));
                let annotation = self.vars()[*var].annotation.as_ref().map(|ty| quote!(: #ty));
                Some(quote!(let #name #annotation = #value;))
            }
            _ => None,
        });
        let mut tokens: TokenStream = again.collect();
        let shaped = self.begin_with_shape(block, revs);
        tokens.extend(shaped);
        tokens.extend(self.reverse_block(revs));
        tokens
    }

    /// Adjoints of outer variables that begin here, if they did not in the rest, because here their shape is known.
    fn begin_with_shape(&self, block: &Block, revs: &[Rev]) -> TokenStream {
        let shaped = self.unit.storage.shaped_in(self.unit.function, block.id);
        let mut touched = HashSet::new();
        revs.iter().for_each(|rev| rev.walk(&mut |rev| touched.extend(rev.touched())));
        let begin = |var: &VarId| {
            let (bar, value) = (&self.unit.reverse.bars[var], self.name(*var));
            let zero = zero(&self.vars()[*var].ty, &quote!(#value));
            quote!(let #bar = #bar.get_or_insert_with(|| #zero);)
        };
        shaped.iter().filter(|var| touched.contains(var)).map(begin).collect()
    }

    /// An operation that is run again.
    fn again(&self, op: &Op) -> TokenStream {
        let operand = |operand: &Operand| match operand {
            Operand::Place(place) => self.place(&self.vars().resolve(place)),
            Operand::Passive(code) => self.code(code),
        };
        match op {
            Op::Use(value) => operand(value).tokens,
            Op::Apply { rule, operands } => {
                let operands: Vec<_> = operands.iter().map(operand).collect();
                apply(rule, &operands).tokens
            }
            _ => unreachable!("only arithmetic is run again"),
        }
    }

    fn reverse_for(&self, stmt: StmtId, body: &[Rev], commutes: bool) -> TokenStream {
        if self.unit.storage.is_inert(stmt) {
            return TokenStream::new();
        }
        let StmtKind::Loop(looped) = &self.stmt(stmt).kind else {
            unreachable!("the reverse of a loop belongs to a loop")
        };
        let tokens = self.reverse_inner(&looped.body, body);
        let pop = self.unit.storage.tape(stmt).map(|tape| {
            let record = self.record_pattern(looped.body.id);
            quote!(let #record = #tape.pop();)
        });
        let forward = commutes && !self.keeps_order(&looped.body);
        let (pat, iter) = self.reversed_head(looped, forward);
        let derived = self.derived(looped);
        quote!(for #pat in #iter { #derived #pop #tokens })
    }

    /// Whether the trips of a loop must be taken back in order: something was saved in them.
    fn keeps_order(&self, body: &Block) -> bool {
        let mut keeps = !self.records_nothing(body);
        crate::ir::walk_block(body, &mut |stmt, _| {
            keeps |= self.unit.storage.tape(stmt.id).is_some()
                || !self.unit.recorded.saved(stmt.id).is_empty()
                || self.unit.recorded.is_swapped_back(stmt.id);
        });
        keeps
    }

    fn reversed_head(&self, looped: &Loop, forward: bool) -> (TokenStream, TokenStream) {
        match &looped.head {
            Head::Range { var, low, high, inclusive, reversed } => {
                let (low, high) = (self.bound(low), self.bound(high));
                let range = if *inclusive { quote!(#low..=#high) } else { quote!(#low..#high) };
                let pat = var.map_or(quote!(_), |var| self.user_pat(var));
                (pat, if *reversed == forward { quote!((#range).rev()) } else { range })
            }
            Head::Items { count, index, reversed, .. } => {
                let count = self.count(count);
                let range = match (looped.trips.map(|trips| self.name(trips)), reversed) {
                    (None, _) => quote!(0..#count),
                    (Some(trips), false) => quote!(0..#trips),
                    (Some(trips), true) => quote!(#count - #trips..#count),
                };
                (self.user_pat(*index), if *reversed == forward { quote!((#range).rev()) } else { range })
            }
            Head::Recorded | Head::While | Head::Endless => {
                let trips = self.name(looped.trips.expect("these loops are counted"));
                (quote!(_), quote!(0..#trips))
            }
        }
    }

    fn count(&self, count: &Count) -> TokenStream {
        match count {
            Count::Elements(place) => {
                let slice = self.place(&self.vars().resolve(place)).at_least(super::expr::Binding::Tight);
                quote!(#slice.len())
            }
            Count::Code(code) => self.bound(code),
        }
    }

    /// What a trip finds from its index before anything else.
    fn derived(&self, looped: &Loop) -> TokenStream {
        let Head::Items { derived, .. } = &looped.head else { return TokenStream::new() };
        let needed = derived.iter().filter(|(var, _)| self.unit.recorded.is_needed(*var));
        let lets = needed.map(|(var, code)| {
            let (name, code) = (self.name(*var), self.code(code).tokens);
            quote!(let #name = #code;)
        });
        lets.collect()
    }

    fn bound(&self, code: &Code) -> TokenStream {
        self.code(code).at_least(super::expr::Binding::Sum)
    }

    fn user_pat(&self, var: VarId) -> TokenStream {
        let name = self.name(var);
        quote!(#name)
    }

    pub(super) fn stmt(&self, id: StmtId) -> &Stmt {
        self.stmts[&id]
    }

    /// Puts back what the statement overwrote.
    fn restore(&self, id: StmtId) -> TokenStream {
        let stmt = self.stmt(id);
        if let StmtKind::Swap { place, i, j } = &stmt.kind
            && self.unit.recorded.is_swapped_back(id)
        {
            let place = self.place_mut(&self.vars().resolve(place)).at_least(super::expr::Binding::Tight);
            let (i, j) = (self.code(i).tokens, self.code(j).tokens);
            return quote!(#place.swap(#i, #j););
        }
        match &stmt.kind {
            StmtKind::Edit(edit) if self.unit.recorded.is_swapped_back(id) => return self.undo_edit(id, edit),
            StmtKind::Exchange { a, b, slices } if self.unit.recorded.is_swapped_back(id) => {
                let (a, b) = (self.vars().resolve(a), self.vars().resolve(b));
                return self.exchange(&a, &b, *slices);
            }
            _ => {}
        }
        let restores = self.unit.recorded.saved(id).iter().map(|&var| {
            let name = self.unit.storage.saved(id, var).expect("what is saved has a name");
            let place = self.vars().resolve(&self.overwritten(stmt, var));
            let target = self.place_mut(&place);
            if matches!(self.vars().ty(&place), Ty::Slice(_)) || self.is_fill_or_copy(stmt) {
                let target = target.at_least(super::expr::Binding::Tight);
                quote!(#target.clone_from_slice(&#name);)
            } else {
                let target = target.tokens;
                quote!(#target = #name;)
            }
        });
        restores.collect()
    }

    fn is_fill_or_copy(&self, stmt: &Stmt) -> bool {
        matches!(stmt.kind, StmtKind::Fill { .. } | StmtKind::Copy { .. })
    }

    fn pull(&self, pull: &Pull) -> TokenStream {
        let pullback = self.unit.storage.pullback(pull.stmt).expect("an active call has a pullback");
        let seeds: Vec<TokenStream> = pull.seeds.iter().map(|seed| self.pull_seed(seed)).collect();
        let seed = match &seeds[..] {
            [seed] if matches!(&self.call_of(pull.stmt).result, crate::ir::CallResult::Var(_)) => seed.clone(),
            _ => quote!((#(#seeds),*)),
        };
        let before = pull.args.iter().filter_map(|arg| self.buffer(arg));
        let lent = pull.args.iter().filter_map(|arg| self.lend(arg));
        let call = quote!(#pullback(#seed #(, #lent)*));
        let values: Vec<TokenStream> = pull.args.iter().filter_map(|arg| self.returned(arg)).collect();
        let wanted = pull.args.iter().any(|arg| matches!(arg, PullArg::Value(Some(_))));
        let run = if wanted { quote!(let (#(#values,)*) = #call;) } else { quote!(#call;) };
        quote!(#(#before)* #run)
    }

    fn call_of(&self, id: StmtId) -> &crate::ir::Call {
        match &self.stmt(id).kind {
            StmtKind::Call(call) => call,
            _ => unreachable!("a pullback belongs to a call"),
        }
    }

    pub(super) fn pull_seed(&self, seed: &Seed) -> TokenStream {
        match seed {
            Seed::Adjoint(var) => {
                let name = &self.unit.reverse.bars[var];
                quote!(#name)
            }
            Seed::Zero(var) if self.unit.storage.zero(*var).is_some() => {
                let zeros = self.unit.storage.zero(*var);
                quote!(#zeros)
            }
            Seed::Zero(var) => {
                let (zero, value) = (paths::private("zero_gradient"), self.name(*var));
                quote!(#zero(&#value))
            }
        }
    }

    /// A buffer of its own for an argument whose adjoint is lent already.
    fn buffer(&self, arg: &PullArg) -> Option<TokenStream> {
        let PullArg::Ref { place, adjoint: Some(Lent::Separate(name)), .. } = arg else { return None };
        let (zero, value) = (paths::private("zero_gradient"), self.place(place).tokens);
        Some(quote!(let mut #name = #zero(&#value);))
    }

    fn lend(&self, arg: &PullArg) -> Option<TokenStream> {
        match arg {
            PullArg::Value(_) => None,
            PullArg::PassiveRef(code) => {
                let code = self.code(code).tokens;
                Some(quote!((#code, ::core::option::Option::None)))
            }
            PullArg::Ref { place, mutable, adjoint } => {
                let value = if *mutable { self.place_mut(place) } else { self.place(place) }.tokens;
                let mutability = mutable.then(|| quote!(mut));
                let adjoint = match adjoint {
                    None => quote!(::core::option::Option::None),
                    Some(Lent::Separate(name)) => quote!(::core::option::Option::Some(&mut #name)),
                    Some(Lent::Direct) => self.lent_adjoint(place),
                };
                Some(quote!((&#mutability #value, #adjoint)))
            }
        }
    }

    fn lent_adjoint(&self, place: &Place) -> TokenStream {
        let bar = self.bar(place).tokens;
        let span = place.span;
        let some = quote_spanned!(span=> ::core::option::Option::Some(&mut #bar));
        match self.switch(place.root) {
            Some(switch) => quote!(if #switch { #some } else { ::core::option::Option::None }),
            None => some,
        }
    }

    fn returned(&self, arg: &PullArg) -> Option<TokenStream> {
        match arg {
            PullArg::Value(Some(name)) => Some(quote!(#name)),
            PullArg::Value(None) => Some(quote!(_)),
            _ => None,
        }
    }
}

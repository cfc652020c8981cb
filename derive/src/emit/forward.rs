//! The forward sweep: the user's statements, with what must be kept for the reverse sweep.

use super::expr::{Fragment, apply};
use super::frames::{Frame, Wrap, wrap};
use super::{Emit, forward_label};
use crate::ir::{
    Arg, Block, Call, CallResult, Code, Head, Literal, Loop, MatchArm, Op, Operand, PackKind, Place, Projection, Stmt,
    StmtId, StmtKind, Ty, VarId, walk_block,
};
use crate::paths;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

impl Emit<'_> {
    /// The whole forward sweep. Its variables are in scope afterwards.
    pub(super) fn forward(&mut self) -> TokenStream {
        let function = self.unit.function;
        let items = &function.items;
        let mut tokens = quote!(#(#items)*);
        if function.returns() {
            tokens.extend(self.forward_with_returns());
            return tokens;
        }
        for stmt in &function.body.stmts {
            tokens.extend(self.tapes(stmt, true));
            tokens.extend(self.forward_stmt(stmt));
        }
        tokens
    }

    /// With an early `return`, the body is a block that every exit leaves with its record.
    fn forward_with_returns(&mut self) -> TokenStream {
        let function = self.unit.function;
        let tapes: TokenStream = function.body.stmts.iter().map(|stmt| self.tapes(stmt, false)).collect();
        let is_result = |stmt: &&Stmt| {
            let result = function.result.as_ref();
            matches!((&stmt.kind, result), (StmtKind::Declare { var }, Some(Operand::Place(place))) if *var == place.root)
        };
        let result: TokenStream =
            function.body.stmts.iter().filter(is_result).map(|stmt| self.forward_stmt(stmt)).collect();
        self.frames.push(Frame { block: function.body.id, wrap: Wrap::Body, slot: None });
        let body: TokenStream =
            function.body.stmts.iter().filter(|stmt| !is_result(stmt)).map(|stmt| self.forward_stmt(stmt)).collect();
        self.frames.pop();
        let end = (!function.body.always_leaves()).then(|| self.record(function.body.id));
        let pattern = self.record_pattern(function.body.id);
        let label = forward_label();
        quote! {
            #result
            #tapes
            let #pattern = #label: {
                #body
                #end
            };
        }
    }

    /// The tapes of the loops in a statement of the body: they outlive it.
    fn tapes(&self, stmt: &Stmt, sized: bool) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut declare = |stmt: &Stmt, outermost: bool| {
            let Some(tape) = self.unit.storage.tape(stmt.id) else { return };
            let new = paths::private("Tape");
            match &stmt.kind {
                StmtKind::Loop(Loop { head: Head::Range { .. }, iter, .. }) if outermost && sized => {
                    let range = self.code(iter).tokens;
                    let size = quote!(::core::iter::Iterator::size_hint(&(#range)).0);
                    tokens.extend(quote!(let mut #tape = #new::with_capacity(#size);));
                }
                _ => tokens.extend(quote!(let mut #tape = #new::new();)),
            }
        };
        declare(stmt, true);
        for block in stmt.blocks() {
            walk_block(block, &mut |inner, _| declare(inner, false));
        }
        tokens
    }

    /// The statements of an inner block and, unless it always leaves, its record at the end.
    fn forward_inner(&mut self, block: &Block, frame: Wrap, slot: Option<&Ident>) -> TokenStream {
        let statements = self.forward_framed(block, frame, slot);
        let end = (!block.always_leaves()).then(|| wrap(frame, self.record(block.id)));
        quote!(#statements #end)
    }

    fn forward_framed(&mut self, block: &Block, wrap: Wrap, slot: Option<&Ident>) -> TokenStream {
        self.frames.push(Frame { block: block.id, wrap, slot: slot.cloned() });
        let statements = self.forward_block(block);
        self.frames.pop();
        statements
    }

    fn forward_block(&mut self, block: &Block) -> TokenStream {
        block.stmts.iter().map(|stmt| self.forward_stmt(stmt)).collect()
    }

    fn forward_stmt(&mut self, stmt: &Stmt) -> TokenStream {
        if let StmtKind::Let { var, op } = &stmt.kind
            && self.inlined.contains(var)
        {
            let assertions = self.assertions(stmt);
            let fragment = self.op(op);
            self.pending.push((*var, fragment));
            return assertions;
        }
        let mut tokens = self.assertions(stmt);
        tokens.extend(self.save(stmt));
        tokens.extend(match &stmt.kind {
            StmtKind::Let { op: Op::Bound { .. }, .. } => TokenStream::new(),
            StmtKind::Let { var, op } => {
                let value = self.op(op).tokens;
                let binding = self.binding(*var);
                quote!(let #binding = #value;)
            }
            StmtKind::Declare { var } => {
                let binding = self.binding(*var);
                quote!(let #binding;)
            }
            StmtKind::Alias { var, code } if code.uses != [*var] => {
                let (name, code) = (self.name(*var), self.code(code).tokens);
                quote!(let #name = #code;)
            }
            StmtKind::Alias { .. } => TokenStream::new(),
            StmtKind::Assign { place, value, .. } => {
                let (value, place) = (self.moved(value).tokens, self.place(place).tokens);
                quote!(#place = #value;)
            }
            StmtKind::Accumulate { place, negative, value } => {
                let (value, place) = (self.operand(value).tokens, self.place(place).tokens);
                if *negative { quote!(#place -= #value;) } else { quote!(#place += #value;) }
            }
            StmtKind::Fill { place, value } => {
                let (value, place) = (self.operand(value).tokens, self.receiver(place));
                quote!(#place.fill(#value);)
            }
            StmtKind::Edit(edit) => self.forward_edit(stmt, edit),
            StmtKind::Exchange { a, b, slices } => self.exchange(a, b, *slices),
            StmtKind::Copy { to, from, method } => {
                let (from, to) = (self.source(from), self.receiver(to));
                quote!(#to.#method(#from);)
            }
            StmtKind::Swap { place, i, j } => {
                let (place, i, j) = (self.receiver(place), self.code(i).tokens, self.code(j).tokens);
                quote!(#place.swap(#i, #j);)
            }
            StmtKind::Call(call) => self.forward_call(stmt, call),
            StmtKind::If { cond, then, otherwise } => self.forward_if(stmt, cond, then, otherwise),
            StmtKind::LetElse { condition, otherwise, .. } => {
                let slot = self.unit.storage.branch(stmt.id).cloned();
                let (condition, tag) = (self.code(condition).tokens, paths::private("Branch"));
                let otherwise = self.forward_framed(otherwise, Wrap::ELSE, slot.as_ref());
                let branch = slot.map(|branch| quote!(let #branch = #tag::Then(());));
                quote!(#condition else { #otherwise }; #branch)
            }
            StmtKind::Match { scrutinee, arms } => self.forward_match(stmt, scrutinee, arms),
            StmtKind::Loop(looped) => self.forward_loop(stmt, looped),
            StmtKind::Rest(block) => {
                let slot = self.unit.storage.branch(stmt.id).cloned();
                self.forward_framed(block, Wrap::Rest, slot.as_ref())
            }
            StmtKind::Exit(exit) => self.forward_exit(exit),
            StmtKind::Passive { code, .. } => self.passive_stmt(code),
        });
        tokens.extend(self.zeros(stmt));
        tokens.extend(self.integer_assertions(stmt));
        tokens
    }

    /// The zeros that are kept in place of what a statement declares, or gives its first value.
    fn zeros(&self, stmt: &Stmt) -> TokenStream {
        let function = paths::private("zero_gradient");
        match &stmt.kind {
            StmtKind::Declare { var } => {
                let zero = self.unit.storage.zero(*var).map(|zero| quote!(let #zero;));
                return zero.unwrap_or_default();
            }
            StmtKind::Assign { place, init: true, .. } => {
                let value = self.place(place).tokens;
                let zero = self.unit.storage.zero(place.root).map(|zero| quote!(#zero = #function(&#value);));
                return zero.unwrap_or_default();
            }
            _ => {}
        }
        let kept = stmt.declares().into_iter().filter_map(|var| Some((var, self.unit.storage.zero(var)?)));
        let zeros = kept.map(|(var, zero)| {
            let value = self.name(var);
            let span = value.span();
            quote_spanned!(span=> let #zero = #function(&#value);)
        });
        zeros.collect()
    }

    /// `mut name: Type` as the user declared it.
    pub(super) fn binding(&self, var: VarId) -> TokenStream {
        let declared = &self.vars()[var];
        let name = &declared.name;
        let mutability = declared.mutable.then(|| quote!(mut));
        match &declared.annotation {
            Some(ty) => quote!(#mutability #name: #ty),
            None => quote!(#mutability #name),
        }
    }

    /// An operand of arithmetic.
    pub(super) fn operand(&mut self, operand: &Operand) -> Fragment {
        match operand {
            Operand::Place(place) => self.take_pending(place).unwrap_or_else(|| self.place(place)),
            Operand::Passive(code) => self.code(code),
        }
    }

    fn take_pending(&mut self, place: &Place) -> Option<Fragment> {
        let at = self.pending.iter().position(|(var, _)| *var == place.root && place.is_var())?;
        Some(self.pending.remove(at).1)
    }

    /// An operand that is moved from: a copy of it stays if the reverse sweep needs it.
    pub(super) fn moved(&mut self, operand: &Operand) -> Fragment {
        let fragment = self.operand(operand);
        let Operand::Place(place) = operand else { return fragment };
        let root = self.vars().root(place);
        let is_copied = self.vars().ty(place).deref().is_copy() || self.is_borrowed(place);
        if is_copied || !self.unit.recorded.is_kept(root) {
            return fragment;
        }
        let tokens = fragment.at_least(super::expr::Binding::Tight);
        Fragment::tight(quote!(::core::clone::Clone::clone(&#tokens)))
    }

    /// Whether a place is behind a reference or inside a slice, so that nothing can be moved out of it.
    fn is_borrowed(&self, place: &Place) -> bool {
        let resolved = self.vars().resolve(place);
        let is_element = |projection: &Projection| matches!(projection, Projection::Index(_) | Projection::Range(_));
        let of_array = matches!(self.vars()[resolved.root].ty, Ty::Array(..) | Ty::Unknown);
        let is_element = !of_array && resolved.projections.iter().any(is_element);
        (self.vars()[resolved.root].ty.is_ref() && !resolved.is_var()) || is_element
    }

    fn op(&mut self, op: &Op) -> Fragment {
        match op {
            Op::Use(Operand::Passive(code)) if self.is_moved_and_needed(code) => {
                let code = self.code(code).tokens;
                Fragment::tight(quote!(::core::clone::Clone::clone(&#code)))
            }
            Op::Use(operand) => self.moved(operand),
            Op::Apply { rule, operands } => {
                let operands: Vec<Fragment> = operands.iter().map(|operand| self.operand(operand)).collect();
                apply(rule, &operands)
            }
            Op::Cast { operand, to, .. } => {
                let operand = self.operand(&Operand::Place(operand.clone())).at_least(super::expr::Binding::Tight);
                let ty = if *to == crate::ir::Float::F32 { quote!(f32) } else { quote!(f64) };
                Fragment { tokens: quote!(#operand as #ty), binding: super::expr::Binding::Loose }
            }
            Op::Pack { kind, elems } => {
                let elems: Vec<TokenStream> = elems.iter().map(|elem| self.moved(elem).tokens).collect();
                Fragment::tight(match kind {
                    PackKind::Tuple => quote!((#(#elems,)*)),
                    PackKind::Array => quote!([#(#elems),*]),
                    PackKind::Vec => quote!(::std::vec![#(#elems),*]),
                })
            }
            Op::Struct(literal) => self.literal(literal),
            Op::Repeat { kind, elem, len } => {
                let (elem, len) = (self.moved(elem).tokens, self.code(len).tokens);
                Fragment::tight(match kind {
                    PackKind::Vec => quote!(::std::vec![#elem; #len]),
                    _ => quote!([#elem; #len]),
                })
            }
            Op::Clone { place, method } => {
                let place = self.operand(&Operand::Place(place.clone())).at_least(super::expr::Binding::Tight);
                Fragment::tight(quote!(#place.#method()))
            }
            Op::Bound { .. } => unreachable!("a pattern has bound it"),
            Op::Unwrap { place, method, args } => {
                let place = self.moved(&Operand::Place(place.clone())).at_least(super::expr::Binding::Tight);
                let args = args.iter().map(|arg| self.code(arg).tokens);
                Fragment::tight(quote!(#place.#method(#(#args),*)))
            }
        }
    }

    fn literal(&mut self, literal: &Literal) -> Fragment {
        let path = &literal.path;
        let values: Vec<TokenStream> = literal.fields.iter().map(|(_, value)| self.moved(value).tokens).collect();
        if literal.is_positional() {
            return Fragment::tight(quote!(#path(#(#values),*)));
        }
        let members = literal.fields.iter().map(|(member, _)| member);
        let fields = members.zip(&values).map(|(member, value)| quote!(#member: #value));
        let fields: Vec<TokenStream> = fields.collect();
        let rest = literal.rest.as_ref().map(|rest| {
            let rest = self.moved(rest).tokens;
            quote!(..#rest)
        });
        Fragment { tokens: quote!(#path { #(#fields,)* #rest }), binding: super::expr::Binding::Loose }
    }

    /// Whether passive code is a variable that this moves from, and that the reverse sweep needs.
    pub(super) fn is_moved_and_needed(&self, code: &Code) -> bool {
        let syn::Expr::Path(path) = &code.expr else { return false };
        let Some(var) = path.path.get_ident().and_then(|ident| self.vars().find(ident)) else { return false };
        let ty = &self.vars()[var].ty;
        self.unit.recorded.is_kept(var) && !ty.is_copy() && *ty != Ty::Passive && !ty.is_ref()
    }

    pub(super) fn receiver(&self, place: &Place) -> TokenStream {
        self.place(place).at_least(super::expr::Binding::Tight)
    }

    /// The source of a copy, as a reference.
    fn source(&self, from: &Operand) -> TokenStream {
        let (tokens, is_ref) = match from {
            Operand::Place(place) => (self.place(place).tokens, self.vars().ty(place).is_ref()),
            Operand::Passive(code) => (self.code(code).tokens, self.is_reference_code(code)),
        };
        if is_ref { tokens } else { quote!(&#tokens) }
    }

    fn is_reference_code(&self, code: &Code) -> bool {
        match &code.expr {
            syn::Expr::Reference(_) => true,
            syn::Expr::Path(path) => {
                let var = path.path.get_ident().and_then(|ident| self.vars().find(ident));
                var.is_some_and(|var| self.vars()[var].ty.is_ref())
            }
            _ => false,
        }
    }

    fn forward_call(&mut self, stmt: &Stmt, call: &Call) -> TokenStream {
        let args: Vec<TokenStream> = call.args.iter().map(|arg| self.arg(arg)).collect();
        let path = &call.path;
        let result = match &call.result {
            CallResult::Var(var) => self.binding(*var),
            CallResult::Tuple(vars) => {
                let parts = vars.iter().map(|&var| {
                    let (name, mutable) = (self.name(var), self.vars()[var].mutable.then(|| quote!(mut)));
                    quote!(#mutable #name)
                });
                quote!((#(#parts),*))
            }
        };
        let Some(pullback) = self.unit.storage.pullback(stmt.id) else {
            return quote!(let #result = #path(#(#args),*););
        };
        let switches: Vec<TokenStream> = call.args.iter().map(|arg| self.wants_adjoint(arg)).collect();
        let span = stmt.span;
        let forward = quote_spanned!(span=> #path::forward);
        let result = match &call.result {
            CallResult::Var(var) => {
                let (name, mutable) = (self.name(*var), self.vars()[*var].mutable.then(|| quote!(mut)));
                quote!(#mutable #name)
            }
            CallResult::Tuple(_) => result,
        };
        quote!(let (#result, #pullback) = #forward::<#(#switches),*>(#(#args),*);)
    }

    fn arg(&mut self, arg: &Arg) -> TokenStream {
        match arg {
            Arg::Value(operand) => self.moved(operand).tokens,
            Arg::PassiveRef(code) => self.code(code).tokens,
            Arg::Ref { place, reborrow: true, .. } => self.place(place).tokens,
            Arg::Ref { place, mutable, .. } => {
                let (place, mutability) = (self.place(place).tokens, mutable.then(|| quote!(mut)));
                quote!(&#mutability #place)
            }
        }
    }

    /// Whether the callee is to find the adjoint of an argument: a constant of the callee's.
    fn wants_adjoint(&self, arg: &Arg) -> TokenStream {
        let (Arg::Value(Operand::Place(place)) | Arg::Ref { place, .. }) = arg else { return quote!(false) };
        let root = self.vars().root(place);
        if !self.unit.activity.is_active(root) || self.vars().ty(place).is_passive() {
            return quote!(false);
        }
        match (arg, self.switch(root)) {
            (Arg::Ref { .. }, Some(switch)) => quote!(#switch),
            _ => quote!(true),
        }
    }

    fn forward_if(&mut self, stmt: &Stmt, cond: &Code, then: &Block, otherwise: &Block) -> TokenStream {
        let binds = has_let(&cond.expr);
        let cond = self.code(cond).tokens;
        let Some(branch) = self.unit.storage.branch(stmt.id) else {
            let then = self.forward_framed(then, Wrap::THEN, None);
            let otherwise = self.forward_framed(otherwise, Wrap::ELSE, None);
            return if_else(&cond, &then, &otherwise);
        };
        if !self.records_nothing(then) || !self.records_nothing(otherwise) {
            let then = self.forward_inner(then, Wrap::THEN, Some(branch));
            let otherwise = self.forward_inner(otherwise, Wrap::ELSE, Some(branch));
            return quote!(let #branch = if #cond { #then } else { #otherwise };);
        }
        if binds {
            let then = self.forward_inner(then, Wrap::Flag(true), Some(branch));
            let otherwise = self.forward_inner(otherwise, Wrap::Flag(false), Some(branch));
            return quote!(let #branch = if #cond { #then } else { #otherwise };);
        }
        let then = self.forward_framed(then, Wrap::THEN, None);
        let otherwise = self.forward_framed(otherwise, Wrap::ELSE, None);
        let chosen = if_else(&quote!(#branch), &then, &otherwise);
        quote!(let #branch = #cond; #chosen)
    }

    fn forward_match(&mut self, stmt: &Stmt, scrutinee: &Code, arms: &[MatchArm]) -> TokenStream {
        let scrutinee = self.matched(scrutinee, arms.iter().map(|arm| &arm.pat));
        let branch = self.unit.storage.branch(stmt.id);
        let of = arms.len();
        let arms: Vec<TokenStream> = arms
            .iter()
            .enumerate()
            .map(|(at, arm)| {
                let (pat, guard) = (&arm.pat, arm.guard.as_ref().map(|guard| self.code(guard).tokens));
                let guard = guard.map(|guard| quote!(if #guard));
                let body = match branch {
                    Some(_) => self.forward_inner(&arm.body, Wrap::Arm { at, of }, branch),
                    None => self.forward_framed(&arm.body, Wrap::Arm { at, of }, None),
                };
                quote!(#pat #guard => { #body })
            })
            .collect();
        let choice = quote!(match #scrutinee { #(#arms)* });
        match branch {
            Some(branch) => quote!(let #branch = #choice;),
            None => choice,
        }
    }

    pub(super) fn records_nothing(&self, block: &Block) -> bool {
        self.unit.storage.record(block.id).is_empty()
    }

    fn forward_loop(&mut self, stmt: &Stmt, looped: &Loop) -> TokenStream {
        let (label, iter) = (&looped.label, self.code(&looped.iter).tokens);
        let body = self.forward_framed(&looped.body, Wrap::Loop(stmt.id), None);
        let end = (!looped.body.always_leaves()).then(|| self.end_trip(stmt.id, self.record(looped.body.id)));
        let counter = self.counter(stmt.id).map(|trips| quote!(let mut #trips = 0usize;));
        let pat = &looped.pat;
        let head = match looped.head {
            Head::While => quote!(while #iter),
            Head::Endless => quote!(loop),
            _ => quote!(for #pat in #iter),
        };
        quote!(#counter #label #head { #body #end })
    }

    /// The variable that counts a loop's trips, if the reverse sweep needs it.
    pub(super) fn counter(&self, id: StmtId) -> Option<&Ident> {
        let StmtKind::Loop(looped) = &self.stmt(id).kind else { return None };
        let trips =
            looped.trips.filter(|&trips| self.unit.recorded.is_needed(trips) && !self.unit.storage.is_inert(id))?;
        Some(self.name(trips))
    }

    /// Saves what the statement overwrites and some adjoint reads.
    fn save(&self, stmt: &Stmt) -> TokenStream {
        let saves = self.unit.recorded.saved(stmt.id).iter().map(|&var| {
            let name = self.unit.storage.saved(stmt.id, var).expect("what is saved has a name");
            let value = self.saved_value(&self.overwritten(stmt, var));
            quote!(let #name = #value;)
        });
        saves.collect()
    }

    /// The part of `var` that a statement overwrites.
    pub(super) fn overwritten(&self, stmt: &Stmt, var: VarId) -> Place {
        let of_var = |place: &Place| self.vars().root(place) == var;
        let place = match &stmt.kind {
            StmtKind::Assign { place, .. }
            | StmtKind::Accumulate { place, .. }
            | StmtKind::Fill { place, .. }
            | StmtKind::Copy { to: place, .. } => place.clone(),
            StmtKind::Call(call) => call
                .args
                .iter()
                .find_map(|arg| match arg {
                    Arg::Ref { place, mutable: true, .. } if of_var(place) => Some(place.clone()),
                    _ => None,
                })
                .expect("the call changes the variable through an argument"),
            _ => Place::var(var, stmt.span),
        };
        // A variable that is a reference is not overwritten itself, but what it refers to is.
        if self.vars().ty(&place).is_ref() { place.project(crate::ir::Projection::Deref) } else { place }
    }

    fn saved_value(&self, place: &Place) -> TokenStream {
        let value = self.place(place);
        match self.vars().ty(place) {
            ty if ty.is_copy() => value.tokens,
            Ty::Slice(_) => {
                let value = value.at_least(super::expr::Binding::Tight);
                quote!(#value.to_vec())
            }
            _ => {
                let value = value.tokens;
                quote!(::core::clone::Clone::clone(&#value))
            }
        }
    }

    /// What was taken for an integer because of its use, and not differentiated, the compiler holds to be one.
    fn integer_assertions(&mut self, stmt: &Stmt) -> TokenStream {
        let vars = match &stmt.kind {
            StmtKind::Assign { place, init: true, .. } => vec![place.root],
            StmtKind::Declare { .. } => Vec::new(),
            _ => stmt.declares(),
        };
        let mut tokens = TokenStream::new();
        for var in vars {
            let name = self.name(var).clone();
            let assumed = self.vars()[var].assumed && self.vars()[var].ty.is_passive();
            if assumed && self.asserted.insert(name.to_string()) {
                let (assert, span) = (paths::private_at("discrete", name.span()), name.span());
                tokens.extend(quote_spanned!(span=> #assert(&#name);));
            }
        }
        tokens
    }

    /// Where a formula for scalars is used on a value whose type is not known here, the compiler checks that it is one.
    fn assertions(&mut self, stmt: &Stmt) -> TokenStream {
        let operands = match &stmt.kind {
            StmtKind::Let { op: Op::Apply { operands, .. }, .. } => operands.clone(),
            StmtKind::Accumulate { place, value, .. } => vec![Operand::Place(place.clone()), value.clone()],
            // Arrays and tuples are filled with what is known to be one.
            StmtKind::Fill { value: Operand::Place(place), .. }
                if self.vars().ty(place).is_scalar() || self.vars().ty(place) == Ty::Unknown =>
            {
                vec![Operand::Place(place.clone())]
            }
            _ => return TokenStream::new(),
        };
        let mut tokens = TokenStream::new();
        for operand in &operands {
            let Operand::Place(place) = operand else { continue };
            let is_active = self.unit.activity.is_active(self.vars().root(place));
            let is_known = self.vars().ty(place).deref().is_scalar() && !self.vars()[place.root].assumed;
            if is_known || !is_active {
                continue;
            }
            let value = self.place(place).tokens;
            if self.asserted.insert(value.to_string()) {
                let assert = paths::private("scalar");
                let span = place.span;
                let borrow = (!self.vars().ty(place).is_ref()).then(|| quote!(&));
                tokens.extend(quote_spanned!(span=> #assert(#borrow #value);));
            }
        }
        tokens
    }
}

fn has_let(cond: &syn::Expr) -> bool {
    match cond {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        syn::Expr::Paren(paren) => has_let(&paren.expr),
        _ => false,
    }
}

fn if_else(cond: &TokenStream, then: &TokenStream, otherwise: &TokenStream) -> TokenStream {
    if otherwise.is_empty() { quote!(if #cond { #then }) } else { quote!(if #cond { #then } else { #otherwise }) }
}

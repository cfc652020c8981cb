//! Iterator chains, written as the loop that they are: `xs.iter().map(|x| x * x).sum()` is
//!
//! ```text
//! let mut total = -0.0; for x in xs.iter() { total += x * x; } total
//! ```
//!
//! A chain is what a loop can run over (a slice, a range, and the adaptors of those), then closures that each item goes
//! through, then what is made of the items.

use super::{Lower, refuse};
use crate::desugar::{alone, before_brace};
use crate::ir::{Operand, Ty};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::{Expr, ExprClosure, ExprMethodCall, Pat, Stmt, parse_quote, parse_quote_spanned};

/// Adaptors that a loop's header may have itself.
const STREAMING: [&str; 16] = [
    "iter",
    "iter_mut",
    "into_iter",
    "enumerate",
    "zip",
    "rev",
    "skip",
    "take",
    "step_by",
    "copied",
    "cloned",
    "chunks",
    "chunks_exact",
    "chunks_mut",
    "chunks_exact_mut",
    "windows",
];

/// What each item goes through.
enum Link {
    Map(ExprClosure),
    Filter(ExprClosure),
    FilterMap(ExprClosure),
    Inspect(ExprClosure),
    TakeWhile(ExprClosure),
    /// `copied` or `cloned`, after a filter
    Deref,
    /// `enumerate`, after a closure
    Count(Ident),
}

/// A chain up to what is made of its items.
struct Chain {
    source: Expr,
    links: Vec<Link>,
}

impl Lower {
    /// A chain with a value, as the loop that computes it; `None` if the call is no end of a chain.
    pub(super) fn lower_chain(&mut self, call: &ExprMethodCall) -> Option<Operand> {
        let written = self.chain_as_loop(call)?;
        Some(self.lower_expr(&written))
    }

    /// The same for a chain whose items are only used up.
    pub(super) fn lower_chain_stmt(&mut self, call: &ExprMethodCall) -> bool {
        if call.method != "for_each" {
            return false;
        }
        let (Some(chain), Some(Expr::Closure(each))) = (self.chain(&call.receiver), call.args.first()) else {
            return false;
        };
        let body = &each.body;
        let pat = each.inputs.first().map_or_else(|| parse_quote!(_), untyped);
        let looped = self.looped(chain, pat, vec![parse_quote!(#body;)], call.method.span());
        self.lower_stmts(&looped, false);
        true
    }

    /// `for pat in chain { body }`, where the chain has closures; `None` where it has none.
    pub(super) fn lower_chain_loop(&mut self, looped: &syn::ExprForLoop) -> bool {
        let Some(chain) = self.chain(&looped.expr).filter(|chain| !chain.links.is_empty()) else { return false };
        let stmts = looped.body.stmts.clone();
        let mut written = self.looped(chain, (*looped.pat).clone(), stmts, looped.for_token.span);
        if let Some(Stmt::Expr(Expr::ForLoop(outer), _)) = written.last_mut() {
            outer.label.clone_from(&looped.label);
        }
        self.lower_stmts(&written, false);
        true
    }

    fn chain_as_loop(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        let span = call.method.span();
        let args: Vec<&Expr> = call.args.iter().collect();
        let target = call.turbofish.as_ref().and_then(|turbofish| match turbofish.args.first() {
            Some(syn::GenericArgument::Type(ty)) => Some(ty.clone()),
            _ => None,
        });
        match (call.method.to_string().as_str(), &args[..]) {
            (method @ ("sum" | "product"), []) => {
                let chain = self.chain(&call.receiver)?;
                let (total, item) = (self.names.fresh("total"), self.names.fresh("item"));
                let (start, body): (Expr, Stmt) = match method {
                    // What an empty sum of std is, which leaves every other sum alone.
                    "sum" => (parse_quote_spanned!(span=> -0.0), parse_quote_spanned!(span=> #total += #item;)),
                    _ => (parse_quote_spanned!(span=> 1.0), parse_quote_spanned!(span=> #total *= #item;)),
                };
                let ty = target.filter(|ty| Ty::from_syn(ty).is_scalar()).map(|ty| quote!(: #ty));
                let looped = self.looped(chain, parse_quote!(#item), vec![body], span);
                Some(parse_quote_spanned!(span=> { let mut #total #ty = #start; #(#looped)* #total }))
            }
            ("fold", [start, Expr::Closure(step)]) => {
                let chain = self.chain(&call.receiver)?;
                let (Some(acc), Some(pat)) = (step.inputs.first().map(untyped), step.inputs.get(1).map(untyped)) else {
                    return None;
                };
                let body = &step.body;
                let total = self.names.fresh("folded");
                let stmts = vec![parse_quote_spanned!(span=> let #acc = #total;), parse_quote!(#total = #body;)];
                let ty = match step.inputs.first() {
                    Some(Pat::Type(typed)) => Some(&typed.ty),
                    _ => None,
                };
                let ty = ty.map(|ty| quote!(: #ty));
                let looped = self.looped(chain, pat, stmts, span);
                Some(parse_quote_spanned!(span=> { let mut #total #ty = #start; #(#looped)* #total }))
            }
            ("fold", [start, Expr::Path(step)]) => {
                let chain = self.chain(&call.receiver)?;
                let (total, item) = (self.names.fresh("folded"), self.names.fresh("item"));
                let stmts = vec![parse_quote_spanned!(span=> #total = #step(#total, #item);)];
                // The function's own type is that of the start: `f64::max`.
                let of_float = step.path.segments.first().filter(|first| first.ident == "f64" || first.ident == "f32");
                let ty = of_float.map(|first| quote!(: #first));
                let looped = self.looped(chain, parse_quote!(#item), stmts, span);
                Some(parse_quote_spanned!(span=> { let mut #total #ty = #start; #(#looped)* #total }))
            }
            ("collect", []) => {
                let is_vec = target.as_ref().is_some_and(|ty| matches!(Ty::from_syn(ty), Ty::Vec(_)));
                let chain = self.chain(&call.receiver)?;
                if !is_vec {
                    self.errors.on(&call.method, refuse::COLLECT);
                    return Some(parse_quote!(()));
                }
                let (vec, item) = (self.names.fresh("collected"), self.names.fresh("item"));
                let ty = target.filter(|ty| !matches!(Ty::from_syn(ty), Ty::Vec(elem) if *elem == Ty::Unknown));
                let ty = ty.map(|ty| quote!(: #ty));
                let body = vec![parse_quote_spanned!(span=> #vec.push(#item);)];
                let looped = self.looped(chain, parse_quote!(#item), body, span);
                Some(parse_quote_spanned!(span=> { let mut #vec #ty = ::std::vec::Vec::new(); #(#looped)* #vec }))
            }
            _ => None,
        }
    }

    /// Takes a chain of adaptors apart; `None` if it is none, or has one that is not known.
    fn chain(&mut self, expr: &Expr) -> Option<Chain> {
        match expr {
            Expr::Paren(paren) => self.chain(&paren.expr),
            Expr::Range(_) => Some(Chain { source: expr.clone(), links: Vec::new() }),
            Expr::MethodCall(call) => self.chain_call(call),
            _ => None,
        }
    }

    fn chain_call(&mut self, call: &ExprMethodCall) -> Option<Chain> {
        let name = call.method.to_string();
        let closure = match call.args.first() {
            Some(Expr::Closure(closure)) if call.args.len() == 1 && !leaves(closure) => Some(closure.clone()),
            _ => None,
        };
        let link = match (name.as_str(), closure) {
            ("map", Some(closure)) => Link::Map(closure),
            ("map", None) => Link::Map(self.eta(call.args.first()?)?),
            ("filter", Some(closure)) => Link::Filter(closure),
            ("filter_map", Some(closure)) => Link::FilterMap(closure),
            ("inspect", Some(closure)) => Link::Inspect(closure),
            ("take_while", Some(closure)) => Link::TakeWhile(closure),
            (name, _) if STREAMING.contains(&name) => return self.chain_stream(call),
            _ => return None,
        };
        let mut chain = self.chain(&call.receiver)?;
        chain.links.push(link);
        Some(chain)
    }

    /// `map(f64::sqrt)` as `map(|item| f64::sqrt(item))`.
    fn eta(&mut self, function: &Expr) -> Option<ExprClosure> {
        let Expr::Path(function) = function else { return None };
        let item = self.names.fresh("item");
        Some(parse_quote!(|#item| #function(#item)))
    }

    /// An adaptor of a header, or the same after a closure.
    fn chain_stream(&mut self, call: &ExprMethodCall) -> Option<Chain> {
        let after = self.chain(&call.receiver).filter(|chain| !chain.links.is_empty());
        let Some(mut chain) = after else {
            return Some(Chain { source: Expr::MethodCall(call.clone()), links: Vec::new() });
        };
        match call.method.to_string().as_str() {
            "copied" | "cloned" => chain.links.push(Link::Deref),
            "enumerate" => chain.links.push(Link::Count(self.names.fresh("count"))),
            _ => return None,
        }
        Some(chain)
    }

    /// The loop: `pat` names the items of the whole chain, `body` is what is done with each.
    fn looped(&mut self, chain: Chain, pat: Pat, body: Vec<Stmt>, span: Span) -> Vec<Stmt> {
        let Chain { source, mut links } = chain;
        let pat = alone(&pat).into_owned();
        let mut counters: Vec<Stmt> = Vec::new();
        for link in &links {
            if let Link::Count(count) = link {
                counters.push(parse_quote!(let mut #count = 0usize;));
            }
        }
        let (header, stmts) = match links.first() {
            None => (pat, body),
            // A closure's pattern takes the items apart in the header.
            Some(Link::Map(map)) => {
                let (header, value) = (untyped(map.inputs.first().unwrap_or(&parse_quote!(_))), (*map.body).clone());
                links.remove(0);
                (header, self.through(&links, value, &pat, body))
            }
            Some(_) => {
                let item = self.item_of(&source);
                // The names of a pattern are the expression that gives the item back.
                (parse_quote!(#item), self.through(&links, parse_quote!(#item), &pat, body))
            }
        };
        let source = before_brace(&source);
        counters.push(parse_quote_spanned!(span=> for #header in #source { #(#stmts)* }));
        counters
    }

    /// Names for the items of a loop's header, in pairs where the items are pairs.
    fn item_of(&mut self, source: &Expr) -> TokenStream {
        match source {
            Expr::Paren(paren) => self.item_of(&paren.expr),
            Expr::MethodCall(call) if call.method == "enumerate" => {
                let (index, item) = (self.names.fresh("index"), self.item_of(&call.receiver));
                quote!((#index, #item))
            }
            Expr::MethodCall(call) if call.method == "zip" => {
                let left = self.item_of(&call.receiver);
                let right = call.args.first().map(|other| self.item_of(other));
                quote!((#left, #right))
            }
            Expr::MethodCall(call) if !["iter", "iter_mut", "into_iter"].iter().any(|name| call.method == name) => {
                self.item_of(&call.receiver)
            }
            _ => self.names.fresh("item").into_token_stream(),
        }
    }

    /// The statements for an item whose value before these links is `value`.
    fn through(&mut self, links: &[Link], value: Expr, pat: &Pat, body: Vec<Stmt>) -> Vec<Stmt> {
        let Some((link, rest)) = links.split_first() else {
            let mut stmts: Vec<Stmt> = vec![parse_quote!(let #pat = #value;)];
            stmts.extend(body);
            return stmts;
        };
        match link {
            Link::Map(map) => {
                let taken = untyped(map.inputs.first().unwrap_or(&parse_quote!(_)));
                let mut stmts: Vec<Stmt> = vec![parse_quote!(let #taken = #value;)];
                stmts.extend(self.through(rest, (*map.body).clone(), pat, body));
                stmts
            }
            Link::Filter(test) => {
                let (named, name) = self.named(value);
                let inner = self.through(rest, name.clone(), pat, body);
                let passes: Expr =
                    parse_quote!(::backprop::stop_gradient(::backprop::__private::passes(&#name, #test)));
                named.into_iter().chain([parse_quote!(if #passes { #(#inner)* })]).collect()
            }
            Link::TakeWhile(test) => {
                let (named, name) = self.named(value);
                let inner = self.through(rest, name.clone(), pat, body);
                let passes: Expr =
                    parse_quote!(::backprop::stop_gradient(::backprop::__private::passes(&#name, #test)));
                named.into_iter().chain([parse_quote!(if !#passes { break; })]).chain(inner).collect()
            }
            Link::FilterMap(map) => {
                let taken = untyped(map.inputs.first().unwrap_or(&parse_quote!(_)));
                let (made, found) = (before_brace(&map.body), self.names.fresh("item"));
                let inner = self.through(rest, parse_quote!(#found), pat, body);
                vec![parse_quote!(let #taken = #value;), parse_quote!(if let Some(#found) = #made { #(#inner)* })]
            }
            Link::Inspect(look) => {
                let (mut named, name) = self.named(value);
                let (taken, looked) = (untyped(look.inputs.first().unwrap_or(&parse_quote!(_))), &look.body);
                named.push(parse_quote!({ let #taken = &#name; #looked; }));
                named.extend(self.through(rest, name, pat, body));
                named
            }
            Link::Deref => self.through(rest, parse_quote!(*#value), pat, body),
            Link::Count(count) => {
                let index = self.names.fresh("index");
                let mut stmts: Vec<Stmt> = vec![parse_quote!(let #index = #count;), parse_quote!(#count += 1;)];
                stmts.extend(self.through(rest, parse_quote!((#index, #value)), pat, body));
                stmts
            }
        }
    }

    /// A value under a name, if it has none.
    fn named(&mut self, value: Expr) -> (Vec<Stmt>, Expr) {
        if is_named(&value) {
            return (Vec::new(), value);
        }
        let item = self.names.fresh("item");
        (vec![parse_quote!(let #item = #value;)], parse_quote!(#item))
    }
}

/// Names, and pairs of names.
fn is_named(value: &Expr) -> bool {
    match value {
        Expr::Path(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_named),
        _ => false,
    }
}

/// Whether a closure returns before its end, which a loop's body cannot.
pub(super) fn leaves(closure: &ExprClosure) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_expr_return(&mut self, _: &syn::ExprReturn) {
            self.0 = true;
        }
        fn visit_expr_try(&mut self, _: &syn::ExprTry) {
            self.0 = true;
        }
        fn visit_expr_closure(&mut self, _: &ExprClosure) {}
        fn visit_item(&mut self, _: &syn::Item) {}
    }
    let mut finder = Finder(false);
    finder.visit_expr(&closure.body);
    finder.0
}

/// A closure's parameter as a pattern of `let`.
fn untyped(pat: &Pat) -> Pat {
    match pat {
        Pat::Type(typed) => (*typed.pat).clone(),
        other => other.clone(),
    }
}

//! Loops over slices, arrays and vectors, through the adaptors of iterators that leave the items as they are.
//!
//! The iterator is taken apart into a [`Stream`], of which both sweeps know how many items it has and what each is. The
//! forward sweep runs the user's own iterator, and the reverse sweep counts down over the same indices.

use super::views::{Bound, Part, View, tight};
use super::{Lower, refuse};
use crate::ir::{Code, Count, Head, Operand, Place, Projection, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Pat, parse_quote};

/// An iterator over data.
enum Stream {
    /// `xs.iter()`; by value after `copied()` and over arrays and vectors that are taken apart
    Elements {
        source: Source,
        by_value: bool,
    },
    /// `xs.chunks(size)`
    Parts {
        source: Source,
        parts: Parts,
        size: Expr,
    },
    /// `low..high`, `low..`
    Integers {
        low: Expr,
        range: Expr,
        endless: bool,
    },
    Enumerate(Box<Stream>),
    Zip(Box<Stream>, Box<Stream>),
    Rev(Box<Stream>),
    Skip(Box<Stream>, Expr),
    Take(Box<Stream>, Expr),
    StepBy(Box<Stream>, Expr),
}

/// A slice, array or vector.
struct Source {
    place: Place,
    mutable: bool,
    /// How many elements it has, if anything but the number of trips depends on it.
    length: Option<Expr>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    Chunks,
    Exact,
    Windows,
}

impl Parts {
    fn of(method: &str) -> Parts {
        match method {
            "windows" => Parts::Windows,
            "chunks_exact" | "chunks_exact_mut" => Parts::Exact,
            _ => Parts::Chunks,
        }
    }
}

impl Lower {
    pub(super) fn lower_items_loop(&mut self, looped: &syn::ExprForLoop) {
        let Some((mut stream, written)) = self.stream(&looped.expr) else { return };
        let reversed = matches!(stream, Stream::Rev(_));
        if let Stream::Rev(inner) = stream {
            stream = *inner;
        }
        let count = self.count(&mut stream);
        let span = looped.for_token.span();
        let named = self.named_index(&stream, &looped.pat);
        let index = named.unwrap_or_else(|| self.new_var("k", VarKind::Index, Ty::Passive, span));
        let mut bound = Bound::default();
        let at = self.code_of(index).expr;
        let item = self.item(&stream, &at, &mut bound);
        self.bind_view(&looped.pat, &item, Some(&looped.body), &mut bound);
        let head = Head::Items { count, index, reversed, derived: std::mem::take(&mut bound.derived) };
        let code = Code { uses: self.uses(&written), expr: written };
        self.push_for(looped, head, (*looped.pat).clone(), code, |cx| cx.note_all_bound(&bound));
    }

    /// The user's own name for the index, `i` in `for (i, x) in xs.iter().enumerate()`.
    fn named_index(&mut self, stream: &Stream, pat: &Pat) -> Option<VarId> {
        let (Stream::Enumerate(_) | Stream::Zip(..), Pat::Tuple(tuple)) = (stream, pat) else {
            return match (stream, pat) {
                (_, Pat::Paren(paren)) => self.named_index(stream, &paren.pat),
                (Stream::Take(inner, _), _) => self.named_index(inner, pat),
                _ => None,
            };
        };
        let mut parts = tuple.elems.iter();
        let (first, second) = (parts.next()?, parts.next()?);
        match (stream, first) {
            (Stream::Enumerate(_), Pat::Ident(ident)) if super::views::is_plain(ident) => {
                Some(self.declare(&ident.ident, false, None, Ty::Passive))
            }
            (Stream::Enumerate(inner), _) => self.named_index(inner, second),
            (Stream::Zip(left, right), _) => self.named_index(left, first).or_else(|| self.named_index(right, second)),
            _ => unreachable!("matched above"),
        }
    }

    fn count(&mut self, stream: &mut Stream) -> Count {
        if let Some(place) = stream.plain() {
            return Count::Elements(place.clone());
        }
        self.measure(stream);
        match stream.count() {
            Some(count) => Count::Code(self.made(count)),
            // A loop without an end is left by a jump, which makes it count its trips.
            None => Count::Code(self.made(parse_quote!(::core::primitive::usize::MAX))),
        }
    }

    /// Finds the lengths that the numbers of items are made of.
    fn measure(&mut self, stream: &mut Stream) {
        match stream {
            Stream::Elements { source, .. } | Stream::Parts { source, .. } => {
                source.length = Some(self.length(&source.place));
            }
            Stream::Zip(first, second) => {
                self.measure(first);
                self.measure(second);
            }
            Stream::Integers { .. } => {}
            Stream::Enumerate(inner)
            | Stream::Rev(inner)
            | Stream::Skip(inner, _)
            | Stream::Take(inner, _)
            | Stream::StepBy(inner, _) => self.measure(inner),
        }
    }

    /// The item at the index `at`.
    fn item(&mut self, stream: &Stream, at: &Expr, bound: &mut Bound) -> View {
        let index = tight(at);
        match stream {
            Stream::Elements { source, by_value } => {
                let index = Projection::Index(self.made(at.clone()));
                source.part(index, *by_value)
            }
            Stream::Parts { source, parts, size } => {
                let range = self.part(source, *parts, size, at, bound);
                source.part(Projection::Range(self.made(range)), false)
            }
            Stream::Integers { low, .. } => {
                let low = tight(low);
                View::Integer { value: parse_quote!(#low + #index), is_usize: false }
            }
            Stream::Enumerate(inner) => {
                let number = View::Integer { value: at.clone(), is_usize: true };
                View::pair(number, self.item(inner, at, bound))
            }
            Stream::Zip(first, second) => View::pair(self.item(first, at, bound), self.item(second, at, bound)),
            Stream::Rev(inner) => {
                let count = tight(&inner.count().expect("an iterator without an end cannot be reversed"));
                let back = self.derive("back", parse_quote!(#count - 1 - #index), bound);
                self.item(inner, &back, bound)
            }
            Stream::Skip(inner, number) => {
                let number = tight(number);
                self.item(inner, &parse_quote!(#index + #number), bound)
            }
            Stream::Take(inner, _) => self.item(inner, at, bound),
            Stream::StepBy(inner, step) => {
                let step = tight(step);
                self.item(inner, &parse_quote!(#index * #step), bound)
            }
        }
    }

    /// The range that the part of number `at` is.
    fn part(&mut self, source: &Source, parts: Parts, size: &Expr, at: &Expr, bound: &mut Bound) -> Expr {
        let (index, size) = (tight(at), tight(size));
        if parts == Parts::Windows {
            return parse_quote!(#at..#index + #size);
        }
        let low = self.derive("low", parse_quote!(#index * #size), bound);
        if parts == Parts::Exact {
            return parse_quote!(#low..#low + #size);
        }
        // The last part may be shorter.
        let length = source.length();
        let high = self.derive("high", parse_quote!(::core::cmp::min(#low + #size, #length)), bound);
        parse_quote!(#low..#high)
    }

    /// A variable that each trip of the reverse sweep finds from its index.
    fn derive(&mut self, name: &str, value: Expr, bound: &mut Bound) -> Expr {
        let var = self.new_var(name, VarKind::Index, Ty::Passive, value.span());
        let code = self.made(value);
        bound.derived.push((var, code));
        self.code_of(var).expr
    }

    /// Takes an iterator apart. The second part is how the forward sweep writes it: what was evaluated on the way must
    /// not be evaluated again.
    fn stream(&mut self, expr: &Expr) -> Option<(Stream, Expr)> {
        match super::loops::strip(expr) {
            Expr::MethodCall(call) => self.stream_of_call(call),
            Expr::Range(range) if range.start.is_some() => Some(self.integers(range)),
            other => self.plain_stream(other),
        }
    }

    fn stream_of_call(&mut self, call: &ExprMethodCall) -> Option<(Stream, Expr)> {
        let args: Vec<&Expr> = call.args.iter().collect();
        let method = call.method.to_string();
        match (method.as_str(), &args[..]) {
            ("iter" | "iter_mut", []) => {
                let (place, receiver) = self.source(super::expr::strip_reference(&call.receiver))?;
                let source = Source { place, mutable: method == "iter_mut", length: None };
                Some((Stream::Elements { source, by_value: false }, rewritten(call, receiver, Vec::new())))
            }
            ("chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut" | "windows", [size]) => {
                let (place, receiver) = self.source(super::expr::strip_reference(&call.receiver))?;
                let size = self.lower_integer(size, true).expr;
                let source = Source { place, mutable: method.ends_with("_mut"), length: None };
                let written = rewritten(call, receiver, vec![size.clone()]);
                Some((Stream::Parts { source, parts: Parts::of(&method), size }, written))
            }
            ("into_iter", []) => self.adapted(call, &[], |inner, _| inner),
            ("enumerate", []) => self.adapted(call, &[], |inner, _| Stream::Enumerate(Box::new(inner))),
            ("rev", []) => self.adapted(call, &[], |inner, _| match inner {
                Stream::Rev(twice) => *twice,
                other => Stream::Rev(Box::new(other)),
            }),
            ("copied" | "cloned", []) => self.adapted(call, &[], Stream::by_value),
            ("skip", [_]) => self.adapted(call, &args, |inner, number| Stream::Skip(Box::new(inner), number)),
            ("take", [_]) => self.adapted(call, &args, |inner, number| Stream::Take(Box::new(inner), number)),
            ("step_by", [_]) => self.adapted(call, &args, |inner, step| Stream::StepBy(Box::new(inner), step)),
            ("zip", [other]) => {
                let (first, receiver) = self.stream(&call.receiver)?;
                let (second, other) = self.stream(other)?;
                let written = rewritten(call, receiver, vec![other]);
                Some((Stream::Zip(Box::new(first), Box::new(second)), written))
            }
            _ => {
                self.errors.on(&call.method, refuse::adaptor(&method));
                None
            }
        }
    }

    /// An adaptor with the number that it is given, if it takes one.
    fn adapted(
        &mut self,
        call: &ExprMethodCall,
        args: &[&Expr],
        adapt: impl FnOnce(Stream, Expr) -> Stream,
    ) -> Option<(Stream, Expr)> {
        let (inner, receiver) = self.stream(&call.receiver)?;
        let args: Vec<Expr> = args.iter().map(|arg| self.lower_integer(arg, true).expr).collect();
        let number = args.first().cloned().unwrap_or_else(|| parse_quote!(0));
        Some((adapt(inner, number), rewritten(call, receiver, args)))
    }

    fn integers(&mut self, range: &syn::ExprRange) -> (Stream, Expr) {
        let start = range.start.as_ref().expect("the caller saw one");
        let mut low = self.lower_integer(start, true);
        let mut written = range.clone();
        if let Some(end) = &range.end {
            let high = self.lower_integer(end, true);
            let (pinned, high) = self.pin_bound(low, high);
            low = pinned;
            written.end = Some(Box::new(high.expr));
        }
        written.start = Some(Box::new(low.expr.clone()));
        let written = Expr::Range(written);
        (Stream::Integers { low: low.expr, range: written.clone(), endless: range.end.is_none() }, written)
    }

    /// Data that is looped over without a method: by a reference, or by its plain name.
    fn plain_stream(&mut self, expr: &Expr) -> Option<(Stream, Expr)> {
        let Expr::Reference(reference) = expr else {
            let (place, written) = self.source(expr)?;
            return self.named_stream(place, written);
        };
        let (place, inner) = self.source(&reference.expr)?;
        let source = Source { place, mutable: reference.mutability.is_some(), length: None };
        let written = Expr::Reference(syn::ExprReference { expr: Box::new(inner), ..reference.clone() });
        Some((Stream::Elements { source, by_value: false }, written))
    }

    /// A place that is looped over by its plain name.
    fn named_stream(&mut self, place: Place, written: Expr) -> Option<(Stream, Expr)> {
        let elements = |place, by_value, mutable| {
            let source = Source { place, mutable, length: None };
            Stream::Elements { source, by_value }
        };
        let ty = self.vars.ty(&place);
        match &ty {
            // The loop borrows the reference; it may be used again afterwards.
            Ty::Ref { mutable: true, .. } => Some((elements(place, false, true), parse_quote!(&mut *#written))),
            Ty::Ref { .. } => Some((elements(place, false, false), written)),
            Ty::Array(elem, _) | Ty::Vec(elem) if !elem.is_ref() => {
                let (place, written) = self.unchanged(place, written);
                let moved = matches!(ty, Ty::Array(..)) && (elem.is_copy() || elem.is_passive());
                // What the reverse sweep reads is not moved away from it.
                let written =
                    if moved { written } else { parse_quote!(::core::iter::Iterator::cloned(#written.iter())) };
                Some((elements(place, true, false), written))
            }
            _ => {
                self.errors.at(place.span, "what this loop runs over is not known here: write `&xs` or `xs.iter()` if it is a slice, and a range into the loop's head");
                None
            }
        }
    }

    /// The loop runs over a copy of what the body may change.
    fn unchanged(&mut self, place: Place, written: Expr) -> (Place, Expr) {
        if !self.may_change(self.vars.root(&place)) {
            return (place, written);
        }
        let Operand::Place(copy) = self.settle(Operand::Place(place)) else {
            unreachable!("a place is settled as one")
        };
        let written = self.place_expr(&copy);
        (copy, written)
    }

    /// The data that an iterator runs over, and how it is written. A literal gets a name first, as do the values of
    /// calls.
    fn source(&mut self, expr: &Expr) -> Option<(Place, Expr)> {
        let before = self.next_stmt;
        let place = match self.lower_place(expr, true) {
            Some(place) => place,
            None if self.is_value(expr) => {
                let operand = self.lower_expr(expr);
                let Operand::Place(place) = self.settle(operand) else { return None };
                place
            }
            None => {
                self.errors.on(expr, refuse::ITERATOR);
                return None;
            }
        };
        let written = if self.next_stmt == before { expr.clone() } else { self.place_expr(&place) };
        Some((place, written))
    }

    fn is_value(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Array(_) | Expr::Repeat(_) => true,
            Expr::Macro(mac) => mac.mac.path.is_ident("vec"),
            Expr::Call(_) => self.mentions_active(expr),
            _ => false,
        }
    }
}

impl Source {
    fn part(&self, projection: Projection, by_value: bool) -> View {
        let place = self.place.clone().project(projection);
        View::Part(Part { place, by_value, mutable: self.mutable })
    }

    fn length(&self) -> Expr {
        self.length.clone().expect("it was measured")
    }
}

impl Stream {
    /// The place whose elements these are, counted or not.
    fn plain(&self) -> Option<&Place> {
        match self {
            Stream::Elements { source, .. } => Some(&source.place),
            Stream::Enumerate(inner) => match &**inner {
                Stream::Elements { source, .. } => Some(&source.place),
                _ => None,
            },
            _ => None,
        }
    }

    /// After `copied()`.
    fn by_value(self, number: Expr) -> Stream {
        let inner = |inner: Box<Stream>| Box::new(inner.by_value(number.clone()));
        match self {
            Stream::Elements { source, .. } => Stream::Elements { source, by_value: true },
            Stream::Rev(stream) => Stream::Rev(inner(stream)),
            Stream::Skip(stream, number) => Stream::Skip(inner(stream), number),
            Stream::Take(stream, number) => Stream::Take(inner(stream), number),
            Stream::StepBy(stream, step) => Stream::StepBy(inner(stream), step),
            // Their items are no references, which the compiler says.
            other => other,
        }
    }

    /// How many items there are, or `None` without an end.
    fn count(&self) -> Option<Expr> {
        Some(match self {
            Stream::Elements { source, .. } => source.length(),
            Stream::Parts { source, parts, size } => {
                let (length, size) = (tight(&source.length()), tight(size));
                match parts {
                    Parts::Chunks => parse_quote!(#length.div_ceil(#size)),
                    Parts::Exact => parse_quote!(#length / #size),
                    Parts::Windows => match one_less(&size) {
                        Some(fewer) => parse_quote!(#length.saturating_sub(#fewer)),
                        None => parse_quote!((#length + 1).saturating_sub(#size)),
                    },
                }
            }
            Stream::Integers { endless: true, .. } => return None,
            Stream::Integers { range, .. } => parse_quote!(::core::iter::Iterator::size_hint(&(#range)).0),
            Stream::Enumerate(inner) | Stream::Rev(inner) => return inner.count(),
            Stream::Zip(first, second) => return least(first.count(), second.count()),
            Stream::Skip(inner, number) => {
                let count = tight(&inner.count()?);
                parse_quote!(#count.saturating_sub(#number))
            }
            Stream::Take(inner, number) => return least(inner.count(), Some(super::infer::with_usize(number))),
            Stream::StepBy(inner, step) => {
                let count = tight(&inner.count()?);
                parse_quote!(#count.div_ceil(#step))
            }
        })
    }
}

/// A literal size, less one: a size of zero panics in the function itself.
fn one_less(size: &Expr) -> Option<Expr> {
    let Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(int), .. }) = size else { return None };
    let fewer = syn::LitInt::new(&int.base10_parse::<usize>().ok()?.checked_sub(1)?.to_string(), int.span());
    Some(parse_quote!(#fewer))
}

/// The smaller of two numbers, where `None` is larger than any.
fn least(first: Option<Expr>, second: Option<Expr>) -> Option<Expr> {
    match (first, second) {
        (Some(first), Some(second)) if first == second => Some(first),
        (Some(first), Some(second)) => Some(parse_quote!(::core::cmp::min(#first, #second))),
        (first, second) => first.or(second),
    }
}

/// A method call with another receiver and other arguments; as the user wrote it where they are the same.
fn rewritten(call: &ExprMethodCall, receiver: Expr, args: Vec<Expr>) -> Expr {
    let same = super::loops::strip(&call.receiver) == &receiver || *call.receiver == receiver;
    if same && call.args.iter().eq(&args) {
        return Expr::MethodCall(call.clone());
    }
    let receiver = if same { call.receiver.clone() } else { Box::new(tight(&receiver)) };
    Expr::MethodCall(ExprMethodCall { receiver, args: args.into_iter().collect(), ..call.clone() })
}

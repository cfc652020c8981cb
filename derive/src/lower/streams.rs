//! Loops over slices, arrays and vectors, through the adaptors of iterators that leave the items as they are.
//!
//! The iterator is taken apart into a [`Stream`], of which both sweeps know how many items it has and what each is. The
//! forward sweep runs the user's own iterator, and the reverse sweep counts down over the same indices.

use super::Lower;
use super::views::{Bound, Part, View, tight};
use crate::ir::{Code, Count, Head, Place, Projection, Ty, VarId, VarKind};
use syn::spanned::Spanned;
use syn::{Expr, Pat, parse_quote};

/// An iterator over data.
pub(super) enum Stream {
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
pub(super) struct Source {
    pub place: Place,
    pub mutable: bool,
    /// How many elements it has, if anything but the number of trips depends on it.
    pub length: Option<Expr>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    Chunks,
    Exact,
    Windows,
}

impl Parts {
    pub(super) fn of(method: &str) -> Parts {
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
                let at = self.shortly("at", "+", at, number, bound);
                self.item(inner, &at, bound)
            }
            Stream::Take(inner, _) => self.item(inner, at, bound),
            Stream::StepBy(inner, step) => {
                let at = self.shortly("at", "*", at, step, bound);
                self.item(inner, &at, bound)
            }
        }
    }

    /// The range that the part of number `at` is.
    fn part(&mut self, source: &Source, parts: Parts, size: &Expr, at: &Expr, bound: &mut Bound) -> Expr {
        if parts == Parts::Windows {
            let high = self.shortly("high", "+", at, size, bound);
            return parse_quote!(#at..#high);
        }
        let (index, factor) = (tight(at), tight(size));
        let low = self.derive("low", parse_quote!(#index * #factor), bound);
        if parts == Parts::Exact {
            let high = self.shortly("high", "+", &low, size, bound);
            return parse_quote!(#low..#high);
        }
        // The last part may be shorter.
        let (size, length) = (factor, source.length());
        let high = self.derive("high", parse_quote!(::core::cmp::min(#low + #size, #length)), bound);
        parse_quote!(#low..#high)
    }

    /// A sum or product, derived unless it is short.
    fn shortly(&mut self, name: &str, op: &str, left: &Expr, right: &Expr, bound: &mut Bound) -> Expr {
        let is_short = matches!(left, Expr::Path(_)) && matches!(right, Expr::Path(_) | Expr::Lit(_));
        let (left, right) = (tight(left), tight(right));
        let value = if op == "+" { parse_quote!(#left + #right) } else { parse_quote!(#left * #right) };
        if is_short { value } else { self.derive(name, value, bound) }
    }

    /// A variable that each trip of the reverse sweep finds from its index.
    fn derive(&mut self, name: &str, value: Expr, bound: &mut Bound) -> Expr {
        let var = self.new_var(name, VarKind::Index, Ty::Passive, value.span());
        let code = self.made(value);
        bound.derived.push((var, code));
        self.code_of(var).expr
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
    pub(super) fn by_value(self, number: Expr) -> Stream {
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

//! Iterators over data, taken apart into the [`Stream`]s that they are.

use super::streams::{Parts, Source, Stream};
use super::views::tight;
use super::{Lower, refuse};
use crate::ir::{Operand, Place, Ty, VarKind};
use syn::{Expr, ExprMethodCall, parse_quote};

impl Lower {
    /// Takes an iterator apart. The second part is how the forward sweep writes it: what was evaluated on the way must
    /// not be evaluated again.
    pub(super) fn stream(&mut self, expr: &Expr) -> Option<(Stream, Expr)> {
        match super::loops::strip(expr) {
            Expr::MethodCall(call) => self.stream_of_call(call),
            Expr::Range(range) if range.start.is_some() => Some(self.integers(range)),
            other => self.plain_stream(other),
        }
    }

    fn stream_of_call(&mut self, call: &ExprMethodCall) -> Option<(Stream, Expr)> {
        let args: Vec<&Expr> = call.args.iter().collect();
        let (method, whole) = (call.method.to_string(), Expr::MethodCall(call.clone()));
        match (method.as_str(), &args[..]) {
            ("iter" | "iter_mut", []) => {
                let (place, receiver) = self.source(super::expr::strip_reference(&call.receiver))?;
                let source = self.source_of(place, method == "iter_mut");
                Some((Stream::Elements { source, by_value: false }, rewritten(call, receiver, Vec::new())))
            }
            ("chunks" | "chunks_mut" | "chunks_exact" | "chunks_exact_mut" | "windows", [size]) => {
                let (place, receiver) = self.source(super::expr::strip_reference(&call.receiver))?;
                let size = self.lower_integer(size, true).expr;
                let source = self.source_of(place, method.ends_with("_mut"));
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
            _ if self.is_access(&whole) || self.is_value(&whole) => self.plain_stream(&whole),
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
        let source = self.source_of(place, reference.mutability.is_some());
        let written = Expr::Reference(syn::ExprReference { expr: Box::new(inner), ..reference.clone() });
        Some((Stream::Elements { source, by_value: false }, written))
    }

    /// A place that is looped over by its plain name.
    fn named_stream(&mut self, place: Place, written: Expr) -> Option<(Stream, Expr)> {
        let elements =
            |place, by_value, mutable| Stream::Elements { source: Source { place, mutable, length: None }, by_value };
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

    /// The data that an iterator runs over, and how it is written.
    fn source(&mut self, expr: &Expr) -> Option<(Place, Expr)> {
        let found = self.data(expr);
        if found.is_none() {
            self.errors.on(expr, refuse::ITERATOR);
        }
        found
    }

    /// The place of some data, and how it is written. A literal gets a name first, as do the values of calls.
    pub(super) fn data(&mut self, expr: &Expr) -> Option<(Place, Expr)> {
        let before = self.next_stmt;
        let place = match self.lower_place(expr, true) {
            Some(place) => place,
            None if self.is_value(expr) => {
                let operand = self.lower_expr(expr);
                let Operand::Place(place) = self.settle(operand) else { return None };
                place
            }
            None => return None,
        };
        let written = if self.next_stmt == before { expr.clone() } else { self.place_expr(&place) };
        Some((place, written))
    }

    fn source_of(&mut self, place: Place, mutable: bool) -> Source {
        if mutable && self.vars[place.root].kind == VarKind::Temp {
            self.vars[place.root].mutable = true;
        }
        Source { place, mutable, length: None }
    }

    fn is_value(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Array(_) | Expr::Repeat(_) => true,
            Expr::Macro(mac) => mac.mac.path.is_ident("vec"),
            Expr::Call(_) => self.mentions_active(expr),
            Expr::MethodCall(call) => {
                let copies = call.method == "clone" || call.method == "to_vec";
                copies && call.args.is_empty() && self.mentions_active(expr)
            }
            _ => false,
        }
    }
}

/// A method call with another receiver and other arguments; as the user wrote it where they are the same.
pub(super) fn rewritten(call: &ExprMethodCall, receiver: Expr, args: Vec<Expr>) -> Expr {
    let same = super::loops::strip(&call.receiver) == &receiver || *call.receiver == receiver;
    if same && call.args.iter().eq(&args) {
        return Expr::MethodCall(call.clone());
    }
    let receiver = if same { call.receiver.clone() } else { Box::new(tight(&receiver)) };
    Expr::MethodCall(ExprMethodCall { receiver, args: args.into_iter().collect(), ..call.clone() })
}

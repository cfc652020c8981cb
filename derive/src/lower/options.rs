//! Methods of `Option` and `Result`, written as the `match` that they are.

use super::Lower;
use crate::desugar::match_on;
use crate::ir::{Operand, Ty};
use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{Expr, ExprMethodCall, Pat, parse_quote_spanned};

/// Which of the two it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Option,
    Result,
}

impl Lower {
    /// Lowers a method of `Option` or `Result` whose receiver carries a derivative; `None` if it is none.
    pub(super) fn lower_option_method(&mut self, call: &ExprMethodCall) -> Option<Operand> {
        let written = self.option_method(call)?;
        Some(self.lower_expr(&written))
    }

    fn option_method(&mut self, call: &ExprMethodCall) -> Option<Expr> {
        let name = call.method.to_string();
        let args: Vec<&Expr> = call.args.iter().collect();
        let known = self.holder_of(&call.receiver);
        let holder = known.unwrap_or(Holder::Option);
        let (receiver, span) = (&call.receiver, call.method.span());
        let (some, rest) = match holder {
            Holder::Option => (quote_spanned!(span=> Some), quote_spanned!(span=> None => None)),
            Holder::Result => {
                let error = self.names.fresh("error");
                (quote_spanned!(span=> Ok), quote_spanned!(span=> Err(#error) => Err(#error)))
            }
        };
        let value = self.names.fresh("value");
        let choose = |found: TokenStream, rest: TokenStream| -> Expr {
            match_on(receiver, &quote_spanned!(span=> #found, #rest), span)
        };
        Some(match (name.as_str(), &args[..]) {
            ("unwrap_or", [other]) => {
                let default = self.names.fresh("other");
                let chosen =
                    choose(quote_spanned!(span=> #some(#value) => #value), quote_spanned!(span=> _ => #default));
                parse_quote_spanned!(span=> { let #default = #other; #chosen })
            }
            ("unwrap_or_default", []) => {
                let default = quote_spanned!(span=> _ => ::core::default::Default::default());
                choose(quote_spanned!(span=> #some(#value) => #value), default)
            }
            ("unwrap_or_else", [Expr::Closure(other)]) => {
                let (pat, body) = (other.inputs.first().map(untyped), &other.body);
                let rest = match pat {
                    Some(pat) => quote_spanned!(span=> Err(#pat) => #body),
                    None => quote_spanned!(span=> _ => #body),
                };
                choose(quote_spanned!(span=> #some(#value) => #value), rest)
            }
            ("map_or", [other, Expr::Closure(map)]) => {
                let (pat, body, default) = (untyped(map.inputs.first()?), &map.body, self.names.fresh("other"));
                let chosen = choose(quote_spanned!(span=> #some(#pat) => #body), quote_spanned!(span=> _ => #default));
                parse_quote_spanned!(span=> { let #default = #other; #chosen })
            }
            ("map_or_else", [Expr::Closure(other), Expr::Closure(map)]) if other.inputs.is_empty() => {
                let (pat, body, other) = (untyped(map.inputs.first()?), &map.body, &other.body);
                choose(quote_spanned!(span=> #some(#pat) => #body), quote_spanned!(span=> _ => #other))
            }
            ("take", []) => parse_quote_spanned!(span=> ::core::mem::take(&mut #receiver)),
            ("replace", [other]) if known.is_some() => {
                parse_quote_spanned!(span=> ::core::mem::replace(&mut #receiver, Some(#other)))
            }
            ("ok_or", [error]) => {
                choose(quote_spanned!(span=> Some(#value) => Ok(#value)), quote_spanned!(span=> None => Err(#error)))
            }
            ("ok_or_else", [Expr::Closure(error)]) if error.inputs.is_empty() => {
                let error = &error.body;
                choose(quote_spanned!(span=> Some(#value) => Ok(#value)), quote_spanned!(span=> None => Err(#error)))
            }
            ("ok", []) => {
                choose(quote_spanned!(span=> Ok(#value) => Some(#value)), quote_spanned!(span=> Err(_) => None))
            }
            ("map_err", [map]) => {
                let error = self.names.fresh("error");
                let mapped = match map {
                    Expr::Closure(map) => {
                        let (pat, body) = (untyped(map.inputs.first()?), &map.body);
                        quote_spanned!(span=> Err(#pat) => Err(#body))
                    }
                    map => quote_spanned!(span=> Err(#error) => Err(#map(#error))),
                };
                choose(quote_spanned!(span=> Ok(#value) => Ok(#value)), mapped)
            }
            ("map", [Expr::Closure(map)]) if known.is_some() => {
                let (pat, body) = (untyped(map.inputs.first()?), &map.body);
                choose(quote_spanned!(span=> #some(#pat) => #some(#body)), rest)
            }
            ("and_then", [Expr::Closure(map)]) if known.is_some() => {
                let (pat, body) = (untyped(map.inputs.first()?), &map.body);
                choose(quote_spanned!(span=> #some(#pat) => #body), rest)
            }
            ("or", [other]) if known.is_some() => {
                let default = self.names.fresh("other");
                let found = quote_spanned!(span=> #some(#value) => #some(#value));
                let chosen = choose(found, quote_spanned!(span=> _ => #default));
                parse_quote_spanned!(span=> { let #default = #other; #chosen })
            }
            ("copied" | "cloned", []) if known.is_some() => {
                let found = quote_spanned!(span=> #some(#value) => #some(*#value));
                choose(found, rest)
            }
            _ => return None,
        })
    }

    /// What an expression is, if that is known.
    fn holder_of(&self, expr: &Expr) -> Option<Holder> {
        match self.infer(expr).deref() {
            Ty::Option(_) => return Some(Holder::Option),
            Ty::Result(_) => return Some(Holder::Result),
            _ => {}
        }
        let Expr::MethodCall(call) = expr else { return None };
        match call.method.to_string().as_str() {
            "get" | "first" | "last" | "get_mut" | "first_mut" | "last_mut" | "ok" => Some(Holder::Option),
            "ok_or" | "ok_or_else" | "map_err" => Some(Holder::Result),
            "map" | "and_then" | "or" | "copied" | "cloned" | "as_ref" | "as_mut" => self.holder_of(&call.receiver),
            _ => None,
        }
    }
}

/// A closure's parameter as a pattern of a `match`.
fn untyped(pat: &Pat) -> &Pat {
    match pat {
        Pat::Type(typed) => &typed.pat,
        other => other,
    }
}

//! Renaming inside macros, which are tokens and not syntax.

use crate::names::bare;
use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};

type Lookup<'a> = &'a dyn Fn(&str) -> Option<Ident>;

/// Renames every identifier that `lookup` knows, except fields and methods (after a `.`).
pub fn rename(tokens: TokenStream, formatting: bool, lookup: Lookup) -> TokenStream {
    let mut after_dot = false;
    tokens
        .into_iter()
        .map(|token| {
            let member = after_dot;
            after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
            match token {
                TokenTree::Ident(ident) if !member => TokenTree::Ident(rename_ident(ident, lookup)),
                TokenTree::Group(group) => {
                    let mut renamed = Group::new(group.delimiter(), rename(group.stream(), formatting, lookup));
                    renamed.set_span(group.span());
                    TokenTree::Group(renamed)
                }
                TokenTree::Literal(literal) if formatting => TokenTree::Literal(rename_in_format(literal, lookup)),
                other => other,
            }
        })
        .collect()
}

fn rename_ident(ident: Ident, lookup: Lookup) -> Ident {
    match lookup(&super::key(&ident)) {
        Some(mut unique) => {
            unique.set_span(ident.span());
            unique
        }
        None => ident,
    }
}

/// `"{x:?} {y}"` with `x` now `x_1` becomes `"{x_1:?} {y}"`.
pub fn rename_in_format(literal: Literal, lookup: Lookup) -> Literal {
    let text = literal.to_string();
    let Ok(string) = syn::parse_str::<syn::LitStr>(&text) else { return literal };
    let value = string.value();
    let context = super::hygiene(literal.span());
    let renamed = rename_placeholders(&value, &|name| {
        lookup(&format!("{name}{context}")).or_else(|| lookup(&format!("r#{name}{context}")))
    });
    if renamed == value {
        return literal;
    }
    let mut replacement = Literal::string(&renamed);
    replacement.set_span(literal.span());
    replacement
}

fn rename_placeholders(format: &str, lookup: Lookup) -> String {
    let mut renamed = String::new();
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        renamed.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            renamed.push('{');
            rest = escaped;
            continue;
        }
        let end = rest.find('}').unwrap_or(rest.len());
        renamed.push_str(&rename_placeholder(&rest[..end], lookup));
        rest = &rest[end..];
    }
    renamed + rest
}

/// Renames the argument of a placeholder, and variables that its width or precision name (`{x:w$.p$}`).
fn rename_placeholder(placeholder: &str, lookup: Lookup) -> String {
    let (name, spec) = placeholder.split_once(':').map_or((placeholder, None), |(name, spec)| (name, Some(spec)));
    let unique = |name: &str| lookup(name.trim()).map_or(name.to_owned(), |unique| bare(&unique));
    let mut renamed = unique(name);
    let Some(spec) = spec else { return renamed };
    renamed.push(':');
    let mut words = spec.split('$').peekable();
    while let Some(word) = words.next() {
        let start = word.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
        let last = words.peek().is_none();
        renamed.push_str(&word[..start]);
        renamed.push_str(&if last { word[start..].to_owned() } else { unique(&word[start..]) + "$" });
    }
    renamed
}

//! Every identifier that generated code introduces.
//!
//! Generated names carry `Span::mixed_site()` and also avoid all names of the user's, so that the printed expansion is
//! right as well.

#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::HashSet;

/// Hands out names that occur nowhere else in the function.
#[derive(Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// All identifiers of `tokens` are taken.
    pub fn avoiding(tokens: TokenStream) -> Names {
        let mut names = Names::default();
        names.take_all(tokens);
        names
    }

    fn take_all(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    self.taken.insert(bare(&ident));
                }
                TokenTree::Group(group) => self.take_all(group.stream()),
                TokenTree::Literal(literal) => self.take_words(&literal.to_string()),
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// A string may name variables, as `"{x}"` does.
    fn take_words(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        self.taken.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    /// `base` itself if it is free, else `base_1`, `base_2` …
    pub fn fresh(&mut self, base: &str) -> Ident {
        let base = base.trim_start_matches("r#");
        let mut name = base.to_owned();
        let mut number = 0;
        while !self.taken.insert(name.clone()) {
            number += 1;
            name = format!("{base}_{number}");
        }
        Ident::new(&name, Span::mixed_site())
    }

    /// Gives a name back that turned out not to be used.
    pub fn release(&mut self, name: &Ident) {
        self.taken.remove(&bare(name));
    }

    /// `base_1`, `base_2` …: the first of these that is free.
    pub fn numbered(&mut self, base: &str) -> Ident {
        let base = base.trim_start_matches("r#");
        let mut number = 1;
        while !self.taken.insert(format!("{base}_{number}")) {
            number += 1;
        }
        Ident::new(&format!("{base}_{number}"), Span::mixed_site())
    }
}

/// The name without `r#`.
pub fn bare(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

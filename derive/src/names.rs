//! Every identifier that generated code introduces.
//!
//! Generated names carry `Span::mixed_site()` and also avoid all names of the user's, so that the printed expansion is
//! right as well.

#[cfg(test)]
mod tests;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::{HashMap, HashSet};

/// Hands out names that occur nowhere else in the function.
#[derive(Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// Up to here all numbers behind a name are taken.
    tried: HashMap<String, usize>,
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
        if self.taken.insert(base.to_owned()) {
            return Ident::new(base, Span::mixed_site());
        }
        self.numbered(base)
    }

    /// Gives a name back that turned out not to be used.
    pub fn release(&mut self, name: &Ident) {
        let name = bare(name);
        if let Some((base, number)) = name.rsplit_once('_')
            && let (Ok(number), Some(tried)) = (number.parse::<usize>(), self.tried.get_mut(base))
        {
            *tried = number.saturating_sub(1).min(*tried);
        }
        self.taken.remove(&name);
    }

    /// `base_1`, `base_2` …: the first of these that is free.
    pub fn numbered(&mut self, base: &str) -> Ident {
        let base = base.trim_start_matches("r#");
        let mut number = self.tried.get(base).copied().unwrap_or(0) + 1;
        while !self.taken.insert(format!("{base}_{number}")) {
            number += 1;
        }
        self.tried.insert(base.to_owned(), number);
        Ident::new(&format!("{base}_{number}"), Span::mixed_site())
    }
}

/// The name without `r#`.
pub fn bare(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

//! Accidents that befall tokens. Brackets stay in pairs, as they do for any macro.

use super::Random;
use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, TokenStream, TokenTree};

const OPERATORS: &[char] =
    &['+', '-', '*', '/', '%', '=', '<', '>', '!', '&', '|', '^', '.', ',', ';', ':', '?', '#', '@', '$', '~'];
const LITERALS: &[&str] = &[
    "0",
    "1",
    "2.0",
    "1e400",
    "1.0f32",
    "1u8",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1usize",
    "'x'",
    "\"\"",
    "\"{x}\"",
    "\"{\"",
    "b\"b\"",
    "true",
    "0.5f64",
    "1_f64",
    "0x1p3",
    "1.",
    "9999999999i128",
];

/// The tokens after an accident, some of whose material comes from `others`.
pub fn mutilated(tokens: TokenStream, others: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let groups: Vec<usize> = (0..tokens.len()).filter(|&at| matches!(tokens[at], TokenTree::Group(_))).collect();
    // Most of the text is inside.
    if !groups.is_empty() && random.below(8) != 0 {
        let at = groups[random.below(groups.len())];
        if let TokenTree::Group(group) = &tokens[at] {
            let inner = mutilated(group.stream(), others, random);
            tokens[at] = TokenTree::Group(Group::new(group.delimiter(), inner));
        }
        return tokens.into_iter().collect();
    }
    befall(&mut tokens, others, random);
    tokens.into_iter().collect()
}

fn befall(tokens: &mut Vec<TokenTree>, others: &[TokenTree], random: &mut Random) {
    let stranger = others[random.below(others.len())].clone();
    if tokens.is_empty() {
        tokens.push(stranger);
        return;
    }
    let (at, other) = (random.below(tokens.len()), random.below(tokens.len()));
    match random.below(10) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(other, tokens[at].clone()),
        2 => tokens.swap(at, other),
        3 => tokens.insert(at, stranger),
        4 => wrap(tokens, at.min(other), at.max(other), random),
        5 => unwrap(tokens, at),
        _ => tokens[at] = like(&tokens[at], &stranger, others, random),
    }
}

/// Puts a run of tokens into brackets.
fn wrap(tokens: &mut Vec<TokenTree>, from: usize, to: usize, random: &mut Random) {
    let delimiters = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
    let inner: TokenStream = tokens.drain(from..=to).collect();
    tokens.insert(from, TokenTree::Group(Group::new(delimiters[random.below(4)], inner)));
}

/// Takes the brackets off.
fn unwrap(tokens: &mut Vec<TokenTree>, at: usize) {
    if let TokenTree::Group(group) = tokens[at].clone() {
        tokens.splice(at..=at, group.stream());
    }
}

/// Another token of the same kind, which is likely to be Rust still.
fn like(token: &TokenTree, stranger: &TokenTree, others: &[TokenTree], random: &mut Random) -> TokenTree {
    match token {
        TokenTree::Punct(punct) => {
            let mut changed = Punct::new(OPERATORS[random.below(OPERATORS.len())], Spacing::Alone);
            changed.set_span(punct.span());
            changed.into()
        }
        TokenTree::Literal(_) => {
            let text = LITERALS[random.below(LITERALS.len())];
            let parsed: Result<TokenStream, _> = text.parse();
            let first = parsed.ok().and_then(|tokens| tokens.into_iter().next());
            first.unwrap_or_else(|| Literal::usize_unsuffixed(7).into())
        }
        TokenTree::Ident(_) | TokenTree::Group(_) => {
            let same = |other: &&TokenTree| match (token, other) {
                (TokenTree::Ident(_), TokenTree::Ident(_)) => true,
                (TokenTree::Group(a), TokenTree::Group(b)) => a.delimiter() == b.delimiter(),
                _ => false,
            };
            let start = random.below(others.len());
            others[start..].iter().find(same).unwrap_or(stranger).clone()
        }
    }
}

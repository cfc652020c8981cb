//! Keeps the pages of documentation true: what they show of the macro is held to what it does.
//!
//! A page names what a fenced block shows in a comment before it:
//!
//! ```text
//! <!-- shown: damp lower -->
//! ```
//!
//! stands for a function that the page itself annotates, in a block of Rust, and for a phase as `BACKPROP_DUMP` prints
//! it, or for a function that the macro wrote, without its attributes. `UPDATE_EXPECT=1 cargo test` puts into the block
//! what belongs there.

use expect_test::expect_file;
use quote::ToTokens;
use std::path::Path;

/// A page, by its path from the top of the repository.
pub fn hold(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
    let functions = annotated_functions(&text);
    expect_file![path].assert_eq(&with_what_is_shown(&text, &functions));
}

/// The page, with each marked block as it should be.
fn with_what_is_shown(text: &str, functions: &[Function]) -> String {
    let mut page = String::new();
    let mut shown = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        page.extend([line, "\n"]);
        let Some((name, part)) = marker(line) else { continue };
        let function = functions.iter().find(|function| function.name == name);
        let function = function.unwrap_or_else(|| panic!("`{name}` is shown, but is no function of the page"));
        let fence = lines.next().filter(|line| line.starts_with("```"));
        page.extend([fence.unwrap_or_else(|| panic!("no fence follows `{line}`")), "\n"]);
        lines.by_ref().take_while(|line| *line != "```").for_each(drop);
        page.extend([function.part(part).trim_end(), "\n```\n"]);
        shown += 1;
    }
    assert!(shown > 0, "the page shows nothing");
    page
}

/// `<!-- shown: damp lower -->`
fn marker(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("<!-- shown: ")?.strip_suffix(" -->")?.split_once(' ')
}

/// A function with the attribute.
struct Function {
    name: String,
    text: String,
}

/// The functions that a page annotates itself, not those that it shows.
fn annotated_functions(text: &str) -> Vec<Function> {
    let mut functions = Vec::new();
    let mut before = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if line.starts_with("```rust") && marker(before).is_none() {
                let block = format!("{{\n{}\n}}", code.join("\n"));
                let block: syn::Block = syn::parse_str(&block).expect("a block of Rust is Rust");
                functions.extend(block.stmts.into_iter().filter_map(annotated));
            }
        }
        before = line;
    }
    functions
}

fn annotated(stmt: syn::Stmt) -> Option<Function> {
    let syn::Stmt::Item(syn::Item::Fn(function)) = stmt else { return None };
    let is_annotated = function.attrs.iter().any(|attr| attr.path().is_ident("backprop"));
    is_annotated
        .then(|| Function { name: function.sig.ident.to_string(), text: function.to_token_stream().to_string() })
}

impl Function {
    fn part(&self, part: &str) -> String {
        match part {
            "lower" | "activity" | "adjoint" | "recorded" => super::phase(part, &self.text),
            written => super::generated(written, &self.text),
        }
    }
}

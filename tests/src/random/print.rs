//! Trees as Rust.

use super::shapes;
use super::tree::{Function, Program, Tree};
use super::ty::{Passing, Ty};

/// What every program may use beside its parameters.
pub const CONSTANTS: [(&str, f64); 2] = [("SCALE", 0.75), ("SHIFT", -0.4)];
pub const TABLE: [f64; 3] = [0.5, 1.25, -0.8];

/// Collects text and knows how deep it is indented.
#[derive(Default)]
pub struct Printer {
    text: String,
    depth: usize,
    is_typed: bool,
}

impl Printer {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub fn tree(&mut self, tree: &Tree) {
        (tree.rule.print)(tree, self);
    }

    /// Without the parentheses that an operator puts around itself.
    pub fn bare(&mut self, tree: &Tree) {
        let mut text = self.apart(tree);
        if let Some(inner) = without_parentheses(&text) {
            text = inner.to_owned();
        }
        self.push(&text);
    }

    /// The text of a tree by itself, at this depth.
    pub fn apart(&self, tree: &Tree) -> String {
        let mut printer = Self { text: String::new(), depth: self.depth, is_typed: self.is_typed };
        printer.tree(tree);
        printer.text
    }

    /// The same without parentheses.
    pub fn apart_bare(&self, tree: &Tree) -> String {
        let mut printer = Self { text: String::new(), depth: self.depth, is_typed: self.is_typed };
        printer.bare(tree);
        printer.text
    }

    /// The same for [`typed`](Self::typed).
    pub fn apart_typed(&self, tree: &Tree) -> String {
        let mut printer = Self { text: String::new(), depth: self.depth, is_typed: true };
        printer.bare(tree);
        printer.text
    }

    /// Literals have their types written out, where the compiler must know the type before it can infer it.
    pub fn typed(&mut self, tree: &Tree) {
        let before = std::mem::replace(&mut self.is_typed, true);
        self.bare(tree);
        self.is_typed = before;
    }

    /// Between `match` or `in` and a brace, where no struct may be made in the open.
    pub fn head(&mut self, tree: &Tree) {
        let before = std::mem::replace(&mut self.is_typed, true);
        let text = self.apart(tree);
        self.is_typed = before;
        let word = text.split(' ').next().unwrap_or_default();
        let is_struct = shapes::names().any(|name| word.split("::").next() == Some(name)) && text.ends_with('}');
        let inner = if is_struct { None } else { without_parentheses(&text) };
        self.push(&if is_struct { format!("({text})") } else { inner.unwrap_or(&text).to_owned() });
    }

    pub fn is_typed(&self) -> bool {
        self.is_typed
    }

    /// As the receiver of a method.
    pub fn receiver(&mut self, tree: &Tree) {
        let before = std::mem::replace(&mut self.is_typed, true);
        let text = self.apart(tree);
        self.is_typed = before;
        let binds_less = text.starts_with(['*', '-']);
        self.push(&if binds_less { format!("({text})") } else { text });
    }

    /// A number, with its type where it must be known.
    pub fn literal(&mut self, text: &str, suffix: &str) {
        self.push(text);
        if self.is_typed {
            self.push(suffix);
        }
    }

    /// `a, b, c`
    pub fn list(&mut self, trees: &[Tree]) {
        for (i, tree) in trees.iter().enumerate() {
            if i > 0 {
                self.push(", ");
            }
            self.bare(tree);
        }
    }

    pub fn line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }

    /// A line for each of the trees, in braces.
    pub fn braces(&mut self, print: impl FnOnce(&mut Self)) {
        self.push("{");
        self.depth += 1;
        print(self);
        self.depth -= 1;
        self.line();
        self.push("}");
    }
}

/// What stands between a pair of parentheses that spans the text.
fn without_parentheses(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    let mut is_tuple = false;
    for character in inner.chars() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => is_tuple = true,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    (!is_tuple).then_some(inner)
}

impl Program {
    /// All functions with what they need around them; each under `attribute`.
    pub fn print(&self, attribute: &str) -> String {
        let mut text = String::new();
        for (name, value) in CONSTANTS {
            text += &format!("const {name}: f64 = {value:?};\n");
        }
        text += &format!("const TABLE: [f64; {}] = {TABLE:?};\n", TABLE.len());
        for function in self.needed() {
            text += &format!("\n{attribute}\n{}\n", function.print());
        }
        text
    }
}

impl Function {
    pub fn print(&self) -> String {
        let parameters: Vec<String> = self
            .parameters
            .iter()
            .map(|parameter| {
                let var = &parameter.var;
                let constant = if parameter.constant { "#[constant] " } else { "" };
                let reference = match var.passing {
                    Passing::Own => "",
                    Passing::Shared => "&",
                    Passing::Exclusive => "&mut ",
                };
                let mutable = if var.mutable && var.passing == Passing::Own { "mut " } else { "" };
                format!("{constant}{mutable}{}: {reference}{}", var.name, var.ty.print())
            })
            .collect();
        let result = if self.result == Ty::Unit { String::new() } else { format!(" -> {}", self.result.print()) };
        let mut printer = Printer::default();
        printer.push(&format!("pub fn {}({}){result} ", self.name, parameters.join(", ")));
        printer.tree(&self.body);
        printer.text
    }
}

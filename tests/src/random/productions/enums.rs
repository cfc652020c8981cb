//! Enums: made, and what arms take them apart. How they are matched is in `taken`.

use crate::random::generate::Generator;
use crate::random::machine::Value;
use crate::random::shapes::Enum;
use crate::random::tree::{Rule, Tree};
use crate::random::ty::Ty;

/// Numbers: which variant. Children: what it holds.
static LITERAL: Rule = Rule::new(
    "enum literal of a variant",
    |tree, printer| {
        let variant = &Enum::VARIANTS[tree.ints[0] as usize];
        printer.push(&format!("{}::{}", Enum::NAME, variant.name));
        let fields = (variant.fields)();
        if fields.is_empty() {
            return;
        }
        printer.push(if variant.is_tuple { "(" } else { " { " });
        for (i, ((name, _), child)) in fields.iter().zip(&tree.children).enumerate() {
            printer.push(if i > 0 { ", " } else { "" });
            printer.push(&if variant.is_tuple { String::new() } else { format!("{name}: ") });
            printer.bare(child);
        }
        printer.push(if variant.is_tuple { ")" } else { " }" });
    },
    |tree, machine| {
        let parts: Result<Vec<_>, _> = tree.children.iter().map(|child| machine.eval(child)).collect();
        Ok(Value::Variant(tree.ints[0] as usize, parts?))
    },
);

pub fn literal(g: &mut Generator, ty: &Ty, depth: usize) -> Option<Tree> {
    let which = g.dice.below(Enum::VARIANTS.len());
    let children = (Enum::VARIANTS[which].fields)().iter().map(|(_, ty)| g.expr(ty, depth)).collect();
    Some(Tree::expr(&LITERAL, ty, children).ints(&[which as u64]))
}

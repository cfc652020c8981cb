//! What is known of std by name: which macros only look at their arguments, and which methods cut or keep a derivative.

use proc_macro2::Ident;

/// Methods whose result is an integer, a `bool` or an ordering, so that no derivative passes through them.
const CUTTING: [&str; 24] = [
    "len",
    "is_empty",
    "capacity",
    "is_nan",
    "is_infinite",
    "is_finite",
    "is_normal",
    "is_subnormal",
    "classify",
    "is_sign_positive",
    "is_sign_negative",
    "partial_cmp",
    "total_cmp",
    "cmp",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "contains",
    "is_some",
    "is_none",
    "is_ok",
];

/// Macros that only look at their arguments.
const LOOKING: [&str; 19] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "print",
    "println",
    "eprint",
    "eprintln",
    "write",
    "writeln",
    "format",
    "panic",
    "unreachable",
    "todo",
    "unimplemented",
    "matches",
    "format_args",
];

pub fn is_looking_macro(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| LOOKING.iter().any(|name| last.ident == name))
}

pub fn is_diverging_macro(path: &syn::Path) -> bool {
    const NAMES: [&str; 4] = ["panic", "unreachable", "todo", "unimplemented"];
    path.segments.last().is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
}

pub fn is_cutting_method(name: &Ident) -> bool {
    CUTTING.iter().any(|cutting| name == cutting)
}

/// Whether a macro reads variables that are named inside its format string. All that look do, but `matches!`.
pub fn is_formatting_macro(path: &syn::Path) -> bool {
    is_looking_macro(path) && path.segments.last().is_some_and(|last| last.ident != "matches")
}

/// Methods known not to change their receiver.
pub fn is_reading_method(name: &Ident) -> bool {
    const READING: [&str; 39] = [
        "iter",
        "as_slice",
        "first",
        "last",
        "get",
        "split_at",
        "split_first",
        "split_last",
        "chunks",
        "chunks_exact",
        "windows",
        "enumerate",
        "zip",
        "rev",
        "skip",
        "take",
        "step_by",
        "expect",
        "abs",
        "min",
        "max",
        "pow",
        "rem_euclid",
        "div_euclid",
        "wrapping_add",
        "wrapping_sub",
        "wrapping_mul",
        "saturating_sub",
        "saturating_add",
        "clone",
        "to_vec",
        "copied",
        "cloned",
        "unwrap",
        "floor",
        "round",
        "sqrt",
        "count_ones",
        "abs_diff",
    ];
    READING.iter().any(|reading| name == reading) || crate::rules::TABLE.iter().any(|rule| name == rule.name)
}

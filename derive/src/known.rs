//! What is known of std by name: which macros only look at their arguments, and which methods cut or keep a derivative.

use proc_macro2::Ident;

/// Methods whose result is an integer, a `bool` or an ordering, so that no derivative passes through them.
const CUTTING: [&str; 30] = [
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
    "any",
    "all",
    "count",
    "position",
    "rposition",
    "is_err",
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

/// Methods that integers have and floats have not.
pub fn is_integer_method(name: &Ident) -> bool {
    const NAMES: [&str; 15] = [
        "pow",
        "abs_diff",
        "unsigned_abs",
        "count_ones",
        "count_zeros",
        "leading_zeros",
        "trailing_zeros",
        "rotate_left",
        "rotate_right",
        "is_power_of_two",
        "next_power_of_two",
        "isqrt",
        "ilog2",
        "ilog10",
        "div_ceil",
    ];
    const FAMILIES: [&str; 4] = ["wrapping_", "saturating_", "checked_", "overflowing_"];
    let name = name.to_string();
    NAMES.contains(&name.as_str()) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// Whether a macro reads variables that are named inside its format string. All that look do, but `matches!`.
pub fn is_formatting_macro(path: &syn::Path) -> bool {
    is_looking_macro(path) && path.segments.last().is_some_and(|last| last.ident != "matches")
}

/// Methods known not to change their receiver.
pub fn is_reading_method(name: &Ident) -> bool {
    const READING: [&str; 56] = [
        "abs",
        "abs_diff",
        "as_ref",
        "as_slice",
        "chain",
        "chunks",
        "chunks_exact",
        "clone",
        "cloned",
        "copied",
        "count_ones",
        "div_euclid",
        "enumerate",
        "expect",
        "filter",
        "filter_map",
        "first",
        "floor",
        "fold",
        "get",
        "is_some_and",
        "iter",
        "last",
        "map",
        "map_or",
        "max",
        "max_by",
        "min",
        "min_by",
        "ok",
        "pow",
        "product",
        "rem_euclid",
        "rev",
        "round",
        "saturating_add",
        "saturating_sub",
        "skip",
        "split_at",
        "split_first",
        "split_last",
        "sqrt",
        "step_by",
        "sum",
        "to_owned",
        "to_string",
        "to_vec",
        "unwrap",
        "unwrap_or",
        "unwrap_or_default",
        "unwrap_or_else",
        "windows",
        "wrapping_add",
        "wrapping_mul",
        "wrapping_sub",
        "zip",
    ];
    READING.iter().any(|reading| name == reading) || crate::rules::TABLE.iter().any(|rule| name == rule.name)
}

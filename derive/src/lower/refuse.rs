//! The words for what is refused: the construct, then the way out.

use syn::Expr;

pub(super) const RETURN: &str =
    "an early `return` is not supported yet: give the value by `if`/`else` at the end of the function";
pub(super) const TRY: &str = "`?` inside of this is not supported: give the value a name by `let` before";
pub(super) const BREAK: &str =
    "a `break` or `continue` inside this expression is not supported: jump in a statement of its own";
pub(super) const LABEL: &str =
    "only loops can be left by `break` and `continue` here: a block with a label is not supported yet";
pub(super) const UNSAFE: &str =
    "an `unsafe` block cannot be differentiated: move it into a function of its own and pass in its result";
pub(super) const AWAIT: &str = "`.await` cannot be differentiated: wait for the value before, and pass it in";
pub(super) const TEXT: &str = "text is read as a value here, and this function makes text of a value that carries a derivative, which would be lost: write `stop_gradient(x)` for that value where the text is made, or compute without text";
pub(super) const UNKNOWN_MACRO: &str = "what this macro expands to is not known here, so it cannot be differentiated: write out what it does, or call it in a function of its own";

pub(super) const REFERENCE: &str = "a reference that may be changed to point elsewhere, or whose target is not known here, is not supported: index the data it points into instead";

pub(super) const ERROR: &str =
    "no derivative passes through the error of a `Result`: cut it with `stop_gradient(…)` of the value in it";

pub(super) const LEAVING_CLOSURE: &str = "`return` and `?` in a closure over values with derivatives are not supported yet: give its value by `if` and `else`, or write a function with `#[backprop]`";
pub(super) const CLOSURES_WITHOUT_END: &str = "closures that call closures are written in place, and that is too many here: write the inner ones as functions with `#[backprop]`";
pub(super) const EXITS_WITHOUT_END: &str = "more than 40 statements before this one may leave the function or a loop, which is too many: move some of them into a function of their own, with `#[backprop]`";
pub(super) const MOVED_CAPTURE: &str = "a `move` closure over a variable that changes is not supported where it carries derivatives: drop the `move`, or capture a copy that does not change";
pub(super) const COLLECT: &str =
    "values with derivatives can be collected into a `Vec` alone: write `collect::<Vec<_>>()`, or the loop";

pub(super) const PATTERN: &str = "this pattern is not supported where it binds a value with a derivative: use names, `&name`, and tuples, arrays, structs and variants of such";

pub(super) const ITERATOR: &str = "this iterator is not supported where the loop carries derivatives: loop over a range of indices, or over a slice by reference (`for v in &xs`, `xs.iter()`, with `enumerate()`, `zip(ys)` and their like)";

/// Why an adaptor of a loop's iterator is refused, and what to write instead.
pub(super) fn adaptor(name: &str) -> String {
    let way_out = match name {
        "map" | "inspect" => "compute it in the loop's body",
        "filter" | "filter_map" | "skip_while" => "test it in the loop's body with `if`",
        "take_while" | "map_while" | "scan" => "test it in the loop's body, and leave by `break`",
        "chain" => "write one loop for each part",
        "flat_map" | "flatten" => "write a loop within a loop",
        "by_ref" => "loop over a range of indices",
        _ => "loop over a range of indices, or over a slice by reference (`for v in &xs`, `xs.iter()`)",
    };
    format!("`{name}` is not supported in the head of a loop that carries derivatives: {way_out}")
}

/// Macros of std that make a value and nothing else.
pub(super) fn is_plain_macro(path: &syn::Path) -> bool {
    const NAMES: [&str; 11] = [
        "vec",
        "stringify",
        "concat",
        "line",
        "column",
        "file",
        "module_path",
        "env",
        "option_env",
        "cfg",
        "include_str",
    ];
    path.segments.last().is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
}

/// Methods that turn a float into bits or integers.
pub(super) fn is_bits_method(name: &syn::Ident) -> bool {
    const NAMES: [&str; 5] = ["to_bits", "to_ne_bytes", "to_le_bytes", "to_be_bytes", "to_int_unchecked"];
    NAMES.iter().any(|bits| name == bits)
}

/// Why an expression that carries a derivative is refused, and what to write instead.
pub(super) fn expression(expr: &Expr) -> &'static str {
    match expr {
        Expr::Closure(_) => {
            "a closure over values with derivatives can be called, but not be passed on or kept elsewhere yet: write a function with `#[backprop]`"
        }
        Expr::Return(_) => RETURN,
        Expr::Try(_) => TRY,
        Expr::Break(_) | Expr::Continue(_) => BREAK,
        Expr::Unsafe(_) => UNSAFE,
        Expr::Await(_) | Expr::Async(_) => AWAIT,
        Expr::Range(_) => "a range of values with derivatives is not supported: use separate variables for its ends",
        Expr::Reference(_) => {
            "a reference to a value with a derivative can be bound by `let`, indexed, or passed to a `#[backprop]` function, but not used here: use the value itself"
        }
        Expr::Assign(_) => "an assignment as a value is not supported: assign in a statement of its own",
        Expr::Unary(_) => "this operator has no derivative: use it on values without one",
        Expr::Macro(_) => UNKNOWN_MACRO,
        _ => {
            "this expression is not supported where it carries a derivative: write it with arithmetic, function calls, `if` and `for`"
        }
    }
}

pub(super) fn method(name: &str) -> String {
    let way_out = match name {
        "iter" | "iter_mut" | "into_iter" | "map" | "zip" | "sum" | "product" | "fold" | "rev" | "enumerate"
        | "copied" | "cloned" | "filter" | "take" | "skip" | "chain" | "windows" | "chunks" | "chunks_exact"
        | "flat_map" | "scan" | "for_each" | "collect" => "write the iterator chain as a `for` loop",
        "push" | "pop" | "extend" | "insert" | "remove" | "truncate" | "resize" | "clear" | "append" => {
            "it is known for a `Vec` that has a name: bind the value to one with `let mut` first"
        }
        "retain" | "retain_mut" | "drain" | "dedup" | "dedup_by" | "dedup_by_key" | "splice" | "resize_with" => {
            "push the elements that there are to be into a new `Vec`, in a loop"
        }
        "sort"
        | "sort_by"
        | "sort_by_key"
        | "sort_by_cached_key"
        | "sort_unstable"
        | "sort_unstable_by"
        | "sort_unstable_by_key"
        | "select_nth_unstable_by" => {
            "sort a `Vec` of indices by the values (`order.sort_by(|&a, &b| x[a].total_cmp(&x[b]))`), and take the elements by that"
        }
        "first" | "last" | "get" | "get_mut" | "first_mut" | "last_mut" => {
            "index the slice instead, or take the element by `unwrap()`"
        }
        "split_at" | "split_at_mut" => "take the pair apart in a `let`: `let (a, b) = x.split_at(n);`",
        "split_first" | "split_last" | "split_first_mut" | "split_last_mut" => {
            "take the pair apart in a `let`: `let (first, rest) = x.split_first().unwrap();`"
        }
        "to_bits" | "to_ne_bytes" | "to_le_bytes" | "to_be_bytes" | "to_int_unchecked" => {
            "the bits of a value have no derivative; cut it with `stop_gradient(x)`"
        }
        "into" | "try_into" | "from" => "use `as f64` or `as f32`",
        _ => "call a function with `#[backprop]` instead, or cut the derivative with `stop_gradient(…)`",
    };
    format!("the method `{name}` has no derivative here: {way_out}")
}

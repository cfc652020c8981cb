//! What the tests hold generated gradients against.
//!
//! [`check!`] takes a call of an annotated function as it stands in a program and runs every function that the
//! attribute made for it: the value must be the plain function's bit for bit, what `&mut` parameters are left with
//! as well, and each gradient must agree with central differences of the plain function.

mod case;
mod components;
mod numeric;
pub mod random;

pub use case::{Case, Known, Outputs, Pass, Reference};
pub use components::{Components, duplicate, read, write};
pub use numeric::{assert_close, gradient, slope};

/// The Rust in the pages of documentation compiles and does what they say.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../docs/pipeline.md")]
    struct Pipeline;

    #[doc = include_str!("../../docs/rules.md")]
    struct Rules;
}

/// Checks a call of an annotated function.
///
/// ```text
/// check!(norm(&vec![3.0, 4.0], 2.0));         // a result of one float: every generated function
/// check!(solve(&a, &mut b, const 3) -> ());   // no result but what it leaves in `b`
/// check!(roots(1.0, -3.0, 2.0) -> _);         // any other result: by pullback
/// check!(rounded(0.1), within 1e-4);          // where central differences are no better than that
/// check!(chain(0.1), against reference);      // what else to compare with
/// ```
///
/// Arguments stand as in a call; `const` marks one that is not differentiated. Each is cloned for each run, so that
/// one run cannot hand its leavings to the next.
#[macro_export]
macro_rules! check {
    ($($function:ident)::+ ($($arguments:tt)*)) => {
        $crate::check!($($function)::+($($arguments)*), within 1e-8)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> ()) => {
        $crate::check!($($function)::+($($arguments)*) -> (), within 1e-8)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> _) => {
        $crate::check!($($function)::+($($arguments)*) -> _, within 1e-8)
    };
    ($($function:ident)::+ ($($arguments:tt)*), within $tolerance:expr) => {
        $crate::__check!(scalar $tolerance; [$($function)::+] [] [] [] $($arguments)*,)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> (), within $tolerance:expr) => {
        $crate::__check!(unit $tolerance; [$($function)::+] [] [] [] $($arguments)*,)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> _, within $tolerance:expr) => {
        $crate::__check!(other $tolerance; [$($function)::+] [] [] [] $($arguments)*,)
    };
    ($($function:ident)::+ ($($arguments:tt)*), against $reference:expr) => {
        $crate::__check!(scalar $reference; [$($function)::+] [] [] [] $($arguments)*,)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> (), against $reference:expr) => {
        $crate::__check!(unit $reference; [$($function)::+] [] [] [] $($arguments)*,)
    };
    ($($function:ident)::+ ($($arguments:tt)*) -> _, against $reference:expr) => {
        $crate::__check!(other $reference; [$($function)::+] [] [] [] $($arguments)*,)
    };
}

/// Sorts the arguments, then makes the [`Case`].
///
/// The three lists are: all arguments with the way they are passed, the differentiated ones, and the `&mut` ones; each
/// `argument` and `buffer` is an identifier of its own by macro hygiene.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($kind:ident $tolerance:expr; $f:tt [$($all:tt)*] [$($active:tt)*] [$($left:tt)*] const $value:expr, $($rest:tt)*) => {
        $crate::__check!($kind $tolerance; $f
            [$($all)* (constant argument $value)] [$($active)*] [$($left)*] $($rest)*)
    };
    ($kind:ident $tolerance:expr; $f:tt [$($all:tt)*] [$($active:tt)*] [$($left:tt)*] &mut $value:expr, $($rest:tt)*) => {
        $crate::__check!($kind $tolerance; $f
            [$($all)* (exclusive argument $value)] [$($active)* (exclusive argument buffer)] [$($left)* (argument buffer)] $($rest)*)
    };
    ($kind:ident $tolerance:expr; $f:tt [$($all:tt)*] [$($active:tt)*] [$($left:tt)*] & $value:expr, $($rest:tt)*) => {
        $crate::__check!($kind $tolerance; $f
            [$($all)* (shared argument $value)] [$($active)* (shared argument buffer)] [$($left)*] $($rest)*)
    };
    ($kind:ident $tolerance:expr; $f:tt [$($all:tt)*] [$($active:tt)*] [$($left:tt)*] $value:expr, $($rest:tt)*) => {
        $crate::__check!($kind $tolerance; $f
            [$($all)* (value argument $value)] [$($active)* (value argument buffer)] [$($left)*] $($rest)*)
    };
    // A trailing comma of the call's own.
    ($kind:ident $tolerance:expr; $f:tt $all:tt $active:tt $left:tt ,) => {
        $crate::__check!($kind $tolerance; $f $all $active $left)
    };
    ($kind:ident $tolerance:expr; [$($f:ident)::+]
        [$(($mode:ident $argument:ident $value:expr))*]
        [$(($how:ident $active:ident $buffer:ident))*]
        [$(($left:ident $left_buffer:ident))*]
    ) => {{
        $(let $argument = $crate::duplicate(&$value);)*
        let mut inputs = Vec::new();
        let mut exclusive = Vec::new();
        $(
            $crate::read(&$active, &mut inputs);
            exclusive.resize(inputs.len(), stringify!($how) == "exclusive");
        )*

        let plain = |components: &[f64]| {
            let mut from = components.iter();
            $(#[allow(unused_mut)] let mut $argument = $crate::duplicate(&$argument);)*
            $($crate::write(&mut $active, &mut from);)*
            let result = $($f)::+($($crate::__pass!($mode $argument)),*);
            $crate::__outputs!(result $($left)*)
        };
        let grad = |components: &[f64]| {
            let mut from = components.iter();
            $(#[allow(unused_mut)] let mut $argument = $crate::duplicate(&$argument);)*
            $($crate::write(&mut $active, &mut from);)*
            $crate::__when_scalar!($kind {
                let gradient = $($f)::+::grad($($crate::__pass!($mode $argument)),*);
                let mut components = Vec::new();
                $crate::read(&gradient, &mut components);
                components
            })
        };
        let value_and_grad = |components: &[f64]| {
            let mut from = components.iter();
            $(#[allow(unused_mut)] let mut $argument = $crate::duplicate(&$argument);)*
            $($crate::write(&mut $active, &mut from);)*
            $crate::__when_scalar!($kind {
                let (result, gradient) = $($f)::+::value_and_grad($($crate::__pass!($mode $argument)),*);
                let mut components = Vec::new();
                $crate::read(&gradient, &mut components);
                ($crate::__outputs!(result $($left)*), components)
            })
        };
        let value_and_grad_into = |components: &[f64], buffers: &[f64]| {
            let mut from = components.iter();
            let mut buffers = buffers.iter();
            $(#[allow(unused_mut)] let mut $argument = $crate::duplicate(&$argument);)*
            $(
                $crate::write(&mut $active, &mut from);
                let mut $buffer = ::backprop::Differentiable::zero_gradient(&$active);
                $crate::write(&mut $buffer, &mut buffers);
            )*
            $crate::__unless_other!($kind {
                let result = $($f)::+::value_and_grad_into(
                    $($crate::__pass!($mode $argument),)* $(&mut $buffer),*
                );
                let mut components = Vec::new();
                $($crate::read(&$buffer, &mut components);)*
                ($crate::__outputs!(result $($left)*), components)
            })
        };
        let vjp = |components: &[f64], seeds: &[Vec<f64>]| {
            let mut from = components.iter();
            $(#[allow(unused_mut)] let mut $argument = $crate::duplicate(&$argument);)*
            $($crate::write(&mut $active, &mut from);)*
            $(let $left_buffer = ::backprop::Differentiable::zero_gradient(&$left);)*
            let (result, pullback) = $($f)::+::vjp($($crate::__pass!($mode $argument)),*);
            let mut gradients = Vec::new();
            for seed in seeds {
                #[allow(unused_variables, unused_mut)]
                let mut seed = seed.iter();
                let result_bar = $crate::__result_seed!($kind result seed);
                $(
                    let mut $left_buffer = $crate::duplicate(&$left_buffer);
                    $crate::write(&mut $left_buffer, &mut seed);
                )*
                let gradient = $crate::__pull_back!($kind pullback result_bar $($left_buffer)*);
                let mut components = Vec::new();
                $crate::read(&gradient, &mut components);
                gradients.push(components);
            }
            drop(pullback);
            ($crate::__outputs!(result $($left)*), gradients)
        };
        $crate::Case {
            name: stringify!($($f)::+),
            reference: $crate::Reference::from($tolerance),
            inputs,
            exclusive,
            plain: &plain,
            grad: &grad,
            value_and_grad: &value_and_grad,
            value_and_grad_into: &value_and_grad_into,
            vjp: &vjp,
        }
        .check($crate::Pass::$kind);
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __pass {
    (constant $argument:ident) => {
        $argument
    };
    (value $argument:ident) => {
        $argument
    };
    (shared $argument:ident) => {
        &$argument
    };
    (exclusive $argument:ident) => {
        &mut $argument
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __outputs {
    ($result:ident $($left:ident)*) => {{
        let mut components = Vec::new();
        $crate::read(&$result, &mut components);
        $($crate::read(&$left, &mut components);)*
        $crate::Outputs { components, text: format!("{:?}", (&$result, $(&$left,)*)) }
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __when_scalar {
    (scalar $body:block) => {
        $body
    };
    ($other:ident $body:block) => {
        unreachable!()
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __unless_other {
    (other $body:block) => {
        unreachable!()
    };
    ($other:ident $body:block) => {
        $body
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __result_seed {
    (unit $result:ident $seed:ident) => {
        ()
    };
    ($other:ident $result:ident $seed:ident) => {{
        let mut result_bar = ::backprop::Differentiable::zero_gradient(&$result);
        $crate::write(&mut result_bar, &mut $seed);
        result_bar
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __pull_back {
    (unit $pullback:ident $result_bar:ident $($left_bar:ident)*) => {
        $pullback($($left_bar),*)
    };
    ($other:ident $pullback:ident $result_bar:ident $($left_bar:ident)*) => {
        $pullback($result_bar $(, $left_bar)*)
    };
}

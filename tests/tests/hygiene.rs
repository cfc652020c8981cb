//! Generated code beside hostile names and strict lints.

#![deny(warnings)]
#![deny(clippy::pedantic)]
#![forbid(unsafe_code)]

use backprop_tests::check;

#[allow(clippy::similar_names)]
mod hostile_names {
    use backprop::backprop;

    /// Locals with the names that a generator of derivatives might choose for itself.
    #[backprop]
    pub fn locals(x: f64, y: f64) -> f64 {
        let tape = x * y;
        let seed = tape.sin();
        let x_bar = seed * tape;
        let mut pullback = x_bar + x;
        let value = pullback * pullback;
        pullback *= value;
        let forward = pullback - y;
        let take = forward * 0.5;
        let gradient = take + value;
        let result = gradient * x;
        let t0 = result.tanh();
        let x_0 = t0 * y;
        x_0 + take * seed
    }

    #[backprop]
    pub fn parameters(x: f64, x_bar: f64, y_bar: f64, seed: f64) -> f64 {
        let y = x * x_bar;
        y * y_bar + seed * x
    }

    #[backprop]
    pub fn named_like_results(value: &[f64], pullback: f64, tape: &mut [f64], result: f64) -> f64 {
        let mut grad = 1.0;
        for forward in 0..value.len() {
            tape[forward] *= value[forward] * grad;
            grad = tape[forward].cos() * pullback + result;
        }
        grad
    }

    #[backprop]
    pub fn value_and_grad(forward: f64) -> f64 {
        grad(forward) * vjp(forward)
    }

    #[backprop]
    pub fn grad(x: f64) -> f64 {
        x * x
    }

    #[backprop]
    pub fn vjp(x: f64) -> f64 {
        x.sin()
    }

    #[backprop]
    pub fn forward(pullback: f64) -> f64 {
        let forward = vjp(pullback);
        forward * pullback
    }

    #[backprop]
    pub fn pullback(r#type: f64, r#in: &[f64]) -> f64 {
        let r#loop = r#type * r#in[0];
        r#loop * r#loop
    }

    #[backprop]
    pub fn shouting(X: f64, _unused: f64, __x: f64) -> f64 {
        #![allow(non_snake_case)]
        let Y = X * __x;
        Y * Y
    }
}

#[test]
fn hostile_names_mean_what_they_mean_in_the_plain_function() {
    check!(hostile_names::locals(0.7, -1.2));
    check!(hostile_names::parameters(0.7, -1.2, 0.4, 1.9));
    check!(hostile_names::named_like_results(&vec![0.7, -1.2], 0.4, &mut vec![1.1, 0.3], 0.2));
    check!(hostile_names::value_and_grad(0.7));
    check!(hostile_names::forward(0.7));
    check!(hostile_names::pullback(0.7, &vec![1.5]));
    check!(hostile_names::shouting(0.7, 1.0, 2.0));
}

mod hostile_items {
    use backprop::backprop;

    // What a generated function might call by a bare name.
    #[allow(dead_code)]
    fn take() -> &'static str {
        "the user's own"
    }

    #[allow(dead_code)]
    fn accumulate() {}

    #[allow(dead_code)]
    struct Tape;

    #[allow(dead_code)]
    enum Branch {
        Then,
        Else,
    }

    #[allow(dead_code)]
    trait Differentiable {}

    #[allow(dead_code)]
    trait Gradient {}

    #[allow(dead_code)]
    type Vec = u8;

    #[allow(dead_code)]
    type Option = u8;

    #[allow(dead_code)]
    mod core {}

    #[allow(dead_code)]
    mod std {}

    #[allow(dead_code)]
    mod rules {}

    #[allow(unused_macros)]
    macro_rules! vec {
        ($($t:tt)*) => {
            compile_error!("the user's own")
        };
    }

    #[allow(unused_macros)]
    macro_rules! assert {
        ($($t:tt)*) => {
            compile_error!("the user's own")
        };
    }

    #[backprop]
    pub fn looped(x: &[f64], k: f64) -> f64 {
        let mut s = k;
        for i in 0..x.len() {
            if s > 1.0 {
                s *= x[i].abs();
            } else {
                s += x[i].powf(2.0) * s.sin();
            }
        }
        s
    }
}

#[test]
fn items_of_the_user_are_not_taken_for_the_runtimes() {
    check!(hostile_items::looped(&vec![0.7, -1.2, 0.9], 0.8));
}

mod renamed_float {
    use backprop::backprop;

    pub type Real = f64;

    #[backprop]
    pub fn norm(x: Real, y: Real) -> Real {
        let square: Real = x * x + y * y;
        square.sqrt()
    }

    #[backprop]
    pub fn dot(x: &[Real], y: &[Real]) -> Real {
        let mut s: Real = 0.0;
        for i in 0..x.len() {
            s += x[i] * y[i];
        }
        s
    }
}

#[test]
fn a_float_by_another_name() {
    check!(renamed_float::norm(0.7, -1.2));
    check!(renamed_float::dot(&vec![0.7, -1.2], &vec![0.4, 2.0]));
}

#[allow(clippy::needless_lifetimes)]
mod lifetimes {
    use backprop::backprop;

    #[backprop]
    pub fn named<'a>(x: &'a [f64], k: f64) -> f64 {
        x[0] * x[1] * k
    }

    #[backprop]
    pub fn several<'a, 'b: 'a>(x: &'a [f64], out: &'b mut [f64], #[constant] data: &'a [f64]) {
        for i in 0..x.len() {
            out[i] *= x[i] * data[i];
        }
    }

    #[backprop]
    pub fn calls<'long>(x: &'long [f64]) -> f64 {
        let mut out = vec![1.5; x.len()];
        several(x, &mut out, &[1.0, 2.0]);
        named(&out, x[0])
    }

    #[backprop]
    pub fn elided(x: &'_ [f64], #[constant] word: &'static str) -> f64 {
        x[0] * x[0] * f64::from(u8::try_from(word.len()).unwrap())
    }
}

#[test]
fn parameters_with_lifetimes() {
    check!(lifetimes::named(&vec![0.7, -1.2], 0.4));
    check!(lifetimes::several(&vec![0.7, -1.2], &mut vec![0.3, 0.9], const &[1.0, 2.0][..]) -> ());
    check!(lifetimes::calls(&vec![0.7, -1.2]));
    check!(lifetimes::elided(&vec![0.7, -1.2], const "three"));
}

mod made_by_a_macro {
    macro_rules! polynomial {
        ($name:ident, $x:ident: $float:ty, $body:expr) => {
            #[backprop::backprop]
            pub fn $name($x: $float) -> $float {
                let y = $body;
                y * $x
            }
        };
    }

    polynomial!(cubic, x: f64, x * x - 2.0);
    polynomial!(shadowed, y: f64, y + 1.0);
}

#[test]
fn functions_made_by_a_macro_keep_its_hygiene() {
    check!(made_by_a_macro::cubic(0.7));
    check!(made_by_a_macro::shadowed(0.7));
}

mod documented {
    #![deny(missing_docs)]

    use backprop::backprop;

    /// A function with documentation, in a module that demands it.
    #[must_use]
    #[backprop]
    pub fn square(x: f64) -> f64 {
        x * x
    }
}

#[test]
fn generated_items_are_documented() {
    check!(documented::square(0.7));
}

mod only_its_gradient {
    use backprop::backprop;

    #[backprop]
    fn loss(w: f64) -> f64 {
        (w - 1.0) * (w - 1.0)
    }

    pub fn slope(w: f64) -> f64 {
        loss::grad(w)
    }
}

#[test]
fn a_function_called_only_for_its_gradient_is_not_dead_code() {
    assert!((only_its_gradient::slope(3.0) - 4.0).abs() < 1e-15);
}

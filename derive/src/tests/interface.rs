//! The whole item that the attribute adds.

use super::{expansion, phase};
use expect_test::expect;

pub(super) const BILL: &str = "
#[backprop]
/// What some doughnuts cost.
pub fn bill(price: f64, count: f64, tax: f64) -> f64 {
    let subtotal = price * count;
    subtotal * tax
}
";

#[test]
fn lowered() {
    expect![[r#"
        fn bill(price, count, tax)
            #1 let subtotal = mul price count
            #2 let t = mul subtotal tax
            result t
    "#]]
    .assert_eq(&phase("lower", BILL));
}

#[test]
fn activity() {
    expect![[r#"
        fn bill(price, count, tax)
            #1 let subtotal = mul price count            ; subtotal active
            #2 let t = mul subtotal tax                  ; t active
            result t
    "#]]
    .assert_eq(&phase("activity", BILL));
}

#[test]
fn adjoint() {
    expect![[r#"
            begin t_bar = seed
            restore #2
            begin subtotal_bar = t_bar * tax
            begin tax_bar = t_bar * subtotal
            restore #1
            begin price_bar = subtotal_bar * count
            begin count_bar = subtotal_bar * price
    "#]]
    .assert_eq(&phase("adjoint", BILL));
}

#[test]
fn recorded() {
    expect![[r#"
        fn bill(price, count, tax)
            #1 let subtotal = mul price count            ; subtotal needed
            #2 let t = mul subtotal tax
            result t
    "#]]
    .assert_eq(&phase("recorded", BILL));
}

#[test]
fn expanded() {
    expect![[r#"
        /// What some doughnuts cost.
        pub fn bill(price: f64, count: f64, tax: f64) -> f64 {
            let subtotal = price * count;
            subtotal * tax
        }
        /**The derivatives of [`bill`](bill()), made by `#[backprop]`.

        A gradient is a tuple of the derivatives by `price`, `count`, `tax`, in this order. Each derivative has the shape of its parameter.

        Every function here takes the arguments of the function itself.*/
        #[allow(non_camel_case_types, dead_code)]
        #[non_exhaustive]
        pub struct bill {}
        #[allow(unused)]
        const _: () = {
            let _ = bill;
        };
        #[automatically_derived]
        #[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl bill {
            /**Returns what `bill` returns, and *adds* the derivative by each differentiable parameter to its buffer (`…_grad`).

        A buffer must have the shape of its parameter.

        # Panics

        Where the function itself panics, and if a buffer has another length than its parameter, before anything is written.*/
            pub fn value_and_grad_into(
                price: f64,
                count: f64,
                tax: f64,
                price_grad: &mut f64,
                count_grad: &mut f64,
                tax_grad: &mut f64,
            ) -> f64 {
                let (value, (price_bar, count_bar, tax_bar)) = Self::value_and_grad(
                    price,
                    count,
                    tax,
                );
                *price_grad += price_bar;
                *count_grad += count_bar;
                *tax_grad += tax_bar;
                value
            }
            /**The value of `bill` and its gradient, in one forward and one reverse sweep.

        A gradient is a tuple of the derivatives by `price`, `count`, `tax`, in this order. Each derivative has the shape of its parameter.*/
            pub fn value_and_grad(price: f64, count: f64, tax: f64) -> (f64, (f64, f64, f64)) {
                let subtotal = price * count;
                let value = subtotal * tax;
                let subtotal_bar = tax;
                let tax_bar = subtotal;
                let price_bar = subtotal_bar * count;
                let count_bar = subtotal_bar * price;
                (value, (price_bar, count_bar, tax_bar))
            }
            /**The gradient of `bill` at these arguments.

        A gradient is a tuple of the derivatives by `price`, `count`, `tax`, in this order. Each derivative has the shape of its parameter.*/
            pub fn grad(price: f64, count: f64, tax: f64) -> (f64, f64, f64) {
                Self::value_and_grad(price, count, tax).1
            }
            /**The value of `bill`, and its pullback: a function from the adjoint of the result to the gradient, to be called as often as wanted.

        A gradient is a tuple of the derivatives by `price`, `count`, `tax`, in this order. Each derivative has the shape of its parameter.*/
            pub fn vjp(
                price: f64,
                count: f64,
                tax: f64,
            ) -> (f64, impl ::core::ops::Fn(f64) -> (f64, f64, f64) + use<>) {
                let (value, pullback) = Self::forward::<true, true, true>(price, count, tax);
                (
                    value,
                    move |value_bar: f64| {
                        if value_bar == 0.0 {
                            return (0.0, 0.0, 0.0);
                        }
                        let (price_grad, count_grad, tax_grad) = ::core::clone::Clone::clone(
                            &pullback,
                        )(value_bar);
                        (price_grad, count_grad, tax_grad)
                    },
                )
            }
            #[doc(hidden)]
            pub fn forward<
                const PRICE_ACTIVE: bool,
                const COUNT_ACTIVE: bool,
                const TAX_ACTIVE: bool,
            >(
                price: f64,
                count: f64,
                tax: f64,
            ) -> (
                f64,
                impl ::core::ops::FnOnce(
                    f64,
                ) -> (
                        f64,
                        f64,
                        f64,
                    ) + ::core::clone::Clone + use<PRICE_ACTIVE, COUNT_ACTIVE, TAX_ACTIVE>,
            ) {
                let subtotal = price * count;
                let value = subtotal * tax;
                (
                    value,
                    move |value_bar: f64| {
                        let subtotal_bar = value_bar * tax;
                        let tax_bar = value_bar * subtotal;
                        let price_bar = subtotal_bar * count;
                        let count_bar = subtotal_bar * price;
                        (price_bar, count_bar, tax_bar)
                    },
                )
            }
        }
    "#]].assert_eq(&expansion(BILL));
}

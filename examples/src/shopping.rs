//! Two bills of a bakery and a square: functions of a line or two, differentiated by the attribute.
//!
//! The first bill is written out; the second is put together from smaller functions, and so is its derivative.

use backprop::backprop;

/// What `count` things of the same `price` cost.
#[backprop]
pub fn cost(price: f64, count: f64) -> f64 {
    price * count
}

/// Both amounts together.
#[backprop]
pub fn together(a: f64, b: f64) -> f64 {
    a + b
}

/// The amount to pay when the tax is on it: a `tax` of 1.1 adds ten per cent.
#[backprop]
pub fn with_tax(amount: f64, tax: f64) -> f64 {
    amount * tax
}

/// The first bill: some doughnuts, and the tax.
#[backprop]
pub fn doughnuts(price: f64, count: f64, tax: f64) -> f64 {
    let subtotal = price * count;
    subtotal * tax
}

/// Some doughnuts and some cup cakes, before tax.
#[backprop]
pub fn before_tax(doughnut: f64, doughnuts: f64, cup_cake: f64, cup_cakes: f64) -> f64 {
    together(cost(doughnut, doughnuts), cost(cup_cake, cup_cakes))
}

/// The second bill: the same, and the tax.
#[backprop]
pub fn bakery(doughnut: f64, doughnuts: f64, cup_cake: f64, cup_cakes: f64, tax: f64) -> f64 {
    let subtotal = before_tax(doughnut, doughnuts, cup_cake, cup_cakes);
    with_tax(subtotal, tax)
}

/// `t²`, the outer function of `(x + y)²`.
#[backprop]
pub fn square(t: f64) -> f64 {
    t.powi(2)
}

/// `(x + y)²`.
#[backprop]
pub fn square_of_sum(x: f64, y: f64) -> f64 {
    let t = x + y;
    t.powi(2)
}

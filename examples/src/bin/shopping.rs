//! The chain rule on a shopping list, number by number.
//!
//! ```sh
//! cargo run --bin shopping
//! ```
//!
//! Each bill is worked out from left to right, in steps that are `#[backprop]` functions of their own. `vjp` gives the
//! value of a step and its pullback: the derivative of the result by what the step made goes in, and the derivatives by
//! what the step was made from come out. So the derivatives are found from right to left. Beside each stands the
//! numerical one.

use std::fmt;

use backprop_examples::shopping::{bakery, cost, doughnuts, square, square_of_sum, together, with_tax};

fn main() {
    println!("{}\n\n{}\n\n{}", first_bill(), second_bill(), chain_rule());
}

/// Two doughnuts at 100, and ten per cent of tax.
fn first_bill() -> Story {
    let (price, count, tax) = (100.0, 2.0, 1.1);

    let (subtotal, cost_pullback) = cost::vjp(price, count);
    let (total, tax_pullback) = with_tax::vjp(subtotal, tax);

    let d_total = 1.0;
    let (d_subtotal, d_tax) = tax_pullback(d_total);
    let (d_price, d_count) = cost_pullback(d_subtotal);

    Story {
        title: "Two doughnuts at 100, tax factor 1.1",
        steps: vec![
            Step::given("price", price, d_price, |x| doughnuts(x, count, tax)),
            Step::given("count", count, d_count, |x| doughnuts(price, x, tax)),
            Step::made("subtotal", "price × count", subtotal, d_subtotal, |x| with_tax(x, tax)),
            Step::given("tax", tax, d_tax, |x| doughnuts(price, count, x)),
            Step::made("total", "subtotal × tax", total, d_total, |x| x),
        ],
    }
}

/// Two doughnuts at 100, three cup cakes at 150, and ten per cent of tax.
fn second_bill() -> Story {
    let (price_1, count_1, price_2, count_2, tax) = (100.0, 2.0, 150.0, 3.0, 1.1);

    let (cost_1, pullback_1) = cost::vjp(price_1, count_1);
    let (cost_2, pullback_2) = cost::vjp(price_2, count_2);
    let (subtotal, sum_pullback) = together::vjp(cost_1, cost_2);
    let (total, tax_pullback) = with_tax::vjp(subtotal, tax);

    let d_total = 1.0;
    let (d_subtotal, d_tax) = tax_pullback(d_total);
    let (d_cost_1, d_cost_2) = sum_pullback(d_subtotal);
    let (d_price_2, d_count_2) = pullback_2(d_cost_2);
    let (d_price_1, d_count_1) = pullback_1(d_cost_1);

    Story {
        title: "Two doughnuts at 100 and three cup cakes at 150, tax factor 1.1",
        steps: vec![
            Step::given("doughnut price", price_1, d_price_1, |x| bakery(x, count_1, price_2, count_2, tax)),
            Step::given("doughnut count", count_1, d_count_1, |x| bakery(price_1, x, price_2, count_2, tax)),
            Step::made("doughnut cost", "doughnut price × doughnut count", cost_1, d_cost_1, |x| {
                with_tax(x + cost_2, tax)
            }),
            Step::given("cup cake price", price_2, d_price_2, |x| bakery(price_1, count_1, x, count_2, tax)),
            Step::given("cup cake count", count_2, d_count_2, |x| bakery(price_1, count_1, price_2, x, tax)),
            Step::made("cup cake cost", "cup cake price × cup cake count", cost_2, d_cost_2, |x| {
                with_tax(cost_1 + x, tax)
            }),
            Step::made("subtotal", "doughnut cost + cup cake cost", subtotal, d_subtotal, |x| with_tax(x, tax)),
            Step::given("tax", tax, d_tax, |x| bakery(price_1, count_1, price_2, count_2, x)),
            Step::made("total", "subtotal × tax", total, d_total, |x| x),
        ],
    }
}

/// `z = (x + y)²`: with `t = x + y`, `dz/dx = dz/dt · dt/dx = 2t · 1`.
fn chain_rule() -> Story {
    let (x, y) = (3.0, 4.0);

    let (t, sum_pullback) = together::vjp(x, y);
    let (z, square_pullback) = square::vjp(t);

    let d_z = 1.0;
    let d_t = square_pullback(d_z);
    let (d_x, d_y) = sum_pullback(d_t);

    Story {
        title: "z = (x + y)² at x = 3, y = 4",
        steps: vec![
            Step::given("x", x, d_x, |x| square_of_sum(x, y)),
            Step::given("y", y, d_y, |y| square_of_sum(x, y)),
            Step::made("t", "x + y", t, d_t, square),
            Step::made("z", "t²", z, d_z, |z| z),
        ],
    }
}

/// A computation and its derivatives, to be told.
struct Story {
    title: &'static str,
    /// From left to right; the last is the result.
    steps: Vec<Step>,
}

/// A value, and the derivative of the result by it.
struct Step {
    name: &'static str,
    /// What the value was made from; nothing for one that was given.
    formula: &'static str,
    value: f64,
    derivative: f64,
    numerical: f64,
}

impl Step {
    /// A value that the computation was given. `rest` is the result as a function of it.
    fn given(name: &'static str, value: f64, derivative: f64, rest: impl Fn(f64) -> f64) -> Self {
        Self::made(name, "", value, derivative, rest)
    }

    /// A value that the computation made. `rest` is the result as a function of it.
    fn made(name: &'static str, formula: &'static str, value: f64, derivative: f64, rest: impl Fn(f64) -> f64) -> Self {
        let numerical = numerical_derivative(rest, value);
        Self { name, formula, value, derivative, numerical }
    }
}

/// The central difference of `f` at `x`.
fn numerical_derivative(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let step = 1e-5 * x.abs().max(1.0);
    (f(x + step) - f(x - step)) / (2.0 * step)
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        writeln!(f, "\n  values, left to right")?;
        for Step { name, formula, value, .. } in &self.steps {
            let value = figure(*value);
            writeln!(f, "{}", format!("    {name:15}{value}  {formula}").trim_end())?;
        }
        let result = self.steps.last().map_or("nothing", |step| step.name);
        let heading = format!("derivatives of {result}, right to left");
        write!(f, "\n  {heading:38}numerical")?;
        for Step { name, derivative, numerical, .. } in self.steps.iter().rev() {
            let derivative = figure(*derivative);
            write!(f, "\n    {name:15}{derivative}  {numerical:18.7}")?;
        }
        Ok(())
    }
}

/// A number without the zeros behind it, its decimal point in the seventh column.
fn figure(number: f64) -> String {
    let digits = format!("{number:10.3}");
    format!("{:10}", digits.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use backprop_examples::shopping::before_tax;

    use super::*;

    #[track_caller]
    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found}, not {expected}");
        }
    }

    #[track_caller]
    fn assert_told(story: &Story, values: &[f64], derivatives: &[f64]) {
        let column = |of: fn(&Step) -> f64| story.steps.iter().map(of).collect::<Vec<_>>();
        assert_close(&column(|step| step.value), values);
        assert_close(&column(|step| step.derivative), derivatives);
        for step in &story.steps {
            let deviation = (step.derivative - step.numerical).abs();
            assert!(deviation < 1e-6, "{}: {} and {}", step.name, step.derivative, step.numerical);
        }
    }

    #[test]
    fn two_doughnuts_are_220() {
        let (total, (price, count, tax)) = doughnuts::value_and_grad(100.0, 2.0, 1.1);
        assert_close(&[total, price, count, tax], &[220.0, 2.2, 110.0, 200.0]);
        assert_told(&first_bill(), &[100.0, 2.0, 200.0, 1.1, 220.0], &[2.2, 110.0, 1.1, 200.0, 1.0]);
    }

    #[test]
    fn doughnuts_and_cup_cakes_are_650_before_tax() {
        let (subtotal, (price_1, count_1, price_2, count_2)) = before_tax::value_and_grad(100.0, 2.0, 150.0, 3.0);
        assert_close(&[subtotal, price_1, count_1, price_2, count_2], &[650.0, 2.0, 100.0, 3.0, 150.0]);
    }

    #[test]
    fn doughnuts_and_cup_cakes_are_715_with_tax() {
        let (total, (price_1, count_1, price_2, count_2, tax)) = bakery::value_and_grad(100.0, 2.0, 150.0, 3.0, 1.1);
        assert_close(&[total, price_1, count_1, price_2, count_2, tax], &[715.0, 2.2, 110.0, 3.3, 165.0, 650.0]);
        assert_told(
            &second_bill(),
            &[100.0, 2.0, 200.0, 150.0, 3.0, 450.0, 650.0, 1.1, 715.0],
            &[2.2, 110.0, 1.1, 3.3, 165.0, 1.1, 1.1, 650.0, 1.0],
        );
    }

    #[test]
    fn the_square_of_a_sum_has_twice_the_sum_as_derivatives() {
        assert_eq!(square_of_sum::value_and_grad(3.0, 4.0), (49.0, (14.0, 14.0)));
        assert_told(&chain_rule(), &[3.0, 4.0, 7.0, 49.0], &[14.0, 14.0, 14.0, 1.0]);
    }

    #[test]
    fn a_bill_is_told_in_both_directions() {
        let expected = "\
Two doughnuts at 100, tax factor 1.1

  values, left to right
    price             100
    count               2
    subtotal          200      price × count
    tax                 1.1
    total             220      subtotal × tax

  derivatives of total, right to left   numerical
    total               1               1.0000000
    tax               200             200.0000000
    subtotal            1.1             1.1000000
    count             110             110.0000000
    price               2.2             2.2000000";
        assert_eq!(first_bill().to_string(), expected);
    }
}

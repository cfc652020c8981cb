//! Blocks as values, and the order of evaluation inside expressions.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn block_value(x: f64, y: f64) -> f64 {
    let a = {
        let b = x * y;
        let c = b.sin();
        b + c
    };
    a * {
        let d = a - x;
        d * d
    } + { x }
}

#[test]
fn a_block_is_a_value() {
    check!(block_value(0.6, 1.7));
}

#[backprop]
fn block_statement(x: f64) -> f64 {
    let mut a = x;
    {
        let b = a * 2.0;
        a = b * b;
    }
    {
        a += x;
    };
    {}
    a
}

#[test]
fn a_block_is_a_statement() {
    check!(block_statement(0.6));
}

#[backprop]
fn left_operand_first(x: f64) -> f64 {
    let mut a = x;
    let b = a * {
        a += 1.0;
        a
    };
    b * a
}

#[test]
fn an_operand_is_read_before_the_block_beside_it_changes_it() {
    check!(left_operand_first(0.6));
    assert_eq!(left_operand_first::value_and_grad(2.0).0, 2.0 * 3.0 * 3.0);
}

#[backprop]
fn argument_order(x: f64, y: f64) -> f64 {
    let mut a = x;
    let b = a.max({
        a *= y;
        a
    });
    let c = f64::hypot(a, {
        a = a * a;
        a + 1.0
    });
    b + c * a
}

#[test]
fn arguments_are_read_in_order() {
    check!(argument_order(0.6, 1.7));
    check!(argument_order(0.6, 0.7));
}

#[backprop]
fn index_by_block(x: &[f64]) -> f64 {
    let mut k = 0;
    let a = x[{
        k += 1;
        k
    }] * x[k];
    let mut buffer = [x[0], x[1], x[2]];
    buffer[{
        k += 1;
        k
    }] = a * x[k - 1];
    buffer[2] * buffer[1] + x[k]
}

#[test]
fn an_index_may_be_a_block_that_changes_it() {
    check!(index_by_block(&vec![0.6, 1.7, -0.4]));
}

#[backprop]
fn elements_in_order(x: f64) -> f64 {
    let mut a = x;
    let v = [
        a,
        {
            a *= 2.0;
            a
        },
        {
            a *= a;
            a.sin()
        },
    ];
    let p = (a, {
        a += v[1];
        a * v[2]
    });
    v[0] * v[1] * v[2] + p.0 * p.1
}

#[test]
fn elements_and_fields_are_made_in_order() {
    check!(elements_in_order(0.9));
}

#[backprop]
fn deeply_nested(x: f64) -> f64 {
    let b = {
        let a = { x * x };
        let c = {
            let a = { a * x };
            { a + x }
        };
        { a * { c } }
    };
    { b }
}

#[test]
fn blocks_in_blocks() {
    check!(deeply_nested(0.9));
}

//! Blocks with labels, left with and without a value.

use backprop::backprop;
use backprop_tests::check;

#[backprop]
fn labelled(x: &[f64]) -> f64 {
    let mut s = 1.0;
    'outer: for i in 0..x.len() {
        let f = 'a: {
            if x[i] < 0.0 {
                break 'a 2.0;
            }
            if x[i] > 1.5 {
                continue 'outer;
            }
            let y = x[i] * s;
            if y > 1.0 {
                break 'a y;
            }
            y * y
        };
        'b: {
            if f > 3.0 {
                break 'b;
            }
            s += f;
        }
        s *= x[i] + 0.1;
    }
    s
}

#[test]
fn a_block_is_left_by_its_label() {
    check!(labelled(&vec![0.3, 1.2, 0.5, 1.7, -1.0, 1.4]));
    check!(labelled(&vec![]));
}

//! `f32`: the same functions in both precisions, the gradient in single held to the one in double.

use backprop::backprop;
use backprop_tests::{assert_close, read};

/// Writes functions once for each precision, as modules `single` and `double`.
macro_rules! in_both_precisions {
    ($($function:item)*) => {
        mod single {
            use backprop::backprop;
            #[allow(dead_code)]
            type Float = f32;
            $(#[backprop] $function)*
        }

        mod double {
            use backprop::backprop;
            #[allow(dead_code)]
            type Float = f64;
            $(#[backprop] $function)*
        }
    };
}

in_both_precisions! {
    pub fn rational(x: Float, y: Float) -> Float {
        (x * x + 0.5 * y - 1.25) / (x - y * 3.0) + 2.0
    }

    pub fn recurrence(x: &[Float], rate: Float) -> Float {
        let mut s = 0.3;
        for i in 0..x.len() {
            if s > 1.0 {
                s = s * rate;
            }
            s += x[i] * s.sin();
        }
        s
    }

    pub fn perceptron(w: &[[Float; 3]; 2], x: [Float; 3]) -> Float {
        let mut out = [0.0; 2];
        for i in 0..2 {
            for j in 0..3 {
                out[i] += w[i][j] * x[j];
            }
            out[i] = out[i].tanh();
        }
        square(out[0]) - (-out[1]).exp().ln_1p()
    }

    pub fn square(x: Float) -> Float {
        x * x
    }
}

fn components(value: &impl backprop_tests::Components) -> Vec<f64> {
    let mut components = Vec::new();
    read(value, &mut components);
    components
}

#[test]
fn a_formula_in_single_precision() {
    let (value, gradient): (f32, (f32, f32)) = single::rational::value_and_grad(0.75, -1.5);
    let expected = double::rational::grad(0.75, -1.5);
    assert_eq!(value.to_bits(), single::rational(0.75, -1.5).to_bits());
    assert_close("rational", &components(&gradient), &components(&expected), 1e-6);
}

#[test]
fn a_loop_in_single_precision() {
    let x = [1.25_f32, 2.0, 0.5, -0.75, 3.0, 0.125];
    let (value, gradient): (f32, (Vec<f32>, f32)) = single::recurrence::value_and_grad(&x, 0.4);
    let expected = double::recurrence::grad(&x.map(f64::from), f64::from(0.4_f32));
    assert_eq!(value.to_bits(), single::recurrence(&x, 0.4).to_bits());
    assert_close("recurrence", &components(&gradient), &components(&expected), 1e-5);
}

#[test]
fn calls_and_matrices_in_single_precision() {
    let w = [[0.5_f32, -0.25, 1.0], [0.75, 1.5, -0.5]];
    let x = [1.0_f32, -2.0, 0.5];
    let (value, pullback) = single::perceptron::vjp(&w, x);
    let expected = double::perceptron::grad(&w.map(|row| row.map(f64::from)), x.map(f64::from));
    assert_eq!(value.to_bits(), single::perceptron(&w, x).to_bits());
    assert_close("perceptron", &components(&pullback(1.0)), &components(&expected), 1e-6);
}

#[test]
fn buffers_are_of_the_parameters_precision() {
    let mut x_bar: f32 = 10.0;
    assert_eq!(single::square::value_and_grad_into(3.0, &mut x_bar), 9.0);
    assert_eq!(x_bar, 16.0);
}

#[backprop]
fn suffixed(x: f32) -> f32 {
    let mut total = 0f32;
    for k in 0..3_i32 {
        total += x.powi(k) * 0.5_f32 * k as f32;
    }
    total + std::f32::consts::PI * x + f32::sqrt(x) + f32::max(x, 1.0)
}

#[test]
fn suffixes_constants_and_paths_of_f32() {
    let slope = suffixed::grad(4.0);
    let expected = 0.5 + 2.0 * 4.0 + std::f64::consts::PI + 0.25 + 1.0;
    assert_close("suffixed", &[f64::from(slope)], &[expected], 1e-6);
}

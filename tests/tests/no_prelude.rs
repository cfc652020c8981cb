//! Generated code names everything by its whole path: nothing of the prelude is there for it to lean on.

#![no_implicit_prelude]
#![deny(warnings)]

extern crate backprop;
extern crate std;

use backprop::{Differentiable, backprop};

#[backprop]
fn damped(x: &[f64], k: f64) -> f64 {
    let mut s = 0.3;
    for i in 0..x.len() {
        if s > 1.0 {
            s *= k;
        }
        s += x[i] * s.sin().max(0.1);
    }
    s
}

#[backprop]
fn scaled(v: &mut [f64], k: f64) {
    for i in 0..v.len() {
        v[i] = k * v[i] * v[i];
    }
}

#[backprop]
fn caller(x: &[f64]) -> (f64, [f64; 2]) {
    let mut v = x.to_vec();
    scaled(&mut v, x[0]);
    let s = damped(&v, 0.5);
    (s, [v[0], s * s])
}

#[std::prelude::v1::derive(Differentiable)]
struct Settings<T> {
    weights: std::vec::Vec<T>,
    scale: f64,
    name: std::string::String,
}

#[std::prelude::v1::derive(Differentiable)]
enum Kernel {
    Constant(f64),
    Gauss { width: f64 },
    Off,
}

#[std::prelude::v1::derive(std::prelude::v1::Clone, Differentiable)]
#[differentiable(gradient = Self)]
struct Vec2 {
    x: f64,
    y: f64,
}

#[std::prelude::v1::derive(Differentiable)]
struct Nothing;

#[std::prelude::v1::test]
fn derived_gradients_without_a_prelude() {
    let settings = Settings { weights: std::vec![1.0, 2.0], scale: 2.0, name: std::string::String::new() };
    let zeros = SettingsGradient::<f64> { weights: std::vec![0.0; 2], scale: 0.0, name: () };
    std::assert!(settings.zero_gradient() == zeros);
    std::assert!(Kernel::Constant(1.0).zero_gradient() == KernelGradient::Constant(0.0));
    std::assert!(Kernel::Gauss { width: 1.0 }.zero_gradient() == KernelGradient::Gauss { width: 0.0 });
    std::assert!(Kernel::Off.zero_gradient() == KernelGradient::Off);
    let zero = Vec2 { x: 1.0, y: 2.0 }.zero_gradient();
    std::assert!(zero.x == 0.0 && zero.y == 0.0);
    let () = Nothing.zero_gradient();
}

#[std::prelude::v1::test]
fn gradients_without_a_prelude() {
    let (value, (x_bar, k_bar)) = damped::value_and_grad(&[0.5, 2.0], 0.5);
    std::assert_eq!(value, damped(&[0.5, 2.0], 0.5));
    std::assert_eq!(x_bar.len(), 2);
    std::assert!(k_bar == 0.0);

    let (value, pullback) = caller::vjp(&[0.5, 2.0]);
    std::assert_eq!(value, caller(&[0.5, 2.0]));
    std::assert_eq!(pullback((0.0, [1.0, 0.0])), [0.75, 0.0]);
}

//! `Box`, `Option` and `Vec` of structs as fields.

use backprop::{Differentiable, backprop};
use backprop_tests::check;

#[derive(Clone, Debug, Differentiable)]
struct Layer {
    w: Vec<Vec<f64>>,
    b: Vec<f64>,
}

#[derive(Clone, Debug, Differentiable)]
struct Net {
    layers: Vec<Layer>,
    scale: Option<f64>,
    bias: Box<f64>,
}

#[backprop]
fn forward_net(net: &Net, #[constant] input: &[f64]) -> f64 {
    let mut h = input.to_vec();
    for (k, layer) in net.layers.iter().enumerate() {
        let mut next = layer.b.clone();
        for i in 0..next.len() {
            for j in 0..h.len() {
                next[i] += layer.w[i][j] * h[j];
            }
            if k + 1 < net.layers.len() {
                next[i] = next[i].tanh();
            }
        }
        h = next;
    }
    let mut s = *net.bias;
    for v in &h {
        s += v * v;
    }
    if let Some(k) = net.scale {
        s *= k;
    }
    s
}

#[backprop]
fn netf(x: &[f64]) -> f64 {
    let net = Net {
        layers: vec![
            Layer { w: vec![vec![x[0], x[1]], vec![x[2], 0.3]], b: vec![0.1, x[0] * x[1]] },
            Layer { w: vec![vec![x[1], x[2]]], b: vec![0.5] },
        ],
        scale: Some(x[2]),
        bias: Box::new(x[1]),
    };
    forward_net(&net, &[0.3, -0.7])
}

#[test]
fn fields_of_every_shape() {
    check!(netf(&vec![0.3, 1.2, 0.5]));
}

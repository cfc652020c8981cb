//! The loss of the example `digits`, with its own functions, on pixels without meaning.

use backprop::{backprop, stop_gradient};

use crate::harness::Case;
use crate::loops::numbers;

#[backprop]
fn affine(w: &[f64], b: &[f64], x: &[f64], out: &mut [f64]) {
    for row in 0..out.len() {
        let mut sum = b[row];
        for column in 0..x.len() {
            sum += w[row * x.len() + column] * x[column];
        }
        out[row] = sum;
    }
}

#[backprop]
fn relu(layer: &mut [f64]) {
    for i in 0..layer.len() {
        layer[i] = layer[i].max(0.0);
    }
}

#[backprop]
fn cross_entropy(scores: &[f64], label: usize) -> f64 {
    let mut largest = scores[0];
    for score in scores {
        largest = largest.max(*score);
    }
    let largest = stop_gradient(largest);
    let mut sum = 0.0;
    for score in scores {
        sum += (score - largest).exp();
    }
    sum.ln() + largest - scores[label]
}

#[backprop]
fn loss(w1: &[f64], b1: &[f64], w2: &[f64], b2: &[f64], #[constant] images: &[f64], labels: &[usize]) -> f64 {
    let pixels = images.len() / labels.len();
    let mut hidden = vec![0.0; b1.len()];
    let mut scores = vec![0.0; b2.len()];
    let mut total = 0.0;
    for i in 0..labels.len() {
        affine(w1, b1, &images[i * pixels..(i + 1) * pixels], &mut hidden);
        relu(&mut hidden);
        affine(w2, b2, &hidden, &mut scores);
        total += cross_entropy(&scores, labels[i]);
    }
    total / labels.len() as f64
}

/// The weights of both layers, or their adjoints.
type Weights = (Vec<f64>, Vec<f64>, Vec<f64>, Vec<f64>);

/// One image at a time, as its share in the loss is known before: nothing is kept from one to the next.
fn loss_by_hand(weights: &Weights, images: &[f64], labels: &[usize], gradient: &mut Weights) -> f64 {
    let (w1, b1, w2, b2) = weights;
    let (w1_bar, b1_bar, w2_bar, b2_bar) = gradient;
    let pixels = images.len() / labels.len();
    let share = 1.0 / labels.len() as f64;
    let mut hidden = vec![0.0; b1.len()];
    let mut hidden_bar = vec![0.0; b1.len()];
    let mut scores = vec![0.0; b2.len()];
    let mut total = 0.0;
    for (image, &label) in images.chunks_exact(pixels).zip(labels) {
        affine(w1, b1, image, &mut hidden);
        relu(&mut hidden);
        affine(w2, b2, &hidden, &mut scores);

        let largest = scores.iter().copied().fold(scores[0], f64::max);
        let score = scores[label];
        let mut sum = 0.0;
        for score in &mut scores {
            *score = (*score - largest).exp();
            sum += *score;
        }
        total += sum.ln() + largest - score;

        hidden_bar.fill(0.0);
        for (row, exp) in scores.iter().enumerate() {
            let score_bar = share * (exp / sum - if row == label { 1.0 } else { 0.0 });
            b2_bar[row] += score_bar;
            let n = hidden.len();
            let (w2, w2_bar) = (&w2[row * n..][..n], &mut w2_bar[row * n..][..n]);
            for column in 0..n {
                w2_bar[column] += score_bar * hidden[column];
                hidden_bar[column] += score_bar * w2[column];
            }
        }
        for (row, &hidden_bar) in hidden_bar.iter().enumerate() {
            if hidden[row] > 0.0 {
                b1_bar[row] += hidden_bar;
                let w1_bar = &mut w1_bar[row * pixels..][..pixels];
                for column in 0..pixels {
                    w1_bar[column] += hidden_bar * image[column];
                }
            }
        }
    }
    total / labels.len() as f64
}

pub fn cases() -> Vec<Case> {
    const BATCH: usize = 32;
    const PIXELS: usize = 64;
    const HIDDEN: usize = 32;
    const CLASSES: usize = 10;
    let weights =
        (numbers(HIDDEN * PIXELS, 1.0), numbers(HIDDEN, 2.0), numbers(CLASSES * HIDDEN, 3.0), numbers(CLASSES, 4.0));
    let zeros = (vec![0.0; HIDDEN * PIXELS], vec![0.0; HIDDEN], vec![0.0; CLASSES * HIDDEN], vec![0.0; CLASSES]);
    let labels = || (0..BATCH).map(|i| i % CLASSES).collect::<Vec<usize>>();
    let (of_primal, by_hand, by_macro) = (labels(), labels(), labels());
    vec![Case::new(
        "loss of the digits",
        (weights, zeros, numbers(BATCH * PIXELS, 5.0)),
        move |((w1, b1, w2, b2), _, images)| loss(w1, b1, w2, b2, images, &of_primal),
        move |(weights, gradient, images)| loss_by_hand(weights, images, &by_hand, gradient),
        move |((w1, b1, w2, b2), (w1_bar, b1_bar, w2_bar, b2_bar), images)| {
            loss::value_and_grad_into(w1, b1, w2, b2, images, &by_macro, w1_bar, b1_bar, w2_bar, b2_bar)
        },
    )]
}

//! Trains a network to read handwritten digits.
//!
//! ```sh
//! cargo run --release --bin digits
//! ```
//!
//! A part of the images is held out: the network never learns from it, and is tested on it. The same seed gives the
//! same run.

use std::error::Error;
use std::time::Instant;

use backprop_examples::digits::data::Digits;
use backprop_examples::digits::evidence::Evidence;
use backprop_examples::digits::report::Confusion;
use backprop_examples::digits::training::{BATCH, Training};
use indicatif::{ProgressBar, ProgressStyle};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

const SEED: u64 = 1;
const HELD_OUT: usize = 360;
const EPOCHS: u64 = 30;

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let (learned, held_out) = Digits::load()?.split(HELD_OUT, &mut rng);
    println!("{} digits to learn from, {} held out to test on.\n", learned.len(), held_out.len());
    let mut training = Training::new(rng);
    let first_batch = learned.select(&(0..BATCH).collect::<Vec<_>>());
    println!("{}\n", Evidence::gather(&training.weights, &first_batch));
    train(&mut training, &learned, &held_out);
    let confusion = Confusion::of(&training.weights, &held_out);
    println!("\nShown (row) and read as (column):\n{confusion}\n");
    println!(
        "{} of {} held-out digits read right: {:.1} %, after {:.1} s.",
        confusion.right(),
        confusion.total(),
        100.0 * confusion.accuracy(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Trains, with a line per epoch and a progress bar below the lines. The bar is drawn on a terminal only.
fn train(training: &mut Training, learned: &Digits, held_out: &Digits) {
    let style = ProgressStyle::with_template("epoch {pos} of {len} [{bar:40}] {eta} left")
        .expect("the template is well formed")
        .progress_chars("=> ");
    let bar = ProgressBar::new(EPOCHS).with_style(style);
    println!("epoch    loss   learned   held out");
    for epoch in 1..=EPOCHS {
        let loss = training.epoch(learned);
        let seen = Confusion::of(&training.weights, learned).accuracy();
        let unseen = Confusion::of(&training.weights, held_out).accuracy();
        bar.suspend(|| {
            println!("{epoch:5}  {loss:.4}   {:5.1} %    {:5.1} %", 100.0 * seen, 100.0 * unseen);
        });
        bar.inc(1);
    }
    bar.finish_and_clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_96_of_100_held_out_digits_are_read_right() {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        let (learned, held_out) = Digits::load().unwrap().split(HELD_OUT, &mut rng);
        let mut training = Training::new(rng);
        train(&mut training, &learned, &held_out);
        let accuracy = Confusion::of(&training.weights, &held_out).accuracy();
        assert!(accuracy >= 0.96, "{accuracy}");
    }
}

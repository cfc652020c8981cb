use backprop::backprop;

#[backprop]
fn positive_sum(x: &[f64]) -> f64 {
    let mut kept = x.to_vec();
    kept.retain(|v| *v > 0.0);
    let mut sum = 0.0;
    for v in &kept {
        sum += v;
    }
    sum
}

fn main() {}

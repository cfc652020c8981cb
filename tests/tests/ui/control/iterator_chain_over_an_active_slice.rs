use backprop::backprop;

#[backprop]
fn last_total(x: &[f64]) -> f64 {
    let total = |sum: &mut f64, v: &f64| {
        *sum += v;
        Some(*sum)
    };
    x.iter().scan(0.0, total).last().unwrap()
}

#[backprop]
fn collected(x: &[f64]) -> f64 {
    let squares: std::collections::VecDeque<f64> = x.iter().map(|v| v * v).collect();
    squares[0]
}

fn main() {}

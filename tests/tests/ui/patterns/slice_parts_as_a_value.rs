use backprop::backprop;

#[backprop]
fn whole(x: &[f64]) -> f64 {
    let pair = x.split_at(1);
    pair.0[0] * pair.1[0]
}

#[backprop]
fn perhaps(x: &[f64]) -> f64 {
    let first = x.first();
    first.unwrap() * 2.0
}

fn main() {}

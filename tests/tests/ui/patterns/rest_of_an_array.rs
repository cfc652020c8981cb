use backprop::backprop;

#[backprop]
fn sum(x: [f64; 3]) -> f64 {
    let [a, rest @ ..] = x;
    a + rest[0]
}

fn main() {}

use backprop::backprop;

const K: f64 = 5.0;

#[backprop]
fn scaled(x: f64) -> f64 {
    let a = x * K;
    let b = {
        const K: f64 = 3.0;
        x * K
    };
    a * b
}

fn main() {}

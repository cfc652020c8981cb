use backprop::backprop;

macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}

#[backprop]
fn twice(x: f64) -> f64 {
    square!(x) * 2.0
}

fn main() {}
